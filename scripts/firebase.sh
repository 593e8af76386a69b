#!/usr/bin/env bash
# Runs the Firebase command line for the project in FIREBASE_PROJECT_ID, or of `firebase use`.
set -euo pipefail
cd "$(dirname "$0")/.."
project=()
if [ -n "${FIREBASE_PROJECT_ID:-}" ]; then project=(--project "$FIREBASE_PROJECT_ID"); fi
exec npx --yes firebase-tools@15.34.2 "$@" ${project[@]+"${project[@]}"}
