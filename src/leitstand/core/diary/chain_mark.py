"""The mark of the entry sealed last, in HOME/diary.head: so `chain.verify` sees what is gone or exchanged at the end.

It lies outside of the database and is signed with HOME/session.key: who can only reach the database cannot make it fit.
It may be older than the chain (a backup, a worker that died before it wrote), and must then lie on it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

from leitstand.core.secrets.secret_files import replace_secret

if TYPE_CHECKING:  # the backup asks for the name of the file before there are models
    from leitstand.core.models import DiaryEntry

FILE = "diary.head"
SALT = "leitstand.core.chain_mark"  # part of every mark there is


@dataclass(frozen=True, slots=True)
class Mark:
    """Place, number and hash of a sealed entry."""

    position: int
    entry_id: int
    hash: str

    def fits(self, entry: DiaryEntry) -> bool:
        """Whether this is the marked entry, or one in another place."""
        return entry.position != self.position or (entry.pk, entry.hash) == (self.entry_id, self.hash)


def write(entry: DiaryEntry) -> None:
    mark = Mark(entry.position or 0, entry.pk, entry.hash)
    replace_secret(_path(), signing.dumps(astuple(mark), salt=SALT))


def read() -> Mark | None:
    """None where nothing was marked yet. Raises BadSignature when it is not what was written."""
    path = _path()
    return Mark(*signing.loads(path.read_text(errors="replace").strip(), salt=SALT)) if path.exists() else None


def remove() -> None:
    """With the diary that it is of."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.HOME) / FILE
