"""Bluesky as data."""

from leitstand.connectors.protocol import ConnectField, MediaRules, Network, TextRules

network = Network(
    "bluesky",
    "Bluesky",
    TextRules(300, "graphemes", bytes_limit=3000),
    MediaRules(4, 1_000_000, 2000, ("image/jpeg", "image/png", "image/webp"), alt_limit=2000),
    fields=(
        ConnectField("handle", "Handle", "Your name on the network.", kind="handle", placeholder="you.bsky.social"),
        ConnectField(
            "password",
            "App password",
            "From Settings, Privacy and security, App passwords.",
            secret=True,
            kind="password",
        ),
        ConnectField(
            "server",
            "Server",
            "Leave it as it is unless you run your own server.",
            kind="url",
            placeholder="https://bsky.social",
            required=False,
        ),
    ),
    docs_url="https://docs.bsky.app/",
    guide=(
        "Open Settings, Privacy and security, App passwords.",
        "Add an app password named Leitstand and copy it. Your main password is never needed.",
    ),
    icon="brand-bluesky",
    colour="#0085ff",
    repeats_safely=True,
    settles_in=60,
    threads=True,
    language_tag=True,
)
