"""A PostgreSQL of Debian's for Bluesky's appview, which wants extensions that the embedded one has not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import free_port
from tests.servers.processes import once, running

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=Path())
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of a server with the empty database "postgres"; nobody needs a password."""
    data, port = folder / "postgres", free_port()
    data.mkdir()
    once(*_as_server(data), str(PROGRAMS / "initdb"), "-D", str(data), "-U", "bluesky", "--auth=trust")
    server = [str(PROGRAMS / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(data)]
    log = folder / "postgres.log"
    with running(
        [*_as_server(data), *server, *FAST], log, lambda: "ready to accept connections" in log.read_text(), LC_ALL="C"
    ):
        yield f"postgresql://bluesky@127.0.0.1:{port}/postgres"


def _as_server(data: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then Debian's own account for it gets the folder."""
    if os.geteuid() != 0:
        return []
    shutil.chown(data, "postgres", "postgres")
    data.parent.chmod(0o711)
    return ["runuser", "-u", "postgres", "--"]
