"""Keeps uploaded images: only what really is an image of a sane size."""

from __future__ import annotations

import warnings
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

from leitstand.practice.models import Account, Picture
from leitstand.practice.refusals import Refusal

MOST_BYTES, MOST_PIXELS = 8_000_000, 8_192
MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def keep(account: Account, upload: UploadedFile[Any] | None, alt: str) -> Picture:
    """The stored picture. Refusal: no file, too large, or not an image the network shows."""
    if upload is None or (upload.size or 0) > MOST_BYTES:
        raise Refusal("an image of at most 8 MB is expected")
    mime = _mime(upload)
    picture = Picture(account=account, mime=mime, alt=alt[:1500].replace("\0", ""))
    upload.seek(0)
    picture.file.save(f"{account.pk}.{mime.split('/')[1]}", ContentFile(upload.read()))
    return picture


def _mime(upload: UploadedFile[Any]) -> str:
    """Looks at the bytes, not at what the caller claims."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=tuple(MIMES)) as image:
                kind, size = "JPEG" if image.format == "MPO" else image.format or "", image.size
                image.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refusal("this is not an image we can show") from error
    except Image.DecompressionBombWarning as error:
        raise Refusal("this image is too large") from error
    if max(size) > MOST_PIXELS:
        raise Refusal(f"an image has at most {MOST_PIXELS} pixels a side")
    return MIMES[kind]
