"""A Redis of Debian's for Bluesky's appview; it keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import free_port
from tests.servers.processes import running


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Host and port of the server."""
    port, log = free_port(), folder / "redis.log"
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with running(command, log, lambda: "Ready to accept connections" in log.read_text()):
        yield f"127.0.0.1:{port}"
