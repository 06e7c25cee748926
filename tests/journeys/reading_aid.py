"""What someone who hears a page instead of seeing it would miss in its HTML."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

WITHOUT_LABEL = {"hidden", "submit", "button", "image", "reset"}
NAMED = ("aria-label", "aria-labelledby", "title")


class Listener(HTMLParser):
    """Reads one page; `missing` then says what lacks a name, and which names are given twice."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.nameless: list[str] = []
        self.headings = 0
        self.in_label = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if "id" in has:
            self.ids[has["id"]] += 1
        if tag == "label":
            self.in_label += 1
            self.labels.add(has.get("for", ""))
        self.headings += tag == "h1"
        if tag == "img" and "alt" not in has:
            self.nameless.append(f"img {has.get('src')}")
        if tag in ("input", "select", "textarea") and has.get("type") not in WITHOUT_LABEL and not self.in_label:
            self.controls.append(has)

    def handle_endtag(self, tag: str) -> None:
        self.in_label -= tag == "label"

    def missing(self) -> list[str]:
        silent = [f"{one.get('name')} has no label" for one in self.controls if not self._named(one)]
        twice = [f"#{name} stands there twice" for name, count in self.ids.items() if count > 1]
        return self.nameless + silent + twice + ([] if self.headings == 1 else [f"{self.headings} first headings"])

    def _named(self, control: dict[str, str]) -> bool:
        return any(control.get(name) for name in NAMED) or control.get("id") in self.labels


def missing(html: str) -> list[str]:
    listener = Listener()
    listener.feed(html)
    return listener.missing()
