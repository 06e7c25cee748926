"""Images: taken in safely, turned upright, without a trace of where they were taken, shaped for the network."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.loopback_network import Network
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests import people

from leitstand.connectors.protocol import MediaRules
from leitstand.core.errors import Declined
from leitstand.publishing import compose, pictures
from leitstand.publishing.content import content_of, fingerprint
from leitstand.publishing.models import Asset, Post, PostImage
from leitstand.publishing.tests.conftest import written

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any, db: None) -> None:
    settings.MEDIA_ROOT = tmp_path
    people.company()


def drawn(width: int, height: int, kind: str = "JPEG", mode: str = "RGB", **options: Any) -> SimpleUploadedFile:
    """An image whose left half is red and whose right half is blue."""
    picture = Image.new(mode, (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return SimpleUploadedFile(f"foto.{kind.lower()}", out.getvalue())


def opened(asset: Asset) -> Image.Image:
    with asset.file.open("rb") as file:
        return Image.open(io.BytesIO(file.read()))


def used(asset: Asset, alt: str = "Eine Tasse") -> PostImage:
    post = Post.objects.create(author=people.gina())
    return PostImage.objects.create(post=post, asset=asset, alt=alt)


def located() -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}
    return exif


def claims(width: int, height: int) -> bytes:
    """A PNG that says it is that large, in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"\0" * 50],
)
def test_what_is_no_image_is_declined(data: bytes) -> None:
    with pytest.raises(Declined) as declined:
        pictures.store(SimpleUploadedFile("foto.jpg", data), people.gina())
    assert "not an image" in str(declined.value.say)
    assert Asset.objects.count() == 0


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (30_000, 2_000), (100_000, 100_000)])
def test_a_bomb_is_declined_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(Declined) as declined:
        pictures.store(SimpleUploadedFile("foto.png", claims(width, height)), people.gina())
    assert "50 million pixels" in str(declined.value.say)


def test_a_truncated_image_is_declined() -> None:
    whole = drawn(400, 300).read()
    with pytest.raises(Declined):
        pictures.store(SimpleUploadedFile("foto.jpg", whole[: len(whole) // 2]), people.gina())


def test_a_file_that_is_too_large_is_declined(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    with pytest.raises(Declined):
        pictures.store(drawn(400, 300), people.gina())


def test_a_rotated_image_is_kept_upright() -> None:
    asset = pictures.store(drawn(400, 200, exif=located()), people.gina())
    picture = opened(asset)
    assert picture.size == (asset.width, asset.height) == (200, 400)
    top, bottom = picture.getpixel((100, 20)), picture.getpixel((100, 380))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[0] > 200 > bottom[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_it_was_taken_is_not_kept(kind: str) -> None:
    upload = drawn(400, 200, kind, exif=located())
    assert GPS in Image.open(upload).getexif()
    upload.seek(0)
    picture = opened(pictures.store(upload, people.gina()))
    assert dict(picture.getexif()) == {}
    assert not {"exif", "xmp", "comment", "photoshop"} & set(picture.info)


def test_a_wide_image_is_made_smaller() -> None:
    asset = pictures.store(drawn(8_000, 2_000), people.gina())
    assert (asset.width, asset.height) == (pictures.LONGEST_SIDE, pictures.LONGEST_SIDE // 4)


@pytest.mark.parametrize(
    "rules",
    [
        MediaRules(4, 1_000_000, 1_000, ("image/jpeg",), alt_limit=5),
        MediaRules(4, 20_000, 0, ("image/jpeg", "image/png"), alt_limit=5),
        MediaRules(4, 0, 500, ("image/jpeg", "image/png"), alt_limit=5),
    ],
)
def test_an_image_is_shaped_to_the_limits_of_the_network(rules: MediaRules) -> None:
    noise = Image.effect_noise((1_500, 1_200), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    asset = pictures.store(SimpleUploadedFile("rauschen.png", out.getvalue()), people.gina())
    image = pictures.shaped(used(asset, "Rauschen"), rules)
    assert not rules.image_bytes or len(image.data) <= rules.image_bytes
    assert not rules.image_pixels or max(image.width, image.height) <= rules.image_pixels
    assert image.mime in rules.types
    assert image.alt == "Rausc"
    assert Image.open(io.BytesIO(image.data)).size == (image.width, image.height)


def test_what_fits_is_sent_as_it_is() -> None:
    asset = pictures.store(drawn(400, 300), people.gina())
    with asset.file.open("rb") as file:
        stored = file.read()
    assert pictures.shaped(used(asset), MediaRules(4, 1_000_000, 4_096)).data == stored


def test_what_cannot_be_made_small_enough_is_declined() -> None:
    asset = pictures.store(drawn(400, 300), people.gina())
    with pytest.raises(Declined):
        pictures.shaped(used(asset), MediaRules(4, 10, 4_096))


def test_what_was_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    out = io.BytesIO()
    clear.save(out, "PNG")
    asset = pictures.store(SimpleUploadedFile("leer.png", out.getvalue()), people.gina())
    image = pictures.shaped(used(asset), MediaRules(4, 1_000_000, 4_096, ("image/jpeg",)))
    assert Image.open(io.BytesIO(image.data)).getpixel((25, 25)) == (255, 255, 255)


def half_clear(mode: str) -> Image.Image:
    """Left blue, right transparent, the transparent colour kept beside the pixels."""
    picture = Image.new(mode, (40, 20), 0)
    if mode == "P":
        picture.putpalette([0, 0, 0, 0, 0, 255])
    picture.paste({"P": 1, "L": 255, "RGB": (0, 0, 255)}[mode], (0, 0, 20, 20))
    return picture


@pytest.mark.parametrize(
    ("kind", "mode", "clear"), [("PNG", "P", 0), ("GIF", "P", 0), ("PNG", "L", 0), ("PNG", "RGB", (0, 0, 0))]
)
def test_what_is_transparent_by_a_colour_stays_so(kind: str, mode: str, clear: Any) -> None:
    out = io.BytesIO()
    half_clear(mode).save(out, kind, transparency=clear)
    asset = pictures.store(SimpleUploadedFile("logo", out.getvalue()), people.gina())
    alpha = opened(asset).convert("RGBA").getchannel("A")
    assert (alpha.getpixel((5, 10)), alpha.getpixel((35, 10))) == (255, 0)
    sent = pictures.shaped(used(asset), MediaRules(4, 1_000_000, 4_096, ("image/jpeg",)))
    right = Image.open(io.BytesIO(sent.data)).convert("L").getpixel((35, 10))
    assert isinstance(right, int) and right > 240


@pytest.mark.parametrize("width", [200, 5_000])
def test_grey_of_16_bits_keeps_its_levels(width: int) -> None:
    out = io.BytesIO()
    Image.new("I;16", (width, 20), 0x8000).save(out, "PNG")
    kept = opened(pictures.store(SimpleUploadedFile("scan.png", out.getvalue()), people.gina()))
    assert kept.getpixel((10, 1)) == 128


def test_images_go_out_in_order_and_at_most_as_many_as_fit(network: Network, channel: Channel) -> None:
    post = written(channel)
    for number in range(6):
        asset = pictures.store(drawn(100 + number, 100), people.gina())
        Asset.objects.filter(pk=asset.pk).update(alt=f"Bild {number}")
        compose.add_image(post, Asset.objects.get(pk=asset.pk), people.gina())
    content = content_of(post.versions.get())
    assert [image.alt for image in content.images] == ["Bild 0", "Bild 1", "Bild 2", "Bild 3"]


def test_an_image_that_is_already_there_can_be_taken_again(channel: Channel) -> None:
    asset = pictures.store(drawn(100, 100), people.gina())
    post, gina = written(channel), people.signed_in(people.gina())
    choice = f"/publishing/posts/{post.pk}/images/choose/{asset.pk}/"
    assert choice in gina.get(f"/publishing/posts/{post.pk}/").content.decode()
    assert gina.post(choice).status_code == 303
    assert [image.asset for image in post.images.all()] == [asset]
    assert choice not in gina.get(f"/publishing/posts/{post.pk}/").content.decode()


def test_from_a_refused_plan_the_way_leads_over_the_licence_record_back_to_the_post(channel: Channel) -> None:
    """The refusal is shown under the plan's own address, which cannot be opened."""
    image = used(pictures.store(drawn(600, 400), people.ada()))
    post = written(channel)
    PostImage.objects.filter(pk=image.pk).update(post=post)
    browser = people.signed_in(people.ada())
    plan = {"now": "1", "seen": fingerprint(post)}
    shown = browser.post(reverse("publishing:plan", args=[post.pk]), plan).content.decode()
    address = reverse("publishing:post", args=[post.pk])
    assert f"{reverse('publishing:asset', args=[image.asset_id])}?back={address}" in shown
    assert f'action="{address}" id="compose"' in shown


@pytest.mark.parametrize(
    ("licence", "source", "is_kept"),
    [("own", "", True), ("own", "Foto Meyer", True), ("bought", "", False), ("bought", "Agentur", True)],
)
def test_a_licence_counts_only_with_its_source(licence: str, source: str, is_kept: bool) -> None:
    ada = people.ada()
    asset = pictures.store(drawn(600, 400), ada)
    answer = people.signed_in(ada).post(
        reverse("publishing:asset", args=[asset.pk]), {"licence": licence, "source": source}
    )
    assert b"form-optional" not in answer.content
    asset.refresh_from_db()
    assert (answer.status_code, asset.source) == ((303, source or str(ada)) if is_kept else (422, ""))


def test_a_picture_of_a_telephone_with_a_preview_inside_is_a_jpeg() -> None:
    """Pillow calls it MPO: https://pillow.readthedocs.io/en/stable/handbook/image-file-formats.html#mpo"""
    preview = Image.new("RGB", (40, 20), "green")
    asset = pictures.store(drawn(400, 200, "MPO", save_all=True, append_images=[preview]), people.gina())
    picture = opened(asset)
    assert (picture.format, picture.size, asset.mime) == ("JPEG", (400, 200), "image/jpeg")
