"""Images as people upload them: what cannot be taken is named with its reason, and the others stay."""

from __future__ import annotations

import io
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process grows beyond that many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_an_image_that_finds_no_room_is_named_and_leaves_nothing(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    noise = io.BytesIO()
    Image.effect_noise((900, 900), 90).save(noise, "PNG")
    with room_for(256 * 1024):
        shown = uploaded("en", SimpleUploadedFile("gross.png", noise.getvalue()), drawn(40, 30))
    assert "gross.png: There is no space left for this image on the disk." in shown
    assert [asset.name for asset in Asset.objects.all()] == ["foto.jpeg"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_an_animation_becomes_a_still_and_that_is_said(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    files = [drawn(40, 30), drawn(40, 30, "GIF")]
    for kind in ("GIF", "WEBP", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        files.append(SimpleUploadedFile(f"bewegt.{kind.lower()}", out.getvalue()))
    shown = uploaded("en", *files)
    assert shown.count("Only the first picture of an animation is kept.") == 3
    assert all(f"bewegt.{kind}: Only" in shown for kind in ("gif", "webp", "png"))
    assert Post.objects.get().images.count() == 5


def test_exif_that_is_none_costs_nobody_the_other_images(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    odd = drawn(40, 30, exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03")
    many = drawn(40, 30, exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x02\0\0\0ab\0\0\0\0\0\0")
    uploaded("en", odd, many, drawn(60, 30))
    assert Post.objects.get().images.count() == 3


def test_a_long_narrow_image_is_made_smaller(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    out = io.BytesIO()
    Image.new("L", (30_000, 60)).save(out, "PNG")
    uploaded("en", SimpleUploadedFile("streifen.png", out.getvalue()))
    assert (Asset.objects.get().width, Asset.objects.get().height) == (4096, 8)


def test_other_accounts_of_the_machine_read_no_image(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    uploaded("en", drawn(40, 30))
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_dir()} == {0o700}
