"""Who is accountable; what rooms hand in; roles and what they may."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.people import ada, ben, company, finn, gina, signed_in

from leitstand.core import duties, today
from leitstand.core.duties import DUTIES, Row, Todo
from leitstand.core.models import DiaryEntry, DutyHolder, Person
from leitstand.core.people import holders, membership
from leitstand.core.people.roles import MAY, PERMISSIONS, Role, names, permissions_of


@pytest.mark.django_db
def test_a_duty_is_assigned_on_its_page() -> None:
    company()
    browser = signed_in(gina())
    assert browser.get(reverse("core:duty", args=["D9"])).status_code == 200
    typed = {"accountable": ben().pk, "deputy": gina().pk}
    assert browser.post(reverse("core:duty", args=["D9"]), typed)["Location"] == "/"
    holder = holders.holders()["D9"]
    assert (holder.accountable, holder.deputy) == (ben(), gina())
    assert holders.duties_of(ben()) == ["D9"]
    assert DiaryEntry.objects.filter(name="core.duty_assigned").count() == 1
    browser.post(reverse("core:duty", args=["D9"]), {})
    assert holders.holders()["D9"].accountable is None


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["D0", "D11", "x", "vacant"])
def test_duties_that_do_not_exist_are_not_found(code: str) -> None:
    assert signed_in(ada()).get(reverse("core:duty", args=[code])).status_code in (404, 405)


@pytest.mark.django_db
def test_nobody_stands_in_for_themselves_and_closed_accounts_hold_nothing() -> None:
    company()
    browser = signed_in(ada())
    typed = {"accountable": ben().pk, "deputy": ben().pk}
    assert browser.post(reverse("core:duty", args=["D9"]), typed).status_code == 422
    holders.assign("D9", ben(), ada(), ada())
    membership.leave(ben(), ada())
    assert holders.holders()["D9"].accountable is None
    refused = browser.post(reverse("core:duty", args=["D8"]), {"accountable": ben().pk})
    assert refused.status_code == 422


@pytest.mark.django_db
def test_who_may_not_assign_duties_finds_no_page() -> None:
    assert signed_in(finn()).get(reverse("core:duty", args=["D9"])).status_code == 404
    assert signed_in(finn()).post(reverse("core:take-vacant")).status_code == 404


@pytest.mark.django_db
def test_all_vacant_duties_are_taken_with_one_click_and_the_others_left() -> None:
    company()
    holders.assign("D9", ben(), None, ada())
    browser = signed_in(ada())
    browser.post(reverse("core:take-vacant"))
    browser.post(reverse("core:take-vacant"))
    assert DutyHolder.objects.filter(accountable=ada()).count() == len(DUTIES) - 1
    assert holders.holders()["D9"].accountable == ben()


def test_where_rooms_share_a_duty_the_worse_state_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duties, "ROWS", {})
    for state in ("green", "red", "amber"):
        # Its states are literals.
        duties.register_row("D1", lambda person, state=state: Row(state, state, "", ""))  # type: ignore[misc]
    assert duties.ROWS["D1"](Person()).state == "red"


@pytest.mark.django_db
def test_today_is_sorted_by_urgency_then_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from django.utils import timezone

    now = timezone.now()
    given = [Todo("later", "", 1, now + timedelta(hours=2)), Todo("no time", "", 1), Todo("soon", "", 1, now)]
    monkeypatch.setattr(today, "TODAY", [lambda person: given, lambda person: [Todo("at once", "", 2)]])
    assert [str(todo.text) for todo in today.todos(ada())] == ["at once", "soon", "later", "no time"]
    assert today.count(ada()) == 4


def test_every_role_is_explained_and_may_at_least_read() -> None:
    assert set(MAY) == set(Role.values) == set(PERMISSIONS)
    assert all("post.view" in permissions for permissions in PERMISSIONS.values())


def test_roles_add_up_and_unknown_ones_give_nothing() -> None:
    both = permissions_of([Role.EDITOR, Role.APPROVER])
    assert {"post.write", "post.approve"} <= both
    assert permissions_of(["emperor"]) == frozenset()
    assert names(["editor", "emperor"]) == ["Editor", "emperor"]


def test_only_administrators_manage_people() -> None:
    assert [role for role in Role.values if "people.manage" in PERMISSIONS[role]] == [Role.ADMINISTRATOR]
