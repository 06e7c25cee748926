"""One word per thing, and no network's name outside its connector."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from leitstand.connectors import registry
from tests.house.files import SOURCE, of, short, source

# Networks we have no connector for must not seep in, either. "Threads" and "X" are words of their own.
STRANGERS = {"linkedin", "facebook", "instagram", "tiktok", "youtube", "pinterest", "reddit", "twitter", "snapchat"}
PLAIN_WORDS = {"practice"}
# Where the name of a network is what it is about: connectors, and recorded answers in tests.
AT_HOME = {"connectors"}

VAGUE_FILES = re.compile(r"(^|_)(utils?|helpers?|managers?|services?|misc|common)$")
VAGUE_CLASSES = re.compile(r"(Utils?|Helpers?|Manager|Service)$")
VAGUE_FUNCTIONS = re.compile(r"^_?(process|handle)_")
# Names that a library calls, and a word with another sense.
GIVEN = {
    "process_exception": "Django calls it in a middleware",
    "process_view": "Django calls it in a middleware",
    "handle_starttag": "html.parser calls it",
    "handle_endtag": "html.parser calls it",
    "handle_error": "socketserver calls it",
    "handle_request": "httpx calls it in a transport",
    "handle_async_request": "httpx calls it in an async transport",
    "handle_from": "makes the handle of an account",
}


def family(slug: str) -> str:
    """What kinds of one network have in common: the part before the dash."""
    return slug.partition("-")[0]


def networks() -> set[str]:
    known = [
        network for network in (*registry.networks(), *registry.RETIRED) if family(network.slug) not in PLAIN_WORDS
    ]
    return STRANGERS | {word.lower() for network in known for word in (network.slug, network.name)}


def pattern() -> re.Pattern[str]:
    names = sorted(map(re.escape, networks()))
    return re.compile(rf"(?<![a-z])({'|'.join(names)})(?![a-z])", re.IGNORECASE)


def test_no_network_is_named_outside_the_connectors() -> None:
    files = source(".py", ".html", ".js", ".css", ".po", ".md", ".txt", ".svg")
    rooms = [path for path in files if path.relative_to(SOURCE).parts[0] not in AT_HOME]
    assert len(rooms) > 300 and {"mastodon", "bluesky", "wordpress", "xing"} <= networks()
    named = pattern()
    found = [
        f"{short(path)}:{number} {line.strip()[:80]}"
        for path in rooms
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if named.search(line)
    ]
    assert found == []


def test_a_network_touches_three_places() -> None:
    """The file, its recorded answers, one line in the registry: other connectors do not know it."""
    own = {family(network.slug) for network in registry.networks()} - PLAIN_WORDS
    named = re.compile(rf"leitstand\.connectors\.({'|'.join(own)})\b")
    for path in source(".py"):
        name = path.relative_to(SOURCE)
        if name.parts[0] == "connectors" and name.name != "registry.py":
            others = set(named.findall(path.read_text("utf-8"))) - {name.parts[1].removesuffix(".py")}
            assert others == set(), short(path)


def vague(path: Path) -> Iterator[str]:
    if VAGUE_FILES.search(path.stem):
        yield short(path)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef) and VAGUE_CLASSES.search(node.name):
            yield f"{short(path)} {node.name}"
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in GIVEN and node.name
        if named and VAGUE_FUNCTIONS.search(named):
            yield f"{short(path)} {named}"


def test_names_say_what_things_are() -> None:
    assert {name for path in of(".py") for name in vague(path)} == set()


def test_modules_say_why_they_exist() -> None:
    files = [path for path in of(".py") if path.read_text("utf-8").strip()]
    assert [short(path) for path in files if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []
