"""Alt texts: read by the rules, measured while one types, and part of what was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.loopback_network import Network
from django.urls import reverse
from tests import people

from leitstand.publishing import approve, compose, gate, pictures
from leitstand.publishing.content import content_of, fingerprint
from leitstand.publishing.models import Asset, Post
from leitstand.publishing.tests.conftest import written
from leitstand.publishing.tests.test_pictures import drawn

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any, db: None) -> None:
    settings.MEDIA_ROOT = tmp_path
    people.company()


def shown_with_alt(channel: Channel, alt: str) -> Post:
    """A post for this channel with one image, whose licence record is complete."""
    post = written(channel)
    asset = pictures.store(drawn(100, 100), people.gina())
    Asset.objects.filter(pk=asset.pk).update(alt=alt, licence="own", source="Wir")
    compose.add_image(post, Asset.objects.get(pk=asset.pk), people.gina())
    return Post.objects.get(pk=post.pk)


@pytest.mark.parametrize(("length", "rules"), [(1_500, []), (1_501, ["alt-too-long"])])
def test_an_alt_text_that_will_be_cut_is_told_beforehand(
    network: Network, channel: Channel, length: int, rules: list[str]
) -> None:
    post = shown_with_alt(channel, "a" * length)
    verdict = gate.judge(post)[channel.pk]
    assert [one.rule for one in verdict.hints if one.rule != "imprint"] == rules
    assert [one.words for one in verdict.hints if one.rule in rules] == [f"foto.jpeg: {length} / 1500"] * len(rules)
    assert len(content_of(post.versions.get()).images[0].alt) == 1_500


def test_the_rules_read_alt_texts(network: Network, channel: Channel) -> None:
    post = shown_with_alt(channel, "Klimaneutral geröstet, Tel. 0171 2345678")
    verdict = gate.judge(post)[channel.pk]
    assert [one.rule for one in (*verdict.blocks, *verdict.needs_approval)] == ["climate-claims", "personal-data"]
    page = people.signed_in(people.gina()).get(reverse("publishing:post", args=[post.pk])).content.decode()
    assert "A climate claim that cannot be used for products. (in an alt text) <mark>Klimaneutral</mark>" in page


def test_the_room_for_an_alt_text_is_shown_while_one_types(network: Network, channel: Channel) -> None:
    post, gina = shown_with_alt(channel, "Tasse"), people.signed_in(people.gina())
    image, url = post.images.get(), reverse("publishing:post", args=[post.pk])
    assert "5 of 1500 characters" in gina.get(url).content.decode()
    facts = {"text": "Kaffee", "language": "de", "consideration": "none", "ai": "none", "channel": [channel.pk]}
    typed = {**facts, "revision": post.revision, f"alt-{image.pk}": "b" * 1_501}
    side = gina.post(
        reverse("publishing:draft", args=[post.pk]), typed, headers={"HX-Request": "true"}
    ).content.decode()
    assert f'class="form-hint length is-over" id="alt-{image.pk}-length" hx-swap-oob="true"' in side
    assert "1501 of 1500 characters" in side


def test_another_alt_text_of_the_asset_needs_a_new_yes(channel: Channel) -> None:
    """Where the use has none of its own, the asset's alt text goes out: it is part of what was approved."""
    post = written(channel)
    asset = pictures.store(drawn(100, 100), people.gina())
    compose.add_image(post, asset, people.gina())
    before = fingerprint(post)
    Asset.objects.update(alt="Eine Tasse Kaffee")
    assert fingerprint(Post.objects.get(pk=post.pk)) != before


def test_a_corrected_alt_text_reopens_the_posts_that_speak_it(channel: Channel) -> None:
    post, other, gina = written(channel), written(channel, text="Anders."), people.signed_in(people.gina())
    asset = pictures.store(drawn(100, 100), people.gina())
    for one in (post, other):
        compose.add_image(one, asset, people.gina())
    other.images.update(alt="Eigene Worte")
    Asset.objects.update(licence="own", source="Wir", alt="Eine Tase")
    for one in (post, other):
        approve.approve(one, people.dora(), fingerprint(one))
    before = Post.objects.get(pk=post.pk).revision
    facts = {"licence": "own", "source": "Wir", "alt": "Eine Tasse"}
    page = gina.post(reverse("publishing:asset", args=[asset.pk]), facts, follow=True).content.decode()
    assert "Saved. 1 post that speaks this alt text must be approved again." in page
    post.refresh_from_db()
    assert (post.state, post.revision) == ("draft", before + 1)
    assert Post.objects.get(pk=other.pk).state == "approved"
    assert approve.submit(post, people.ben())
    assert Post.objects.get(pk=post.pk).state == "submitted"
    assert people.dora().notifications.filter(url__endswith=f"/{post.pk}/").count() == 1
