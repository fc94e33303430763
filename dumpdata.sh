#!/bin/bash
# Asks the running portal for a dump; --help tells more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
lib=portal-launcher/target/server/lib
if [[ ! -d $lib ]]; then
  echo "The portal was not built yet; ./run_server.sh builds and starts it." >&2
  exit 3
fi

if [[ -t 1 ]]; then terminal=true; else terminal=false; fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dportal.terminal=$terminal \
  -cp "$lib/*" org.aerpaw.portal.launcher.client.DumpCommand "$@"
