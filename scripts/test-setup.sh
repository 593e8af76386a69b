#!/usr/bin/env bash
# Installs the Debian packages that `npm run test:integration` needs. Run it as root, on purpose.
set -euo pipefail

packages=(strace postgresql-15)
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
