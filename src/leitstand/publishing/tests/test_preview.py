"""What the page shows beside the words is the server's truth: the same that is sent, counted as the network counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import Network, says
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.channels.connect import adopt
from leitstand.connectors.protocol import Account, Connected
from leitstand.core.models import Company
from leitstand.publishing import approve, compose, duty, gate, hold, preview, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Post, Publication
from leitstand.publishing.tests.conftest import (
    all_channels,
    another_channel,
    approved,
    fresh,
    make_due,
    planned,
    send_due,
    written,
)

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

LINK = "https://example.org/" + "x" * 200


def test_an_address_counts_23_whatever_its_length(channel: Channel) -> None:
    shown = preview.previews(written(channel, text="Neu:", link=LINK))[0]
    assert shown.pieces[0].text == f"Neu:\n\n{LINK}"
    assert shown.pieces[0].used == len("Neu:\n\n") + 23
    assert shown.pieces[0].left == 500 - shown.pieces[0].used
    assert not shown.pieces[0].is_over


def test_families_count_once(channel: Channel) -> None:
    assert preview.previews(written(channel, text="👨‍👩‍👧‍👦🇩🇪é"))[0].pieces[0].used == 3


def test_a_text_that_is_too_long_is_over_and_blocked(channel: Channel) -> None:
    shown = preview.previews(written(channel, text="Kaffee " * 80))[0]
    assert shown.pieces[0].is_over
    assert shown.pieces[0].percent == 100
    assert [finding.rule for finding in shown.verdict.blocks] == ["too-long"]


def test_a_limit_of_bytes_is_told_in_bytes(channel: Channel) -> None:
    """150 families are 150 of 300 signs, and too many bytes."""
    account = Account("https://pds.example", "m.example", {}, "did:plc:7")
    bluesky = adopt("bluesky", Connected(account, "Morgenrot", ""), people.gina())
    post = written(bluesky, text="👨‍👩‍👧‍👦" * 150)
    shown = preview.previews(post)[0]
    assert shown.pieces[0].is_over
    assert [finding.words for finding in shown.verdict.blocks] == ["3750 / 3000 bytes"]
    page = signed_in(people.gina()).get(reverse("publishing:post", args=[post.pk])).content.decode()
    assert "<span>3750 / 3000 bytes</span>" in page and "/ 300<" not in page


def test_the_limit_of_the_channels_own_server_counts(channel: Channel) -> None:
    all_channels().update(limits={"limit": 1000})
    shown = preview.previews(written(channel, text="Kaffee " * 80))[0]
    assert shown.pieces[0].limit == 1000
    assert shown.verdict.blocks == []


def test_what_the_rules_say_about_all_channels_is_said_once(network: Network, channel: Channel) -> None:
    other = another_channel(network, "token-2")
    post = written(channel, other, text="Klimaneutraler Kaffee, Bestellnummer: 4711")
    shown = preview.previews(post)
    alike = preview.common(shown)
    assert alike == shown[0].verdict
    assert [one.verdict.findings for one in preview.beside(shown, alike)] == [(), ()]
    page = signed_in(people.gina()).get(reverse("publishing:post", args=[post.pk])).content.decode()
    assert [page.count(str(finding.say)) for finding in shown[0].verdict.findings] == [1] * len(
        shown[0].verdict.findings
    )
    assert "Rules block the post on 2 channels." in page


def test_what_the_rules_say_about_one_channel_stays_with_it(network: Network, channel: Channel) -> None:
    other = another_channel(network, "token-2")
    long = compose.VersionChange(other.pk, own_text="Kaffee " * 80)
    post = compose.revise(
        written(channel, other), compose.Change(versions=[compose.VersionChange(channel.pk), long]), people.gina()
    )
    shown = preview.previews(post)
    left = preview.beside(shown, preview.common(shown))
    found = {one.version.channel_id: [finding.rule for finding in one.verdict.blocks] for one in left}
    assert found == {channel.pk: [], other.pk: ["too-long"]}
    assert preview.common(shown[:1]) is None


def test_beside_the_buttons_stands_which_channels_a_rule_blocks(channel: Channel) -> None:
    gina = signed_in(people.gina())
    for text, is_blocked in (("Kaffee " * 80, True), ("Kaffee", False)):
        shown = gina.get(reverse("publishing:post", args=[written(channel, text=text).pk])).content.decode()
        assert (f"A rule blocks the post on: {channel}." in shown) is is_blocked


def test_what_is_shown_as_a_thread_is_what_is_sent(network: Network, channel: Channel) -> None:
    post = written(channel, text="Ein Satz über Kaffee. " * 60)
    post = compose.revise(
        post, compose.Change(versions=[compose.VersionChange(channel.pk, as_thread=True)]), people.gina()
    )
    pieces = preview.previews(post)[0].pieces
    shown = [piece.text for piece in pieces]
    assert len(shown) > 2
    assert not any(piece.is_over for piece in pieces)
    approve.approve(post, people.dora(), fingerprint(post))
    schedule.plan(post, timezone.now(), people.gina())
    send_due()
    assert network.texts() == shown
    assert network.statuses[1]["in_reply_to_id"] == network.statuses[0]["id"]


def test_own_words_of_a_channel_are_shown_and_sent(network: Network, channel: Channel) -> None:
    post = compose.revise(
        written(channel), compose.Change(versions=[compose.VersionChange(channel.pk, own_text="Kurz.")]), people.gina()
    )
    assert preview.previews(post)[0].pieces[0].text == "Kurz."


def test_typing_is_answered_with_the_servers_count(channel: Channel) -> None:
    post = written(channel)
    data = {"text": "Hallo 👋", "language": "de", "consideration": "none", "ai": "none", "channel": str(channel.pk)}
    answer = signed_in(people.gina()).post(reverse("publishing:draft", args=[post.pk]), data)
    assert answer.status_code == 200
    assert "7 / 500" in answer.content.decode()
    assert Post.objects.get().text == "Hallo 👋"


def test_two_windows_do_not_overwrite_each_other(channel: Channel) -> None:
    post = written(channel)
    data = {"text": "Zweites Fenster", "language": "de", "consideration": "none", "ai": "none"}
    stale = {**data, "revision": str(post.revision - 1), "channel": str(channel.pk)}
    answer = signed_in(people.gina()).post(reverse("publishing:draft", args=[post.pk]), stale)
    assert answer.status_code == 409
    assert Post.objects.get().text == post.text


def test_a_title_counts_only_where_it_is_shown(channel: Channel) -> None:
    """On a network without titles a label in the title is read by nobody."""
    post = written(channel, text="Ein Bild vom Hafen.", title="KI-generiert", ai="generated")
    assert [finding.rule for finding in gate.judge(post)[channel.pk].blocks] == ["ai-label"]


def test_the_imprint_is_the_channels_own_or_the_companys(channel: Channel) -> None:
    post = written(channel)
    assert "imprint" in {finding.rule for finding in gate.judge(post)[channel.pk].hints}
    Company.objects.update(imprint_url="https://example.org/impressum")
    assert "imprint" not in {finding.rule for finding in gate.judge(post)[channel.pk].hints}


def test_answers_from_the_inbox_are_judged_for_the_companys_country(channel: Channel) -> None:
    people.company(country="AT")
    verdict = gate.judge_answer("Rufen Sie 030 12345678 an.", "de", channel.pk, "uwe")
    assert [finding.reference for finding in verdict.needs_approval] == ["Art. 5, 6, 9 DSGVO"]
    people.company(country="CH")
    verdict = gate.judge_answer("Rufen Sie 030 12345678 an.", "de", channel.pk, "uwe")
    assert [finding.reference for finding in verdict.needs_approval] == ["Art. 6, 30 DSG"]


def test_the_pages_of_a_publication_answer_why(network: Network, channel: Channel) -> None:
    publication = planned(channel, timezone.now() + timedelta(minutes=1))
    page = reverse("publishing:publication", args=[publication.pk])
    browser = signed_in(people.finn())
    assert "It goes out at" in browser.get(page).content.decode()
    make_due(publication)
    send_due()
    assert network.statuses[0]["url"] in browser.get(page).content.decode()


@pytest.mark.parametrize(
    ("state", "say"),
    [("paused", "The channel is paused"), ("reconnect", "must be reconnected first"), ("gone", "is disconnected")],
)
def test_a_channel_that_takes_nothing_is_the_answer(channel: Channel, state: str, say: str) -> None:
    publication = planned(channel)
    all_channels().update(state=state)
    send_due()
    page = signed_in(people.finn()).get(reverse("publishing:publication", args=[publication.pk])).content.decode()
    assert say in page
    assert fresh(publication).state == "scheduled"


def said(publication: Publication) -> str:
    """What the page of the publication answers."""
    page = signed_in(people.gina()).get(reverse("publishing:publication", args=[publication.pk]))
    return page.content.decode()


def test_nobody_works_or_others_go_first_is_an_answer(channel: Channel) -> None:
    publication = planned(channel)
    assert "It was planned for" in said(publication) and "The worker is not running" in said(publication)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert "Its turn comes" in said(publication) and "The worker is not running" not in said(publication)
    hold.hold("Warten", people.gina())
    assert "Publishing is on hold" in said(publication) and "Its turn comes" not in said(publication)


def test_the_rate_limit_another_post_met_is_an_answer(network: Network, channel: Channel) -> None:
    _first, second = planned(channel, text="eins"), planned(channel, text="zwei")
    network.moods = [says(429, "Too many requests")]
    send_due()
    assert "The network asks us to slow down." in said(second) and "Next try:" in said(second)


@pytest.mark.parametrize("state", ["paused", "gone", "ready"])
def test_the_board_is_not_green_while_something_is_overdue(channel: Channel, state: str) -> None:
    publication, gina = planned(channel, timezone.now() + timedelta(hours=1)), people.gina()
    all_channels().update(state=state)
    assert duty.row(gina).state == "green"
    Publication.objects.update(planned_for=timezone.now() - timedelta(minutes=11))
    assert duty.row(gina).state == "red"
    assert [todo.text for todo in duty.today(gina)] == [f"Not sent: {publication.version}"]


def test_nobody_is_asked_to_decide_while_we_still_look(channel: Channel) -> None:
    publication = planned(channel)
    Publication.objects.update(state="unsure", due_at=timezone.now() + timedelta(minutes=1))
    assert "Please decide" not in said(publication)
    Publication.objects.update(due_at=None)
    assert "Please decide" in said(publication)


def test_a_post_without_images_shows_as_such(channel: Channel) -> None:
    shown = preview.previews(approved(channel))[0]
    assert (shown.images, shown.left_out) == ((), 0)


def test_saving_keeps_the_version_of_a_channel_that_rests(channel: Channel) -> None:
    """Its box is ticked on the page; the words for it must not be lost by typing in another field."""
    post = written(channel)
    all_channels().update(state="paused")
    facts = {"text": "Neu.", "language": "de", "consideration": "none", "ai": "none", "channel": channel.pk}
    saved = signed_in(people.gina()).post(
        reverse("publishing:draft", args=[post.pk]),
        facts | {f"own-{channel.pk}": "on", f"text-{channel.pk}": "Für dort."},
    )
    assert saved.status_code == 200
    (version,) = Post.objects.get(pk=post.pk).versions.all()
    assert (version.post.text, version.text) == ("Neu.", "Für dort.")


def test_when_all_is_out_the_page_shows_the_proof_and_offers_no_plan(network: Network, channel: Channel) -> None:
    """The page asks for news while something is due; then it stops asking and has another next step."""
    publication, gina = planned(channel), signed_in(people.gina())
    page = reverse("publishing:post", args=[publication.version.post_id])
    before = gina.get(page).content.decode()
    assert ("Publish now" in before, "every 3s" in before, "data-proof" in before) == (True, True, False)
    send_due()
    for place in (page, reverse("publishing:progress", args=[publication.version.post_id])):
        shown = gina.get(place).content.decode()
        assert fresh(publication).url in shown
        assert "It is out on every chosen channel." in shown
        assert ("Publish now" in shown, "every 3s" in shown) == (False, False)
    heading = gina.get(page).content.decode().split('id="post-state"')[1].split('id="compose"')[0]
    assert ("Published" in heading, "Approved" in heading) == (True, False)


def test_when_an_earlier_text_is_out_the_page_says_where(network: Network, channel: Channel) -> None:
    publication, gina = planned(channel), signed_in(people.gina())
    page = reverse("publishing:post", args=[publication.version.post_id])
    send_due()
    post = compose.revise(publication.version.post, compose.Change({"text": "Mit Zimt."}), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    shown = gina.get(page).content.decode()
    assert "An earlier text is out there." in shown
    assert "Publish now" not in shown


def test_a_channel_that_joined_later_makes_no_earlier_text(network: Network, channel: Channel) -> None:
    publication, other = planned(channel), another_channel(network, "token-2")
    send_due()
    versions = [compose.VersionChange(one.pk) for one in (channel, other)]
    post = compose.revise(publication.version.post, compose.Change(versions=versions), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    page = reverse("publishing:post", args=[post.pk])
    assert "Publish now" in signed_in(people.gina()).get(page).content.decode()
    schedule.plan(post, timezone.now(), people.gina())
    send_due()
    shown = signed_in(people.gina()).get(page).content.decode()
    assert ("Publish now" in shown, "An earlier text" in shown, shown.count("data-proof")) == (False, False, 2)
