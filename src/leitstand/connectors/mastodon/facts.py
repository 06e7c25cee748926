"""Mastodon as data: the limits of the software as delivered; a server may have wider ones."""

from leitstand.connectors.protocol import ConnectField, MediaRules, Network, TextRules

network = Network(
    "mastodon",
    "Mastodon",
    TextRules(500, "graphemes", url_length=23, short_mentions=True),
    MediaRules(4, 16_000_000, 4096, ("image/jpeg", "image/png", "image/gif", "image/webp"), alt_limit=1500),
    fields=(
        ConnectField(
            "server",
            "Server",
            "The address of your server, for example mastodon.social.",
            kind="url",
            placeholder="mastodon.social",
        ),
        ConnectField(
            "token",
            "Access token",
            "From your server: Preferences, Development, New application.",
            secret=True,
            kind="password",
        ),
    ),
    docs_url="https://docs.joinmastodon.org/client/intro/",
    guide=(
        "Sign in on your server and open Preferences, then Development.",
        "Make a new application with the rights read and write.",
        "Open it and copy “Your access token”.",
    ),
    icon="brand-mastodon",
    colour="#6364ff",
    repeats_safely=True,
    settles_in=60,
    key_lives=1800,  # "up to 1 hour": https://docs.joinmastodon.org/methods/statuses/#create
    threads=True,
    language_tag=True,
    answers_mention=True,
)
