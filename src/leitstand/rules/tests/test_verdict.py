"""From findings to a verdict: order, switches, exceptions; and the page that lists all rules."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests import people
from tests.people import signed_in

from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.rules import judge, queries
from leitstand.rules.document import document
from leitstand.rules.draft import Draft
from leitstand.rules.models import Switch, Waiver
from leitstand.rules.waive import switch, waive

CLIMATE = Draft(text="Klimaneutraler Kaffee, Bestellnummer: 4711", publish_on=date(2026, 11, 23))
REASON = "Mit der Kanzlei besprochen."


def rules_of(draft: Draft) -> list[tuple[str, str]]:
    return [(one.rule, one.severity) for one in judge(draft, queries.switchboard()).findings]


def test_the_gravest_comes_first() -> None:
    severities = [finding.severity for finding in judge(CLIMATE).findings]
    assert severities == ["block", "approval", "hint"]
    assert judge(CLIMATE) == judge(CLIMATE)


def test_what_is_waived_is_kept_in_sight() -> None:
    verdict = judge(CLIMATE).without({"climate-claims"})
    assert verdict.blocks == []
    assert [finding.rule for finding in verdict.waived] == ["climate-claims"]


def test_whoever_writes_a_draft_says_on_which_day_it_goes_out() -> None:
    """The machine's own day may be another one than the company's."""
    told = {one.name for one in fields(Draft) if (one.default, one.default_factory) == (MISSING, MISSING)}
    assert told == {"text", "publish_on"}


@pytest.mark.django_db
def test_a_company_may_weigh_a_rule_otherwise() -> None:
    emil = people.emil()
    switch("climate-claims", "hint", REASON, emil)
    switch("personal-data", "off", REASON, emil)
    assert rules_of(CLIMATE) == [("climate-claims", "hint"), ("imprint", "hint")]
    switch("climate-claims", "block", REASON, emil)
    assert Switch.objects.count() == 1
    assert rules_of(CLIMATE)[0] == ("climate-claims", "block")
    assert DiaryEntry.objects.filter(name="rules.rule_switched").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "severity", "reason"), [("x", "hint", REASON), ("imprint", "x", REASON), ("imprint", "hint", "so")]
)
def test_a_switch_needs_a_rule_a_severity_and_a_reason(slug: str, severity: str, reason: str) -> None:
    with pytest.raises(Declined):
        switch(slug, severity, reason, people.emil())
    assert Switch.objects.count() == 0


@pytest.mark.django_db
def test_an_exception_holds_for_one_content_and_is_written_down_once() -> None:
    for _again in range(2):
        waive("climate-claims", "a" * 64, REASON, people.emil())
    assert Waiver.objects.count() == 1
    assert DiaryEntry.objects.filter(name="rules.rule_waived").count() == 1
    assert queries.waived_rules("a" * 64) == {"climate-claims"}
    assert queries.waived_rules("b" * 64) == set()


@pytest.mark.django_db
def test_who_may_make_an_exception() -> None:
    for who in (people.gina(), people.dora(), people.ben(), people.ada()):
        with pytest.raises(Declined):
            waive("climate-claims", "a" * 64, REASON, who)
    for slug, reason in (("no-such-rule", REASON), ("climate-claims", "so")):
        with pytest.raises(Declined):
            waive(slug, "a" * 64, reason, people.emil())
    assert Waiver.objects.count() == 0


@pytest.mark.django_db
def test_the_pages_are_closed_to_those_who_may_not() -> None:
    people.company()
    urls = {reverse("rules:waive"): {"emil"}, reverse("rules:switch", args=["imprint"]): {"ada", "emil"}}
    for url, allowed in urls.items():
        for who in ("ada", "gina", "emil", "finn"):
            answer = signed_in(getattr(people, who)()).post(url, {"severity": "hint", "reason": REASON})
            assert (answer.status_code != 404) is (who in allowed)


@pytest.mark.django_db
def test_after_an_exception_nobody_is_sent_to_strangers() -> None:
    people.company()
    data = {"rule": "imprint", "content_hash": "a" * 64, "reason": REASON}
    for back, goes in (("/publishing/", "/publishing/"), ("//evil.example", reverse("rules:rules"))):
        answer = signed_in(people.emil()).post(reverse("rules:waive"), data | {"back": back})
        assert answer.headers["Location"] == goes


def test_the_page_of_the_rules_is_current() -> None:
    page = Path(__file__).resolve().parents[4] / "docs" / "rules.md"
    with override("en"):
        assert page.read_text() == document() + "\n", "run: make docs"
