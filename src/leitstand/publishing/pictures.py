"""Images: taken in safely, and shaped for each network.

`store` accepts what really is an image, turns it upright, drops all metadata (location included) and keeps
one clean, still copy. `shaped` makes the copy a network takes: its longest side, its bytes, its file type.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import struct
import warnings
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from leitstand.connectors.protocol import Image, MediaRules
from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.publishing.models import Asset, PostImage

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4_096
QUALITIES = (88, 80, 70, 60, 45)
MOVING = ("GIF", "PNG", "WEBP")
# What Pillow raises over bytes that are no image, or Exif that is none.
BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, TypeError, LookupError)
ORIENTATION = 0x0112
TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}


def store(upload: UploadedFile[Any], by: Person) -> Asset:
    """Keeps one clean copy. Declined: not an image, too many bytes, too many pixels, no room on the disk."""
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        raise Declined(_("This file is too large."), f"{upload.size} bytes")
    picture, kind = _opened(upload.read())
    data = _encoded(picture, kind)
    digest = hashlib.sha256(data).hexdigest()
    asset = Asset(name=PurePath(upload.name or "image").name[:200], mime=FORMATS[kind], sha256=digest, uploaded_by=by)
    _write(asset, f"{secrets.token_hex(16)}.{kind.lower()}", data)
    asset.save()
    return asset


def _write(asset: Asset, name: str, data: bytes) -> None:
    """The whole file or none. Nothing else has that name, so what was begun is ours to remove."""
    try:
        asset.file.save(name, ContentFile(data, name), save=False)  # only a file with a name tells width and height
    except OSError as error:
        asset.file.storage.delete(asset.file.field.generate_filename(asset, name))
        raise Declined(_("There is no space left for this image on the disk."), str(error), status=507) from error


def moves(upload: UploadedFile[Any]) -> bool:
    """Whether it is an animation: of one the first picture is kept."""
    upload.seek(0)
    try:
        return bool(getattr(Pillow.open(upload, formats=MOVING), "is_animated", False))
    except BROKEN:
        return False


def _opened(data: bytes) -> tuple[Pillow.Image, str]:
    """The upright picture without metadata. Only headers are read before its size is known."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which we look at, and of odd Exif, which is dropped
            picture = Pillow.open(io.BytesIO(data), formats=list(FORMATS))
            _check_size(picture)
            kind = "JPEG" if picture.format == "MPO" else picture.format or "PNG"  # MPO: a JPEG with a preview inside
            picture.load()
            upright = _upright(_plain(picture))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except Pillow.DecompressionBombError as error:
        raise _too_large(str(error)) from error
    except BROKEN as error:
        raise Declined(_("This is not an image we can read (JPEG, PNG, WebP or GIF)."), str(error)) from error
    return upright, kind


def _plain(picture: Pillow.Image) -> Pillow.Image:
    """In colours that need no facts beside them: what is transparent is so in each pixel, grey has 8 bits."""
    if picture.mode.startswith("I"):
        return picture.point(lambda level: level * (1 / 256)).convert("L")
    if picture.has_transparency_data and picture.mode not in ("RGBA", "LA"):
        return picture.convert("RGBA")
    return picture


def _upright(picture: Pillow.Image) -> Pillow.Image:
    """Turned as its Exif says; what cannot be read there turns nothing."""
    try:
        turn = TURNS.get(picture.getexif().get(ORIENTATION, 1))
    except BROKEN:
        turn = None
    return picture.copy() if turn is None else picture.transpose(turn)


def _check_size(picture: Pillow.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise _too_large(f"{width}x{height}")


def _too_large(detail: str) -> Declined:
    return Declined(_("This image is too large. Make it smaller than 50 million pixels and try again."), detail)


def _encoded(picture: Pillow.Image, kind: str, quality: int = 90) -> bytes:
    """The file's bytes; nothing but pixels and the colour profile is written."""
    out = io.BytesIO()
    bare = _flat(picture) if kind == "JPEG" and picture.mode not in ("RGB", "L") else picture.copy()
    options: dict[str, Any] = {"icc_profile": bare.info.get("icc_profile")}
    if kind in ("JPEG", "WEBP"):
        options |= {"quality": quality}
    bare.info = {}
    bare.save(out, kind, **options)
    return out.getvalue()


def _flat(picture: Pillow.Image) -> Pillow.Image:
    """Without transparency, on white; in colours of its own, because a profile for other colours no longer fits."""
    if not picture.has_transparency_data:
        return _without_profile(picture.convert("RGB"))
    seen = picture.convert("RGBA")
    white = Pillow.new("RGBA", seen.size, "white")
    return _without_profile(Pillow.alpha_composite(white, seen).convert("RGB"))


def _without_profile(picture: Pillow.Image) -> Pillow.Image:
    picture.info.pop("icc_profile", None)
    return picture


def shaped(image: PostImage, rules: MediaRules) -> Image:
    """The image as this network takes it. Declined: it cannot be made small enough."""
    asset = image.asset
    with asset.file.open("rb") as file:
        data = file.read()
    fits = asset.mime in rules.types and _fits(len(data), asset.width, asset.height, rules)
    width, height, mime = asset.width, asset.height, asset.mime
    if not fits:
        data, width, height, mime = _reshaped(data, rules)
    alt = image.spoken[: rules.alt_limit or None]
    return Image(data, mime, alt, f"{asset.sha256[:16]}.{mime.split('/')[1]}", width, height)


def _fits(size: int, width: int, height: int, rules: MediaRules) -> bool:
    small = not rules.image_bytes or size <= rules.image_bytes
    return small and (not rules.image_pixels or max(width, height) <= rules.image_pixels)


def _reshaped(data: bytes, rules: MediaRules) -> tuple[bytes, int, int, str]:
    picture, _kind = _opened(data)
    longest = rules.image_pixels or LONGEST_SIDE
    while longest >= 320:
        picture.thumbnail((longest, longest))
        for quality in QUALITIES:
            small = _encoded(picture, "JPEG", quality)
            if _fits(len(small), *picture.size, rules):
                return small, *picture.size, "image/jpeg"
        longest = longest * 3 // 4
    raise Declined(_("This image cannot be made small enough for the network."))
