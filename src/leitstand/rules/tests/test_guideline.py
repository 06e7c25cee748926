"""The guideline: versions, signatures, and who may not publish without one."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import people
from tests.people import signed_in

from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.rules import guideline, queries
from leitstand.rules.models import Acknowledgement, Guideline
from leitstand.rules.sign import sign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house() -> None:
    people.company()


def published(text_de: str = "Wir sind höflich.", text_en: str = "We are polite.") -> Guideline:
    return guideline.publish_typed(guideline.begin().mark, text_de, text_en, "Neu", people.emil())


def typed(client: Client, text_de: str, text_en: str = "We are polite.") -> dict[str, str]:
    """What the form is sent with by somebody who opens it now."""
    page = client.get(reverse("rules:edit"))
    return {"seen": page.context["draft"].mark, "text_de": text_de, "text_en": text_en, "note": "Neu"}


def test_the_first_draft_is_our_template_with_the_companys_name() -> None:
    draft = guideline.begin()
    assert "Rösterei Morgenrot" in draft.text_de
    assert "Rösterei Morgenrot" in draft.text_en
    assert "{company}" not in draft.text_de + draft.text_en
    assert guideline.begin() == draft


def test_versions_are_counted_and_the_next_begins_with_the_last() -> None:
    assert published().number == 1
    assert guideline.begin().text_de == "Wir sind höflich."
    assert published("Wir sind sehr höflich.").number == 2
    current = queries.current_guideline()
    assert current is not None
    assert current.text_de == "Wir sind sehr höflich."


def test_a_version_in_force_never_changes() -> None:
    made = published()
    with pytest.raises(Declined):
        guideline.save(made.mark, "Wir sind frech.", "", "")
    made.refresh_from_db()
    assert made.text_de == "Wir sind höflich."


@pytest.mark.parametrize("text", [None, " "])
def test_nothing_cannot_be_put_in_force(text: str | None) -> None:
    if text is not None:
        guideline.save(guideline.begin().mark, text, text, "")
    with pytest.raises(Declined):
        guideline.publish(people.emil())
    assert queries.current_guideline() is None


def test_without_a_guideline_everybody_may_publish() -> None:
    assert queries.may_publish(people.gina())
    assert queries.unsigned_people() == []


def test_who_has_signed_may_publish_until_the_next_version() -> None:
    gina, ben = people.gina(), people.ben()
    sign(gina, published().number or 0, "de")
    assert queries.may_publish(gina)
    assert not queries.may_publish(ben)
    assert gina not in queries.unsigned_people()
    assert ben in queries.unsigned_people()
    published("Wir sind sehr höflich.")
    assert not queries.may_publish(gina)


def test_who_has_signed_is_no_longer_asked_to() -> None:
    gina, ben = people.gina(), people.ben()
    sign(gina, published().number or 0, "de")
    asked = {one: one.notifications.filter(read_at=None).count() for one in (gina, ben)}
    assert asked == {gina: 0, ben: 1}


def test_each_version_and_each_reminder_is_news() -> None:
    gina, emil = people.gina(), signed_in(people.emil())
    for version in (1, 2):
        published()
        assert gina.notifications.filter(url=reverse("rules:sign")).count() == version
    sign(people.emil(), 2, "de")
    assert "Reminded: 1" in emil.post(reverse("rules:remind"), follow=True).content.decode()
    assert gina.notifications.filter(url=reverse("rules:sign")).count() == 3
    gina.is_active = False
    gina.save()
    assert gina not in queries.unsigned_people()


@pytest.mark.parametrize(
    ("language", "text"), [("de", "Wir sind höflich."), ("en", "We are polite."), ("x" * 99, "We are polite.")]
)
def test_a_signature_is_for_the_very_words_shown(language: str, text: str) -> None:
    made = sign(people.gina(), published().number or 0, language)
    assert made.text_hash == hashlib.sha256(text.encode()).hexdigest()


def test_a_text_in_one_language_stands_for_both() -> None:
    assert published(text_en="").text("en") == "Wir sind höflich."
    assert published(text_de="", text_en="We are polite.").text("de") == "We are polite."


def test_signing_twice_is_once() -> None:
    number = published().number or 0
    for _again in range(2):
        sign(people.gina(), number, "de")
    assert Acknowledgement.objects.count() == 1
    assert DiaryEntry.objects.filter(name="rules.guideline_signed").count() == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_version_that_is_not_the_newest_is_not_signed(number: int) -> None:
    published()
    published("Wir sind sehr höflich.")
    with pytest.raises(Declined) as declined:
        sign(people.gina(), number, "de")
    assert declined.value.status == 409
    assert Acknowledgement.objects.count() == 0


def test_the_way_through_the_pages() -> None:
    emil, gina = signed_in(people.emil()), signed_in(people.gina())
    assert emil.post(reverse("rules:edit"), typed(emil, "Wir sind höflich.")).status_code == 303
    assert emil.post(reverse("rules:publish"), typed(emil, " ", " ")).status_code == 422
    assert emil.post(reverse("rules:publish"), typed(emil, "Wir sind höflich.")).status_code == 303
    shown = gina.get(reverse("rules:sign")).content.decode()
    assert all(words in shown for words in ("We are polite.", "Version 1", "Neu"))
    unread = {"number": "1", "language": "en"}
    assert gina.post(reverse("rules:sign"), unread).status_code == 422
    assert not queries.may_publish(people.gina())
    assert gina.post(reverse("rules:sign"), unread | {"read": "on"}).status_code == 303
    assert queries.may_publish(people.gina())
    assert "Gina" in emil.get(reverse("rules:signatures")).content.decode()


def test_earlier_versions_can_be_read_with_their_signatures() -> None:
    sign(people.gina(), published().number or 0, "de")
    published("Wir sind sehr höflich.", "We are very polite.")
    emil = signed_in(people.emil())
    first = emil.get(reverse("rules:version", args=[1])).content.decode()
    assert "We are polite." in first and "Gina" in first
    assert reverse("rules:version", args=[1]) in emil.get(reverse("rules:signatures")).content.decode()
    assert emil.get(reverse("rules:version", args=[9])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_four_who_begin_at_once_write_on_one_draft() -> None:
    def begin(_one: int) -> int:
        try:
            return guideline.begin().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(begin, range(4)))) == 1
    assert Guideline.objects.count() == 1


def test_what_is_typed_is_put_in_force_without_saving_first() -> None:
    emil = signed_in(people.emil())
    emil.post(reverse("rules:publish"), typed(emil, "Wir sind pünktlich.", "We are on time."))
    assert "We are on time." in emil.get(reverse("rules:sign")).content.decode()
    assert "Sign it yourself" in emil.get(reverse("rules:signatures")).content.decode()


def test_a_form_sent_twice_makes_one_version() -> None:
    emil = signed_in(people.emil())
    form = typed(emil, "Wir sind pünktlich.")
    assert [emil.post(reverse("rules:publish"), form).status_code for _again in range(2)] == [303, 409]
    assert Guideline.objects.exclude(number=None).count() == 1


@pytest.mark.parametrize("name", ["edit", "publish"])
def test_nobody_writes_over_the_words_of_another_unseen(name: str) -> None:
    emil, gina = signed_in(people.emil()), signed_in(people.gina())
    late = typed(emil, "Wir sind pünktlich.")
    gina.post(reverse("rules:edit"), typed(gina, "Wir sind ehrlich."))
    answer = emil.post(reverse(f"rules:{name}"), late)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "was changed or put in force meanwhile" in page
    assert ">Wir sind pünktlich.</textarea>" in page
    assert "<p>Wir sind ehrlich.</p>" in page
    assert guideline.begin().text_de == "Wir sind ehrlich."
    assert queries.current_guideline() is None
    knowing = late | {"seen": answer.context["draft"].mark}
    assert emil.post(reverse(f"rules:{name}"), knowing).status_code == 303


def test_who_may_write_the_guideline() -> None:
    for name in ("publish", "remind", "edit"):
        answers = {
            who: signed_in(getattr(people, who)()).post(reverse(f"rules:{name}")).status_code
            for who in ("ben", "finn", "dora")
        }
        assert set(answers.values()) == {404}
