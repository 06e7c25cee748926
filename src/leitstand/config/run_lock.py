"""One `leitstand run` per folder; and nothing that replaces its data while it works."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO


class RunLock:
    """Held while it is entered. The lock belongs to the open file, so it falls with the process."""

    def __init__(self, home: Path) -> None:
        self.path = home / "run.lock"
        self.file: IO[str] | None = None

    def __enter__(self) -> IO[str]:
        self.file = self.path.open("a+")
        os.set_inheritable(self.file.fileno(), False)
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            raise SystemExit(
                f"Leitstand runs already on {self.path.parent} (process {self.file.read().strip()}). "
                "Stop that one first, or set LEITSTAND_HOME to another folder."
            ) from None
        os.ftruncate(self.file.fileno(), 0)
        with suppress(OSError):  # the number is for people; on a full disk the lock holds without it
            os.write(self.file.fileno(), str(os.getpid()).encode())
        return self.file

    def __exit__(self, *details: object) -> None:
        if self.file:
            self.file.close()
