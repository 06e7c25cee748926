"""The pages: who sees what, guessed numbers, networks nobody knows, the imprint, the board."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation
from tests import people

from leitstand.channels import duty
from leitstand.channels.models import Channel
from leitstand.channels.tests.conftest import well

pytestmark = pytest.mark.django_db
CHANGES = ("check/", "imprint/", "pause/", "pause/end/", "disconnect/", "reconnect/")


def test_readers_see_channels_but_change_nothing(stored: Channel) -> None:
    finn = people.signed_in(people.finn())
    assert finn.get("/channels/").status_code == 200
    page = finn.get(f"/channels/{stored.pk}/").content.decode()
    assert "disconnect" not in page.lower()
    for change in CHANGES:
        assert finn.post(f"/channels/{stored.pk}/{change}", {"typed": "morgenrot"}).status_code == 404
    assert finn.get("/channels/connect/").status_code == 404


def test_guessed_numbers_do_not_exist(stored: Channel) -> None:
    gina = people.signed_in(people.gina())
    assert gina.get("/channels/999999/").status_code == 404
    for change in CHANGES:
        assert gina.post(f"/channels/999999/{change}", {"typed": "x"}).status_code == 404
    assert gina.get("/channels/connect/nowhere/").status_code == 404
    assert gina.get("/channels/connect/googleplus/").status_code == 404


def test_signed_out_people_see_the_sign_in_page(stored: Channel) -> None:
    people.gina()
    assert people.visitor().get("/channels/").status_code == 302


def test_closed_networks_say_why(stored: Channel) -> None:
    page = people.signed_in(people.gina()).get("/channels/connect/").content.decode()
    assert "2019" in page
    assert "closed" in page


def test_check_now_tells_what_it_found(stored: Channel) -> None:
    gina = people.signed_in(people.gina())
    with well():
        page = gina.post(f"/channels/{stored.pk}/check/", follow=True).content.decode()
    assert "Everything works" in page
    assert '<td data-label="Answered in"' in page


@pytest.mark.parametrize(("typed", "status"), [("javascript:alert(1)", 422), ("https://x.example/impressum", 303)])
def test_only_an_address_is_an_imprint(stored: Channel, typed: str, status: int) -> None:
    answer = people.signed_in(people.gina()).post(f"/channels/{stored.pk}/imprint/", {"imprint_url": typed})
    assert answer.status_code == status
    stored.refresh_from_db()
    assert stored.imprint_url == (typed if status == 303 else "")


def test_htmx_gets_only_the_cards(stored: Channel) -> None:
    htmx = people.signed_in(people.gina(), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="cards")
    page = htmx.get("/channels/").content.decode()
    assert "<html" not in page
    assert 'id="cards"' in page


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_operator_sees_the_detail_and_others_do_not(stored: Channel, language: str) -> None:
    Channel.objects.update(trouble="The network cannot be reached right now.", trouble_detail="503 from x.example")
    ada = people.signed_in(people.ada(), HTTP_ACCEPT_LANGUAGE=language)
    assert "503 from x.example" in ada.get(f"/channels/{stored.pk}/").content.decode()
    ben = people.signed_in(people.ben())
    assert "503 from x.example" not in ben.get(f"/channels/{stored.pk}/").content.decode()


ROWS = [
    ({"state": "ready"}, "green"),
    ({"state": "reconnect", "trouble_since": timezone.now()}, "red"),
    ({"trouble": "The network cannot be reached right now."}, "amber"),
    ({"expires_at": timezone.now()}, "amber"),
    ({"state": "gone"}, "amber"),
]


@pytest.mark.parametrize(("columns", "lamp"), ROWS)
def test_the_board(stored: Channel, columns: dict[str, object], lamp: str) -> None:
    Channel.objects.update(**columns)
    for language in ("de", "en"):
        with translation.override(language):
            assert duty.row(people.gina()).state == lamp


def test_the_board_asks_only_those_to_reconnect_who_may(stored: Channel) -> None:
    Channel.objects.update(state="reconnect", trouble_since=timezone.now())
    assert [str(duty.row(who).next_step) for who in (people.gina(), people.finn())] == ["Reconnect", "Look at it"]


def test_today_speaks_to_those_who_can_mend(stored: Channel) -> None:
    Channel.objects.update(state="reconnect", trouble_since=timezone.now())
    assert [todo.urgency for todo in duty.today(people.gina())] == [2]
    assert list(duty.today(people.ben())) == []
    Channel.objects.update(state="ready", trouble_told=True, expires_at=timezone.now())
    assert len(list(duty.today(people.gina()))) == 2


def test_search(stored: Channel) -> None:
    assert [hit.title for hit in duty.find(people.finn(), "orgen")] == ["Morgenrot · Practice network"]
