"""What the tests publish: words that are hard to carry, and a picture."""

from __future__ import annotations

import io
from uuid import uuid4

from PIL import Image as Picture

from leitstand.connectors.protocol import Image

WORDS = "Größe & „Würde“: <b>Röstung</b> 👩‍🍳 – 100 % Arabica\nZweite Zeile, https://example.org/kaffee?a=1&b=2."
ALT = 'Eine Tasse "Morgenrot" & ein Löffel ☕'


def key() -> str:
    """A key nobody has used yet."""
    return str(uuid4())


def jpeg(colour: str = "saddlebrown", size: tuple[int, int] = (640, 480)) -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Picture.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def image(alt: str = ALT) -> Image:
    """The picture as a connector gets it."""
    return Image(jpeg(), "image/jpeg", alt, "tasse.jpg", 640, 480)
