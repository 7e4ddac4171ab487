#!/usr/bin/env bash
# Fetches axe-core, which the browser tests look for accessibility faults with, from the npm registry
# into a cache; nothing of it is kept in this repository. Does nothing if it is already there.
set -euo pipefail
version=$(cat "$(dirname "$0")/axe_version")
folder=${NNKATA_AXE:-${XDG_CACHE_HOME:-$HOME/.cache}/nnkata/axe-core-$version}
if [ ! -s "$folder/node_modules/axe-core/axe.min.js" ]; then
    command -v npm > /dev/null || { echo "npm is missing: install nodejs and npm" >&2; exit 1; }
    mkdir -p "$folder"
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" "axe-core@$version"
fi
echo "$folder/node_modules/axe-core/axe.min.js"
