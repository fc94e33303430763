#!/bin/bash
# Runs the portal in its container, reachable from the outside of it. Settings come from the environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec ./run_server.sh --address 0.0.0.0 "$@"
