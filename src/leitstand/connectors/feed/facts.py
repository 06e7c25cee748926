"""Feeds as data: nothing is published there."""

from leitstand.connectors.protocol import ConnectField, Network, TextRules

network = Network(
    "feed",
    "Feed (RSS, Atom, JSON Feed)",
    TextRules(0),
    fields=(ConnectField("url", "Address", "Of the feed, or of the page that announces it.", kind="url"),),
    docs_url="https://www.rssboard.org/rss-specification",
    icon="rss",
    colour="#f26522",
)
