"""The command line. Imports little, so that `leitstand --help` answers at once."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from leitstand import __version__

if TYPE_CHECKING:
    from leitstand.core.models import Person

MOST_JOBS = 1000
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitstand.config.settings")
    chosen, rest = _parser().parse_known_args(arguments)
    if rest and chosen.run is not manage:
        _parser().error(f"unknown arguments: {' '.join(rest)}")
    chosen.rest = rest
    command: Command = chosen.run
    try:
        return command(chosen)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("leitstand", description="The role of the social media manager as software.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "run", run, "start database, web and worker; Ctrl-C ends them")
    _add(commands, "web", web, "serve the pages only")
    _add(commands, "worker", worker, "do the jobs only").add_argument(
        "--concurrency", type=_jobs, metavar="JOBS", help=f"at the same time, 1 to {MOST_JOBS}"
    )
    _add(commands, "demo", demo, "load the demo company").add_argument("--remove", action="store_true")
    _add(commands, "doctor", doctor, "say what is wrong and how to mend it").add_argument("--json", action="store_true")
    _add(commands, "backup", backup, "write everything into one file").add_argument("file")
    restoring = _add(commands, "restore", restore, "bring a backup back into an empty folder")
    restoring.add_argument("file")
    restoring.add_argument("--force", action="store_true", help="replace what is there")
    admin = _add(commands, "createadmin", createadmin, "make an administrator")
    admin.add_argument("email")
    admin.add_argument("--name", default="")
    _add(commands, "migrate", migrate, "bring the tables up to date")
    _add(commands, "rotate-keys", rotate_keys, "seal all credentials with a fresh key")
    _add(commands, "manage", manage, "any Django command")
    return parser


def _jobs(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_JOBS):
        raise argparse.ArgumentTypeError(f"{typed!r} is not a number from 1 to {MOST_JOBS}")
    return int(typed)


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Command, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def run(chosen: argparse.Namespace) -> int:
    from leitstand.config import supervise

    return supervise.run()


def web(chosen: argparse.Namespace) -> int:
    from leitstand.config import database, serve

    with database.opened():
        return serve.web()


def worker(chosen: argparse.Namespace) -> int:
    from leitstand.config import database, serve

    with database.opened():
        return serve.worker(chosen.concurrency)


def demo(chosen: argparse.Namespace) -> int:
    from leitstand.config import database

    with database.opened():
        from leitstand.core.errors import Declined
        from leitstand.web import demo as company

        try:
            if chosen.remove:
                company.remove()
                print("The demo company was removed.")
            else:
                loaded = company.load(*_demo_administrator())
                print("The demo company is loaded." if loaded else "The demo company was loaded already.")
        except Declined as declined:
            print(declined.say, file=sys.stderr)
            return 1
    return 0


def _demo_administrator() -> list[Person]:
    """Where nobody is yet, an administrator is made and the password shown, once."""
    from leitstand.web import first_run

    if not first_run.nobody_is_here():
        return []
    person, password = first_run.demo_administrator("")
    print(f"Sign in as {person.email} with the password {password}")
    return [person]


def doctor(chosen: argparse.Namespace) -> int:
    from leitstand.config import doctor as checks

    return checks.report(as_json=chosen.json)


def backup(chosen: argparse.Namespace) -> int:
    from leitstand.config import backup as archive

    print(f"Written: {archive.make(chosen.file)}")
    return 0


def restore(chosen: argparse.Namespace) -> int:
    from leitstand.config import restore as archive

    doubtful = archive.bring_back(chosen.file, force=chosen.force)
    print("Restored. Start it with: leitstand run")
    if doubtful.publications:
        print(f"Publishing is on hold: what the backup holds as planned ({doubtful.publications}) may be out already.")
    if doubtful.answers:
        print(f"Answers that were on their way ({doubtful.answers}) wait for your decision in the inbox.")
    return 0


def createadmin(chosen: argparse.Namespace) -> int:
    import getpass

    from leitstand.config import database

    password = sys.stdin.readline().strip() if not sys.stdin.isatty() else getpass.getpass("Password: ")
    with database.opened():
        from leitstand.core.errors import Declined
        from leitstand.core.people import membership

        try:
            membership.add(chosen.email, chosen.name or chosen.email, password, ["administrator"])
        except Declined as declined:
            print(declined.say, *declined.hints, file=sys.stderr)
            return 1
    print(f"{chosen.email} is administrator and can sign in.")
    return 0


def migrate(chosen: argparse.Namespace) -> int:
    from leitstand.config import database

    with database.opened():
        pass
    return 0


def rotate_keys(chosen: argparse.Namespace) -> int:
    from leitstand.config import database

    with database.opened():
        from leitstand.core.secrets import vault

        print(f"Sealed anew: {vault.rotate()}")
    return 0


def manage(chosen: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    from leitstand.config import database

    with database.opened(migrated=False):
        execute_from_command_line(["leitstand manage", *chosen.rest])
    return 0
