#!/usr/bin/env bash
# Deploys rules, indexes, the function with its settings, and the pages to FIREBASE_PROJECT_ID.
# The settings are taken from the environment; docs/operations.md says which.
set -euo pipefail
cd "$(dirname "$0")/.."

for argument in "$@"; do
  if [ "$argument" = --debug ]; then
    echo 'Nothing was deployed. --debug would print every setting with its value: leave it out.' >&2
    exit 1
  fi
done

forget() {
  rm -rf deploy/settings
  # Written when a deployment fails, with all that was sent.
  if [ -f firebase-debug.log ]; then chmod 600 firebase-debug.log; fi
}
trap forget EXIT
npx tsx scripts/function-settings.ts deploy/settings/.env

# Until the web client is built, Hosting shows a page that says so and passes requests on to the function.
pages=(--public deploy/pages)
if [ -f web/dist/index.html ]; then pages=(); fi

bash scripts/firebase.sh deploy --only functions,firestore,hosting ${pages[@]+"${pages[@]}"} "$@"
