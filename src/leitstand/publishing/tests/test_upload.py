"""Images as people upload them: what cannot be taken is named with its reason, and the others stay."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests import people

from leitstand.publishing.models import Asset, Post
from leitstand.publishing.tests.test_pictures import claims, drawn

pytestmark = pytest.mark.django_db
SAYS = {
    "en": ("brief.jpg: This is not an image we can read", "breit.png: This image is too large"),
    "de": ("brief.jpg: Das ist kein Bild, das wir lesen können", "breit.png: Dieses Bild ist zu groß"),
}


def uploaded(language: str, *files: SimpleUploadedFile) -> str:
    """The page of the post afterwards."""
    people.company()
    browser, post = people.signed_in(people.gina()), Post.objects.create(author=people.gina())
    browser.cookies["leitstand_language"] = language
    url = reverse("publishing:upload", args=[post.pk])
    return browser.post(url, {"images": list(files)}, follow=True).content.decode()


@pytest.mark.parametrize("language", SAYS)
def test_what_is_no_image_or_too_wide_is_named_and_the_others_stay(language: str, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    letter = SimpleUploadedFile("brief.jpg", b"Sehr geehrte Damen und Herren")
    wide = SimpleUploadedFile("breit.png", claims(30_000, 30_000))
    shown = uploaded(language, letter, wide, drawn(400, 300))
    for words in SAYS[language]:
        assert words in shown
    assert [asset.name for asset in Asset.objects.all()] == ["foto.jpeg"]
    assert Post.objects.get().images.count() == 1


def test_a_long_narrow_image_is_made_smaller(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    out = io.BytesIO()
    Image.new("L", (30_000, 60)).save(out, "PNG")
    uploaded("en", SimpleUploadedFile("streifen.png", out.getvalue()))
    assert (Asset.objects.get().width, Asset.objects.get().height) == (4096, 8)
