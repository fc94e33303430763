#!/bin/bash
# The same as ./portal serve.
exec "$(dirname "${BASH_SOURCE[0]}")/portal" serve "$@"
