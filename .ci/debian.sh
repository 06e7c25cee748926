# Installs Debian packages, as root or with sudo; to be sourced by bash. What is there already is left alone.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

missing_packages() {
  local one
  for one in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$one" 2>/dev/null | grep -qx installed || echo "$one"
  done
}

# No service is started by its package: the tests run servers of their own.
without_services() {
  local policy=/usr/sbin/policy-rc.d result=0
  if [ -e "$policy" ]; then as_root "$@"; return; fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod +x "$policy"
  as_root "$@" || result=$?
  as_root rm -f "$policy"
  return "$result"
}

# The callers say what to do when this fails; the log tells why.
install_packages() {
  local missing log
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  echo "missing Debian packages: ${missing[*]}"
  command -v apt-get >/dev/null || { echo "there is no apt-get here; install them by hand" >&2; return 1; }
  as_root true 2>/dev/null || { echo "only root may install them: apt-get install ${missing[*]}" >&2; return 1; }
  log=$(mktemp)
  as_root apt-get update -qq >"$log" 2>&1 \
    && without_services env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1 \
    || { tail -20 "$log" >&2; rm -f "$log"; echo "apt-get could not install ${missing[*]}" >&2; return 1; }
  rm -f "$log"
}
