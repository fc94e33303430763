#!/bin/bash
# Builds what is missing and compares dumps and loads with PostgreSQL's tools and Django; see --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
server=portal-cli/target/server
benchmark=qa/benchmark/target

if [[ " $* " == *" --help "* ]]; then
  cat qa/benchmark/src/main/resources/org/aerpaw/portal/benchmark/options/usage.txt
  exit
fi
sources=(pom.xml */pom.xml portal-*/src/main qa/benchmark/pom.xml qa/benchmark/src/main)
if [[ ! -e $server/built || ! -e $benchmark/built || -n $(find "${sources[@]}" -newer $benchmark/built -print -quit 2>/dev/null) ]]; then
  echo "Building the portal and its benchmark ..." >&2
  started=$(date +%Y%m%d%H%M.%S)
  # Maven resets the colors of the terminal even if the output is a file.
  mvn -q -B clean package -pl portal-cli,qa/benchmark -am -Dmaven.test.skip=true -Dspotless.check.skip=true 2>&1 |
    sed $'s/\e\\[[0-9;]*m//g' >&2
  touch -t "$started" $server/built $benchmark/built
fi

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$benchmark/portal-benchmark.jar:$benchmark/lib/*" org.aerpaw.portal.benchmark.Benchmark "$@"
