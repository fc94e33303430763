#!/bin/bash
# Builds what is not built and runs the portal; --help tells more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
server=portal-launcher/target/server

sources=(pom.xml */pom.xml portal-*/src/main)
if [[ ! -e $server/built || -n $(find "${sources[@]}" -newer $server/built -print -quit 2>/dev/null) ]]; then
  echo "Building the portal ..."
  started=$(mktemp)
  trap 'rm -f "$started"' EXIT
  mvn -q -B clean package -pl portal-launcher -am -Dmaven.test.skip=true -Dspotless.check.skip=true
  touch -r "$started" $server/built
fi

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$server/lib/*" org.aerpaw.portal.launcher.Launcher "$@"
