"""What programs do with publications: decide, amend, take down, and hold all of them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests import people

from leitstand.api.tests.conftest import Caller, Calls
from leitstand.api.tests.test_post_doors import planned
from leitstand.core import jobs
from leitstand.publishing import hold, publish, queries

pytestmark = pytest.mark.django_db


def become(number: int, **columns: Any) -> None:
    found = queries.publication_for(people.gina(), number)
    type(found).objects.filter(pk=number).update(**columns)


def published(caller: Calls, channel_id: int) -> dict[str, Any]:
    gina, one = caller(people.gina()), planned(caller, channel_id)
    gina.post(f"publications/{one['id']}/plan")
    publish.sweep()
    jobs.run_waiting()
    found: dict[str, Any] = gina.get(f"publications/{one['id']}").json()
    assert found["state"] == "published"
    return found


def test_the_hold_is_seen_begun_and_ended(caller: Calls, channel_id: int) -> None:
    gina, one = caller(people.gina()), planned(caller, channel_id)
    assert gina.get("hold").json() == {"is_held": False, "reason": "", "started_at": None}
    assert gina.post("hold", reason=" ").status_code == 422
    assert gina.post("hold", reason="Unwetter").json()["reason"] == "Unwetter"
    assert gina.post("hold", reason="Noch eines").json()["reason"] == "Unwetter"
    assert hold.is_held()
    assert caller(people.finn()).get("hold").json()["is_held"] is True
    assert gina.delete("hold").json() == {"missed": 0}
    assert gina.get("hold").json()["is_held"] is False
    assert gina.get(f"publications/{one['id']}").json()["state"] == "scheduled"


def test_somebody_decides_what_is_unsure(caller: Calls, channel_id: int) -> None:
    gina, one = caller(people.gina()), planned(caller, channel_id)
    path = f"publications/{one['id']}"
    assert gina.post(f"{path}/decision", decision="leave").status_code == 409
    become(one["id"], state="unsure", due_at=None)
    assert gina.post(f"{path}/decision", decision="maybe").status_code == 422
    assert gina.post(f"{path}/decision", decision="published").status_code == 422
    said = gina.post(f"{path}/decision", decision="published", url="https://net.example/7").json()
    assert (said["state"], said["url"]) == ("published", "https://net.example/7")


def test_what_is_out_is_taken_down(caller: Calls, channel_id: int, sent: list[httpx.Request]) -> None:
    one = published(caller, channel_id)
    gina = caller(people.gina())
    assert gina.delete(f"publications/{one['id']}").json()["state"] == "deleted"
    assert gina.delete(f"publications/{one['id']}").json()["state"] == "deleted"
    assert len(sent) == 1


def test_what_is_out_is_amended_after_a_new_approval(caller: Calls, channel_id: int) -> None:
    one = published(caller, channel_id)
    gina, dora = caller(people.gina()), caller(people.dora())
    post, path = f"posts/{one['post_id']}", f"publications/{one['id']}/amendment"
    gina.patch(post, text="Unser Winterkaffee ist wieder da.")
    assert gina.post(path).status_code == 422
    dora.post(f"{post}/approval", seen=dora.get(f"{post}/fingerprint").json()["fingerprint"])
    answer = gina.post(path)
    assert answer.json().get("state") == "published", answer.json()


def test_a_post_is_copied_discarded_and_brought_back(caller: Calls, channel_id: int) -> None:
    gina, one = caller(people.gina()), planned(caller, channel_id)
    copied = gina.post(f"posts/{one['post_id']}/copies").json()
    assert (copied["state"], [version["channel_id"] for version in copied["versions"]]) == ("draft", [channel_id])
    assert gina.delete(f"posts/{one['post_id']}").status_code == 422
    assert gina.delete(f"posts/{copied['id']}").status_code == 204
    assert copied["id"] not in numbers(gina, "posts")
    assert gina.post(f"posts/{copied['id']}/restoration").json()["id"] == copied["id"]
    assert copied["id"] in numbers(gina, "posts")


def numbers(who: Caller, path: str) -> list[int]:
    return [one["id"] for one in who.get(path).json()["items"]]
