"""The page of one publication: it follows what happens, with all its parts, and bears the name people know."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.loopback_network import DROP, Network
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.publishing import amend, approve, compose
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Publication
from leitstand.publishing.tests.conftest import COFFEE, fresh, planned, send_due

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


def page_of(publication: Publication) -> str:
    return reverse("publishing:publication", args=[publication.pk])


def asked_by_its_part(publication: Publication, address: str) -> Any:
    headers = {"HX-Request": "true", "HX-Target": "state", "HX-Current-URL": page_of(publication)}
    return signed_in(people.gina()).get(address, headers=headers)


def asks(publication: Publication) -> str:
    """What the page asks every three seconds."""
    page = signed_in(people.gina()).get(page_of(publication)).content.decode()
    return str(page.partition('id="state" hx-get="')[2].partition('"')[0])


@pytest.mark.parametrize("moods", [[], [DROP]], ids=["published", "unsure"])
def test_once_something_has_happened_the_whole_page_is_shown(
    network: Network, channel: Channel, moods: list[str]
) -> None:
    publication, network.moods = planned(channel), moods
    address = asks(publication)
    before = asked_by_its_part(publication, address)
    assert "It was planned for" in before.content.decode() and "Attempts" not in before.content.decode()
    send_due()
    after = asked_by_its_part(publication, address)
    assert (after.status_code, after.headers["HX-Redirect"]) == (204, page_of(publication))


def test_sending_now_is_not_called_moving(channel: Channel) -> None:
    publication = planned(channel, timezone.now() + timedelta(hours=1))
    url, browser = reverse("publishing:move", args=[publication.pk]), signed_in(people.gina())
    shown = browser.post(url, {"now": "1"}, follow=True).content.decode()
    assert "It is its turn now." in shown and "Moved." not in shown


def test_a_post_keeps_its_name_when_it_goes_out(channel: Channel) -> None:
    publication = planned(channel, title="Winterkaffee 2026")
    before = publication.words
    send_due()
    assert before == fresh(publication).words == "Winterkaffee 2026"


def test_without_a_title_its_text_is_the_name(channel: Channel) -> None:
    publication = planned(channel)
    send_due()
    assert publication.words == fresh(publication).words == COFFEE


def test_a_draft_gives_no_name_to_what_is_out(channel: Channel) -> None:
    publication = planned(channel, title="Winterkaffee 2026")
    send_due()
    post = compose.revise(publication.version.post, compose.Change({"title": "Geheim"}), people.gina())
    assert fresh(publication).words == "Winterkaffee 2026"
    approve.approve(post, people.dora(), fingerprint(post))
    amend.edit(fresh(publication), people.gina())
    assert fresh(publication).words == "Geheim"


def test_a_title_for_one_channel_is_the_name_there(channel: Channel) -> None:
    publication = planned(channel, title="Winterkaffee 2026")
    versions = [compose.VersionChange(channel.pk, own_title="Im Blog")]
    compose.revise(publication.version.post, compose.Change(versions=versions), people.gina())
    assert fresh(publication).words == "Im Blog"


def test_only_an_approved_text_may_take_the_place_of_what_is_out(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    send_due()
    gina, edit = signed_in(people.gina()), reverse("publishing:edit", args=[publication.pk])
    assert edit in gina.get(page_of(publication)).content.decode()
    compose.revise(publication.version.post, compose.Change({"text": "Mit Zimt."}), people.gina())
    page = gina.get(page_of(publication)).content.decode()
    assert edit not in page and "is not approved. Once it is" in page


def test_lists_say_that_their_filters_hide_something(network: Network, channel: Channel) -> None:
    gina = signed_in(people.gina())
    for name in ("posts", "queue"):
        assert "Nothing fits" not in gina.get(reverse(f"publishing:{name}")).content.decode()
        assert "Nothing fits" in gina.get(reverse(f"publishing:{name}"), {"q": "gibtesnicht"}).content.decode()
