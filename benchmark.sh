#!/bin/bash
# Builds what is not built and measures dumps and loads; --help tells more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
server=portal-cli/target/server
benchmark=qa/benchmark/target

sources=(pom.xml */pom.xml portal-*/src/main qa/benchmark/pom.xml qa/benchmark/src/main)
if [[ ! -e $server/built || ! -e $benchmark/built || -n $(find "${sources[@]}" -newer $benchmark/built -print -quit 2>/dev/null) ]]; then
  echo "Building the portal and its benchmark ..." >&2
  started=$(mktemp)
  trap 'rm -f "$started"' EXIT
  mvn -q -B clean package -pl portal-cli,qa/benchmark -am -Dmaven.test.skip=true -Dspotless.check.skip=true >&2
  touch -r "$started" $server/built $benchmark/built
fi

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$benchmark/portal-benchmark.jar:$benchmark/lib/*" org.aerpaw.portal.benchmark.Benchmark "$@"
