#!/bin/bash
# The same as ./portal dump.
exec "$(dirname "${BASH_SOURCE[0]}")/portal" dump "$@"
