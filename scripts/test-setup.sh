#!/usr/bin/env bash
# Installs what `npm run test:integration` needs beside the product's own dependencies: the Firebase emulators, and
# Debian packages. Run it as root, on purpose.
set -euo pipefail

# Heavy and never shipped, so apart from the product; its install scripts fetch what no test needs.
firebase_tools=15.34.2
tools="${XDG_CACHE_HOME:-$HOME/.cache}/proofdesk/firebase-tools-$firebase_tools"
if [ ! -x "$tools/node_modules/.bin/firebase" ]; then
  mkdir -p "$tools"
  npm install --prefix "$tools" --ignore-scripts --no-save --no-audit --no-fund "firebase-tools@$firebase_tools"
fi

packages=(strace postgresql-15 redis-server chromium nginx)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ]; then
  echo "Everything is installed: ${packages[*]}"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "Run this as root: it installs ${missing[*]} from Debian's packages." >&2
  exit 1
fi
apt-get update --quiet
DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}"
