"""Which permission each page asks for, in one table: a guard that falls, and a page without a row, are found here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests import people

SIGNED_IN = ""
# The way in, what a browser or a watching machine asks for, and the practice network, which stands for a foreign one.
EVERYBODY = None
TABLE: list[tuple[str | None, str, str]] = [
    (EVERYBODY, "", "login"),
    (EVERYBODY, "core", "bell join"),
    (EVERYBODY, "practice", "account home picture post"),
    (
        EVERYBODY,
        "practice",
        "api-accounts api-inbox api-me api-media api-my-figures api-post api-post-figures api-posts",
    ),
    (EVERYBODY, "web", "favicon health welcome welcome-demo welcome-you"),
    (SIGNED_IN, "api", "revoke tokens"),
    (SIGNED_IN, "core", "alarm-test alarms all-read notifications profile read"),
    (SIGNED_IN, "rules", "sign"),
    (SIGNED_IN, "web", "home search today"),
    ("channel.connect", "channels", "check choose connect connected disconnect imprint pause reconnect resume"),
    ("channel.connect", "practice", "end-access"),
    ("channel.view", "channels", "channel channels"),
    ("company.edit", "community", "target"),
    ("company.edit", "core", "company hours"),
    ("company.edit", "publishing", "policy"),
    ("company.edit", "web", "demo welcome-company welcome-demo-loading welcome-done welcome-goal"),
    ("company.edit", "web", "welcome-hours welcome-network"),
    ("conversation.answer", "community", "answer assign check close decision kind note reopen snooze take-back"),
    ("conversation.answer", "community", "remove-reply replies reply"),
    ("conversation.view", "community", "conversation inbox"),
    ("diary.view", "core", "chain diary diary-export"),
    ("duty.assign", "core", "duty take-vacant"),
    ("goal.edit", "strategy", "edit import new put-back reading review take-back"),
    ("goal.view", "strategy", "export goal goals"),
    ("guideline.edit", "rules", "edit publish remind"),
    ("guideline.view", "rules", "rules signatures version"),
    ("mention.judge", "listening", "hand-over tone"),
    ("mention.view", "listening", "export export-opml mention mentions queries sources"),
    ("people.manage", "core", "come-back help-password help-second-factor invite leave people revoke roles"),
    ("post.approve", "publishing", "approval return"),
    ("post.hold", "publishing", "hold resume"),
    ("post.schedule", "publishing", "cancel decision delete drag edit move plan"),
    ("post.view", "publishing", "asset assets calendar entries file post posts progress publication queue"),
    ("post.write", "publishing", "begin choose copy discard draft figures remove-image restore submission upload"),
    ("query.edit", "listening", "new-query query remove-query trial"),
    ("rule.edit", "rules", "switch"),
    ("rule.waive", "rules", "waive"),
    ("source.edit", "listening", "add find import pause read remove resume"),
    ("system.view", "core", "dismiss jobs try-again"),
]


def asked(patterns: Sequence[URLPattern | URLResolver], room: str = "") -> Iterator[tuple[tuple[str, str], str | None]]:
    """Room and name of each of our own pages, and the permission it asks for. The API's doors have their own test."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from asked(one.url_patterns, one.namespace or room)
        elif one.callback.__module__.startswith("leitstand."):
            yield (room, one.name or one.callback.__name__), getattr(one.callback, "permission", EVERYBODY)


def test_each_page_asks_for_the_permission_in_the_table() -> None:
    written = {(room, name): permission for permission, room, names in TABLE for name in names.split()}
    assert dict(asked(get_resolver().url_patterns)).items() ^ written.items() == set()


INVITATION = {"email": "eve@example.org", "name": "Eve", "roles": ["administrator"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "typed"), [("/people/invitations/", INVITATION), ("/channels/connect/mastodon/", {"server": "x"})]
)
def test_what_a_page_asks_for_is_asked_before_anything_is_done(url: str, typed: dict[str, object]) -> None:
    people.company()
    assert people.signed_in(people.finn()).post(url, typed).status_code == 404
