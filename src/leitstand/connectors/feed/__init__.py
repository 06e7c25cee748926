"""Feeds as a source: RSS, Atom and JSON Feed.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287, https://www.jsonfeed.org/version/1.1/

Only reading; fetching many of them is the work of the room `listening`. Oddities met in the wild: no id, no
date, dates in German or in the future, relative links, markup in titles, letters as names of HTML, a charset that
only the server tells, documents that are bombs of entities. The parser reads neither the language of RSS nor the
address of the hub: both are taken from the head of the document.

`facts` is the source as data, `letters` makes the bytes readable, `parse` reads them, with `items`, `dates` and `raw`.
"""

from leitstand.connectors.feed.facts import network
from leitstand.connectors.feed.parse import MOST_ITEMS, ParsedFeed, parse

__all__ = ["MOST_ITEMS", "ParsedFeed", "network", "parse"]
