#!/bin/sh
# Installs those of the named Debian packages that are missing, or says in one line how to.
set -eu
command -v dpkg-query >/dev/null || { echo "Not a Debian system: $* (by Debian's names) must be there."; exit 0; }
missing=""
for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
root=""
[ "$(id -u)" = 0 ] || root="sudo -n"
if [ -n "$root" ] && ! $root true 2>/dev/null; then
    echo "Debian packages are missing; install them with: sudo apt-get install$missing" >&2
    exit 1
fi
echo "Installing Debian packages:$missing"
$root apt-get update -qq
# shellcheck disable=SC2086  # the list is meant to split
$root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
