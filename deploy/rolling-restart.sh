#!/usr/bin/env bash
# Replaces the nodes of compose.yaml one after the other, with the image as it is built now, and fails no request:
# nginx sends nothing new to a node while it drains and starts. Run it after `docker compose build`.
set -euo pipefail
cd "$(dirname "$0")"

nodes=nodes/nodes.conf
whole=$(cat "$nodes")
# The folder is mounted, so the file is written in place.
trap 'echo "$whole" >"$nodes"; docker compose exec -T nginx nginx -s reload' EXIT

for node in node-1 node-2; do
  echo "$whole" | sed "s/server $node:3000 /server $node:3000 down /" >"$nodes"
  docker compose exec -T nginx nginx -s reload
  # What nginx had taken before is passed on within this time.
  sleep 2
  docker compose up --detach --no-deps --wait "$node"
  echo "$whole" >"$nodes"
  docker compose exec -T nginx nginx -s reload
done
