"""The guideline: versions, signatures, and who may not publish without one."""

from __future__ import annotations

import hashlib

import pytest
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
    draft = guideline.begin()
    guideline.save(draft, text_de, text_en, "Neu")
    return guideline.publish(people.emil())


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
    guideline.save(made, "Wir sind frech.", "", "")
    made.refresh_from_db()
    assert made.text_de == "Wir sind höflich."


@pytest.mark.parametrize("text", [None, " "])
def test_nothing_cannot_be_put_in_force(text: str | None) -> None:
    if text is not None:
        guideline.save(guideline.begin(), text, text, "")
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


def test_everybody_is_asked_to_sign_and_not_twice() -> None:
    gina = people.gina()
    published()
    assert gina.notifications.filter(key="sign").count() == 1
    guideline.ask_to_sign()
    assert gina.notifications.filter(key="sign").count() == 1
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
    emil.get(reverse("rules:edit"))
    emil.post(reverse("rules:edit"), {"text_de": "Wir sind höflich.", "text_en": "We are polite.", "note": "Neu"})
    assert emil.post(reverse("rules:publish")).status_code == 303
    assert emil.post(reverse("rules:publish")).status_code == 422
    assert "We are polite." in gina.get(reverse("rules:sign")).content.decode()
    assert gina.post(reverse("rules:sign"), {"number": "1", "language": "en"}).status_code == 303
    assert queries.may_publish(people.gina())
    assert "Gina" in emil.get(reverse("rules:signatures")).content.decode()


def test_what_is_typed_is_put_in_force_without_saving_first() -> None:
    emil = signed_in(people.emil())
    emil.get(reverse("rules:edit"))
    emil.post(reverse("rules:publish"), {"text_de": "Wir sind pünktlich.", "text_en": "We are on time.", "note": ""})
    assert "We are on time." in emil.get(reverse("rules:sign")).content.decode()
    assert "Sign it yourself" in emil.get(reverse("rules:signatures")).content.decode()


def test_who_may_write_the_guideline() -> None:
    for name in ("publish", "remind", "edit"):
        answers = {
            who: signed_in(getattr(people, who)()).post(reverse(f"rules:{name}")).status_code
            for who in ("ben", "finn", "dora")
        }
        assert set(answers.values()) == {404}
