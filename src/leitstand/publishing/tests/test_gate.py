"""What the gate tells the rules about the company, asked for posts and for answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from tests import people

from leitstand.publishing import gate
from leitstand.publishing.tests.conftest import written

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

HOTLINE = "Fragen? Hotline 0800 1234567"


def test_the_companys_own_contacts_need_no_second_look(channel: Channel) -> None:
    """They are entered once, in the company profile."""
    post = written(channel, text=HOTLINE)
    assert gate.needs_approval(post) and gate.judge_answer(HOTLINE, "de", channel.pk, "uwe").needs_approval
    typed = {"name": "Morgenrot", "country": "DE", "languages": ["de"], "public_contacts": "+49 800 1234567"}
    assert people.signed_in(people.ada()).post(reverse("core:company"), typed).status_code == 303
    assert not gate.needs_approval(post) and not gate.judge_answer(HOTLINE, "de", channel.pk, "uwe").needs_approval


def test_the_law_of_a_market_is_asked_too(channel: Channel) -> None:
    post = written(channel, text="20 % Rabatt")
    people.company(country="US", markets=["AT"])
    assert [finding.rule for finding in gate.judge(post)[channel.pk].blocks] == ["price-claims"]
