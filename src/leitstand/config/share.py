"""Who works with the data of a folder: the last one out stops the embedded server, and a restore wants to be alone."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path


class Share:
    """One process's part in the folder, or one of several in it. It falls with the process and those it forked."""

    def __init__(self, home: Path) -> None:
        # For reading only: whoever made the file, others may lock it.
        self.file = os.fdopen(os.open(home / "use.lock", os.O_RDONLY | os.O_CREAT, 0o644))
        try:
            fcntl.flock(self.file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Waiting until {home} is free: a restore is at work, or its database stops.", file=sys.stderr)
            fcntl.flock(self.file, fcntl.LOCK_SH)

    def is_alone(self) -> bool:
        """Whether nobody else works here. When it is true, it stays so until `leave`: whoever comes has to wait."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        self.file.close()
