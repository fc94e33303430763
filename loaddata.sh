#!/bin/bash
# Asks the running portal for a load; --help tells more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
lib=portal-launcher/target/server/lib
if [[ ! -d $lib ]]; then
  echo "The portal was not built yet; ./run_server.sh builds and starts it." >&2
  exit 3
fi

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
  -cp "$lib/*" org.aerpaw.portal.launcher.client.LoadCommand "$@"
