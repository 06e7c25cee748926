"""The pages of the network: open to everybody, in two languages, and nothing on them runs."""

from __future__ import annotations

import pytest
from tests import people

from leitstand.practice.models import Account
from leitstand.practice.tests.conftest import CALM, COFFEE, Caller, let_pass
from leitstand.practice.tests.test_posts import image, upload

EVIL = "<script>alert(1)</script> <img src=x onerror=alert(2)> javascript:alert(3) \"'>"


def shown(path: str = "", status: int = 200, **headers: str) -> str:
    answer = people.visitor(**headers).get(f"/practice/{path}")
    assert answer.status_code == status
    return str(answer.content.decode())


def test_everybody_may_look_and_search_engines_are_asked_not_to(morgenrot: Caller) -> None:
    post = morgenrot.posted()
    for path in ("", "@morgenrot/", f"posts/{post.pk}/"):
        page = shown(path)
        assert COFFEE in page
        assert '<meta name="robots" content="noindex">' in page
        assert morgenrot.me["token"] not in page


def test_nothing_of_the_house_is_on_the_pages(morgenrot: Caller) -> None:
    gina = people.gina()
    page = shown() + shown("@morgenrot/")
    assert gina.email not in page
    assert "/publishing/" not in page
    assert "access/ended" not in page
    assert "access/ended" not in people.signed_in(people.finn()).get("/practice/@morgenrot/").content.decode()
    assert "access/ended" in people.signed_in(gina).get("/practice/@morgenrot/").content.decode()


def test_what_people_write_stays_text(morgenrot: Caller) -> None:
    data = {"title": EVIL, "link": "javascript:alert(4)", "language": '"><b>'}
    post = morgenrot.posted(EVIL, media=[upload(morgenrot, image()).json()["id"]], **data)
    Account.objects.update(name=EVIL)
    post.pictures.update(alt=EVIL)
    for path in ("", "@morgenrot/", f"posts/{post.pk}/"):
        page = shown(path)
        assert "&lt;script&gt;alert(1)" in page
        for bad in ("<script>alert", "<img src=x", 'href="javascript:', 'lang=""><b>'):
            assert bad not in page


def test_the_future_is_not_shown(morgenrot: Caller) -> None:
    post = morgenrot.posted(CALM)
    assert shown(f"posts/{post.pk}/").count("<article") == 1
    let_pass(seconds=20)
    assert shown(f"posts/{post.pk}/").count("<article") == 2
    let_pass(days=1)
    assert shown(f"posts/{post.pk}/").count("<article") > 2
    assert shown().count("<article") >= 1


def test_the_newest_stands_first_and_answers_stand_with_their_post(morgenrot: Caller) -> None:
    first = morgenrot.posted("Zuerst gesagt")
    let_pass(minutes=1)
    morgenrot.posted("Danach gesagt")
    morgenrot.posted("Nur eine Antwort", in_reply_to=str(first.pk))
    page = shown()
    assert page.index("Danach gesagt") < page.index("Zuerst gesagt")
    assert "Nur eine Antwort" not in page
    assert "Nur eine Antwort" in shown(f"posts/{first.pk}/")


def test_edited_and_deleted_posts_show_as_such(morgenrot: Caller) -> None:
    post = morgenrot.posted(media=[upload(morgenrot, image()).json()["id"]])
    picture = f"pictures/{post.pictures.get().pk}/"
    assert "edited" not in shown(f"posts/{post.pk}/", HTTP_ACCEPT_LANGUAGE="en")
    morgenrot.send("PUT", f"/posts/{post.pk}", text="Ganz neu")
    page = shown(f"posts/{post.pk}/", HTTP_ACCEPT_LANGUAGE="en")
    assert "Ganz neu" in page
    assert "edited" in page
    assert COFFEE not in page
    morgenrot.send("DELETE", f"/posts/{post.pk}")
    shown(f"posts/{post.pk}/", status=404)
    shown(picture, status=404)
    assert "Ganz neu" not in shown() + shown("@morgenrot/")


def test_pictures_are_nothing_but_pictures(morgenrot: Caller) -> None:
    number = upload(morgenrot, image("JPEG")).json()["id"]
    shown(f"pictures/{number}/", status=404)
    morgenrot.posted(media=[number])
    answer = people.visitor().get(f"/practice/pictures/{number}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == image("JPEG")  # type: ignore[attr-defined]  # these answers stream


@pytest.mark.parametrize("path", ["@nobody/", "@%00/", "posts/999999/", f"posts/{10**30}/", f"pictures/{10**30}/"])
def test_guessed_addresses_do_not_exist(morgenrot: Caller, path: str) -> None:
    shown(path, status=404)


def test_access_of_a_guessed_account_cannot_be_ended(morgenrot: Caller) -> None:
    gina = people.signed_in(people.gina())
    for handle, code in (("nobody", 303), ("%00", 404), ("lena_k", 303)):
        assert gina.post(f"/practice/@{handle}/access/ended/").status_code == code
    assert morgenrot.get("/me").status_code == 200


def test_the_invented_are_marked_so(morgenrot: Caller) -> None:
    page = shown("@lena_k/", HTTP_ACCEPT_LANGUAGE="en")
    assert "Lena Krüger" in page
    assert "invented" in page.split("<main", 1)[1]
    assert "invented" not in shown("@morgenrot/", HTTP_ACCEPT_LANGUAGE="en").split("<main", 1)[1]


@pytest.mark.parametrize(("language", "words"), [("de", "nichts verlässt"), ("en", "nothing leaves this installation")])
def test_the_pages_speak_both_languages(morgenrot: Caller, language: str, words: str) -> None:
    page = shown(HTTP_ACCEPT_LANGUAGE=language)
    assert f'<html lang="{language}">' in page
    assert words in page
