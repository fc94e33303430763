#!/usr/bin/env bash
# Unpacks Debian's packages of Django 4.2 and 5.2 into .versions, beside the Django that is installed. The packages come
# from the mirror that apt is configured for, and apt checks their signatures; the configuration of this machine is not
# changed. Does nothing if they are there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Django's version and the Debian release with it
versions=(4.2=bookworm-backports 5.2=trixie-backports)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

fail() {
  echo "qa/conformance/django-versions.sh: $*" >&2
  exit 1
}

mirror() {
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1
}

missing=()
for version in "${versions[@]}"; do
  [[ -d .versions/${version%=*} ]] || missing+=("$version")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

for command in apt-get dpkg-deb; do
  type "$command" &>/dev/null || fail "needs Debian's $command"
done
[[ -r $keyring ]] || fail "needs $keyring, see apt-get install debian-archive-keyring"
site=$(mirror)
[[ -n $site ]] || fail "apt knows no Debian mirror; run apt-get update"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,cache/archives/partial,packages}
touch "$work/status"
for version in "${missing[@]}"; do
  echo "deb [signed-by=$keyring] $site ${version#*=} main"
done > "$work/sources.list"
apt=(
  apt-get -qq
  -o "Dir::Etc::SourceList=$work/sources.list"
  -o "Dir::Etc::SourceParts=/dev/null"
  -o "Dir::State::Lists=$work/lists"
  -o "Dir::State::Status=$work/status"
  -o "Dir::Cache=$work/cache"
  -o "APT::Sandbox::User="
  -o "Acquire::Languages=none"
  -o "Acquire::Retries=3"
)
"${apt[@]}" update || fail "could not read the package lists of $site"
for version in "${missing[@]}"; do
  number=${version%=*}
  release=${version#*=}
  (cd "$work/packages" && "${apt[@]}" download "python3-django/$release") ||
    fail "could not download python3-django of $release from $site"
  package=$(echo "$work"/packages/*.deb)
  dpkg-deb -x "$package" "$work/$number"
  found=$(PYTHONPATH="$work/$number/usr/lib/python3/dist-packages" PYTHONDONTWRITEBYTECODE=1 \
    /usr/bin/python3 -c 'import django; print(django.get_version())') || fail "$package does not run"
  [[ $found == "$number".* ]] || fail "$release has Django $found and not $number"
  rm "$package"
  mkdir -p .versions
  mv "$work/$number" ".versions/$number"
  echo "Django $found: qa/conformance/.versions/$number"
done
