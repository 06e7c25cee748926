# A PostgreSQL of Debian's in a temporary folder, reached over TCP; to be sourced by bash after debian.sh.

cluster=

as_postgres() {
  (cd / && if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else sudo -n -u postgres "$@"; fi)
}

# Exports DATABASE_URL. Every new database is written to the server's log.
start_postgres() {
  local port options
  postgres_programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  cluster=$(as_postgres env -u TMPDIR mktemp -d -t leitstand-postgres-XXXXXX)
  as_postgres "$postgres_programs/initdb" -D "$cluster/data" -U leitstand --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-instructions >/dev/null || return 1
  options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$cluster -c max_connections=200"
  options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c log_statement=ddl"
  as_postgres "$postgres_programs/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w -t 60 -o "$options" start >/dev/null \
    || { as_postgres cat "$cluster/log" >&2; return 1; }
  export DATABASE_URL=postgresql://leitstand@127.0.0.1:$port/postgres
  "$postgres_programs/psql" "$DATABASE_URL" -Atc 'SELECT version()'
}

# Whether the tests have made their databases here.
postgres_was_used() {
  as_postgres grep -q 'CREATE DATABASE "test_leitstand_' "$cluster/log"
}

stop_postgres() {
  [ -n "$cluster" ] || return 0
  as_postgres "$postgres_programs/pg_ctl" -D "$cluster/data" -m immediate -w stop >/dev/null 2>&1 || true
  as_postgres rm -rf "$cluster"
  cluster=
  unset DATABASE_URL
}
