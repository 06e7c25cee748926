"""A MariaDB of its own for WordPress: reached by a socket only, gone with its folder."""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import once, running

FAST = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin"]


@contextmanager
def mariadb(folder: Path) -> Iterator[Path]:
    """The socket of a server with the empty database "wordpress"; root needs no password."""
    data, socket, user = folder / "mysql", folder / "mysql.sock", getpass.getuser()
    once(
        "mariadb-install-db",
        "--no-defaults",
        f"--datadir={data}",
        f"--user={user}",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    )
    server = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", f"--user={user}"]
    pid = f"--pid-file={folder / 'mysql.pid'}"
    with running([*server, pid, "--skip-networking", *FAST], folder / "mysql.log", lambda: _answers(socket)):
        once("mariadb", "--no-defaults", f"--socket={socket}", "--user=root", "--execute=CREATE DATABASE wordpress")
        yield socket


def _answers(socket: Path) -> bool:
    ping = ["mariadb-admin", "--no-defaults", f"--socket={socket}", "--user=root", "ping"]
    return subprocess.run(ping, capture_output=True).returncode == 0
