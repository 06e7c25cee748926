"""The practice network as data: the square, short posts, photos, a blog."""

from dataclasses import replace

from leitstand.connectors.protocol import ConnectField, MediaRules, Network, TextRules

TYPES = ("image/jpeg", "image/png", "image/webp")
PICTURES = MediaRules(4, 8_000_000, 4096, TYPES, alt_limit=1500)
SQUARE = Network(
    "practice",
    "Practice network",
    TextRules(500, "graphemes", url_length=23),
    PICTURES,
    fields=(
        ConnectField("handle", "Name of the account", "Any name you like; the account is made for you.", kind="handle"),
    ),
    guide=("Choose a name. No key, no registration: the network and its audience live in this installation.",),
    icon="school",
    colour="#0f766e",
    repeats_safely=True,
    settles_in=5,
    threads=True,
    house_path="practice",
)
SHORT = replace(SQUARE, slug="practice-short", name="Practice: short", text=TextRules(300, "graphemes"))
PHOTO = replace(
    SQUARE,
    slug="practice-photo",
    name="Practice: photos",
    text=TextRules(2200, "graphemes"),
    media=replace(PICTURES, images=10, image_pixels=2048, needed=True),
    threads=False,
)
BLOG = replace(
    SQUARE,
    slug="practice-blog",
    name="Practice: blog",
    text=TextRules(0, needs_title=True),
    media=replace(PICTURES, images=10),
    threads=False,
)
