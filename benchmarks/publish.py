"""How late do posts go out, and is any lost or doubled? 1,000 publications on 20 channels, due in the same second.

    make bench-publish

A real installation in a fresh folder: embedded PostgreSQL and `leitstand worker` in processes of their own. The
network is `loopback_network.py` in another process; only what it has counted is believed. First quietly, then again
while the worker is killed (kill -9) ten times at random moments and the network sometimes accepts a post and then
drops the connection. Lateness is the time of acceptance minus the time the publication was planned for.

`doubled` counts a content that an account was given again after the network had accepted it, whatever key came with
it: `copies` of them stood there twice, `resent` of them only the network's care for keys kept from doing so. A sending
that was cut off is looked up before it is repeated, so both must be 0.
"""

from __future__ import annotations

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LEITSTAND = str(Path(sys.executable).parent / "leitstand")
CHANNELS, POSTS, KILLS = 20, 50, 10
WITHIN, LEAD, DROPS = 300.0, 8.0, 0.03


@dataclass(frozen=True, slots=True)
class Counted:
    """One round: seconds late of each first copy, sorted; how many never came, came doubled, or were sent again."""

    late: list[float]
    lost: int
    copies: int
    resent: int

    @property
    def doubled(self) -> int:
        return self.copies + self.resent

    @property
    def p50(self) -> float:
        return statistics.median(self.late)

    @property
    def p99(self) -> float:
        return self.late[int(len(self.late) * 0.99) - 1]

    def __str__(self) -> str:
        figures = f"p50_s={self.p50:.2f} p99_s={self.p99:.2f} last_s={self.late[-1]:.2f}"
        return f"{figures} lost={self.lost} doubled={self.doubled} resent={self.resent}"


@contextmanager
def network() -> Iterator[str]:
    """The address of a loopback network in its own process."""
    command = [sys.executable, str(HERE / "loopback_network.py")]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    try:
        yield running.stdout.readline().strip()
    finally:
        running.kill()
        running.wait()


def said(url: str, body: str | None = None) -> Any:
    with urllib.request.urlopen(url, None if body is None else body.encode(), timeout=30) as answer:
        return json.load(answer)


class Worker:
    """`leitstand worker`, started anew after each kill."""

    def __init__(self) -> None:
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([LEITSTAND, "worker"])

    def kill_and_restart(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process = self._start()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


# --- the installation ---------------------------------------------------------------------------


@contextmanager
def installation(address: str) -> Iterator[None]:
    """A fresh folder with a running database; this process speaks with it as a command would."""
    with tempfile.TemporaryDirectory(prefix="leitstand-bench-") as home:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"LEITSTAND_HOME": home, "LEITSTAND_PRIVATE_HOSTS": address.removeprefix("http://")}
        os.environ["DJANGO_SETTINGS_MODULE"] = "leitstand.config.settings"
        from leitstand.config import database

        with database.opened():
            yield


def connected(address: str) -> Any:
    """Twenty channels, connected by their token; returns whoever did it."""
    from leitstand.channels.connect import connect
    from leitstand.core.people import membership
    from leitstand.core.people.roles import Role

    gina = membership.add("gina@example.org", "Gina", "correct horse battery", [Role.MANAGER])
    for number in range(CHANNELS):
        connect("mastodon", {"server": address, "token": f"token-{number}"}, gina)
    return gina


def planned(gina: Any, round_name: str) -> datetime:
    """Writes, approves and schedules everything for one whole second to come; returns that second."""
    from leitstand.publishing import schedule

    posts = [
        _approved(gina, f"{round_name} {number}: Unser Winterkaffee ist da. {'x' * 80}") for number in range(POSTS)
    ]
    when = datetime.fromtimestamp(int(time.time() + 60), UTC)
    made = [publication for post in posts for publication in schedule.plan(post, when, gina)]
    due = datetime.fromtimestamp(int(time.time() + LEAD), UTC)
    for publication in made:
        type(publication).objects.filter(pk=publication.pk).update(planned_for=due, due_at=due)
    return due


def _approved(gina: Any, text: str) -> Any:
    from leitstand.channels.queries import publishable_ids
    from leitstand.publishing import approve, compose
    from leitstand.publishing.content import fingerprint

    versions = [compose.VersionChange(channel) for channel in publishable_ids()]
    post = compose.revise(compose.start(gina), compose.Change({"text": text}, versions), gina)
    approve.approve(post, gina, fingerprint(post))
    return post


def unproven() -> int:
    from leitstand.publishing.models import Publication

    return Publication.objects.exclude(state=Publication.State.PUBLISHED).count()


# --- the two rounds -----------------------------------------------------------------------------


def quiet_round(address: str, gina: Any) -> Counted:
    due = planned(gina, "quiet")
    wait_until_proven()
    return counted(address, "quiet", due)


def killing_round(address: str, gina: Any, worker: Worker) -> Counted:
    said(f"{address}/bench/drops", str(DROPS))
    due = planned(gina, "killed")
    time.sleep(max(0.0, due.timestamp() - time.time()))
    for _number in range(KILLS):
        _wait_for_life(address)
        time.sleep(random.uniform(0, 0.6))
        worker.kill_and_restart()
    wait_until_proven()
    return counted(address, "killed", due)


def _wait_for_life(address: str) -> None:
    """Until the worker sends again, or has nothing left to send."""
    before, until = said(f"{address}/bench/count"), time.monotonic() + 10
    while said(f"{address}/bench/count") == before and time.monotonic() < until:
        time.sleep(0.01)


def wait_until_proven() -> None:
    until = time.monotonic() + WITHIN
    while unproven() and time.monotonic() < until:
        time.sleep(0.5)


def counted(address: str, round_name: str, due: datetime) -> Counted:
    """By the network's own count."""
    accepted, resent = (
        [line for line in said(f"{address}/bench/{what}") if line[1].startswith(round_name)]
        for what in ("accepted", "resent")
    )
    firsts = {(account, text): at for account, text, at in reversed(accepted)}
    late = sorted(at - due.timestamp() for at in firsts.values())
    lost = CHANNELS * POSTS - len(firsts) + unproven()
    return Counted(late, lost, len(accepted) - len(firsts), len(resent))


def main() -> int:
    with network() as address, installation(address):
        gina, worker = connected(address), Worker()
        try:
            quiet = quiet_round(address, gina)
            print(f"quiet: {quiet}", flush=True)
            killed = killing_round(address, gina, worker)
            print(f"killed {KILLS} times: {killed}", flush=True)
        finally:
            worker.end()
    lost, doubled, resent = quiet.lost + killed.lost, quiet.doubled + killed.doubled, quiet.resent + killed.resent
    print(
        f"bench-publish: publications={CHANNELS * POSTS} channels={CHANNELS} p50_s={quiet.p50:.2f} "
        f"p99_s={quiet.p99:.2f} kills={KILLS} lost={lost} doubled={doubled} resent={resent} "
        f"p99_killed_s={killed.p99:.2f}"
    )
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
