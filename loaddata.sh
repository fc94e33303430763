#!/bin/bash
# The same as ./portal load.
exec "$(dirname "${BASH_SOURCE[0]}")/portal" load "$@"
