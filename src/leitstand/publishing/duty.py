"""What publishing shows on the job-description board (D9), on Today, in the navigation and the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.channels.queries import register_dependants
from leitstand.core.duties import (
    Entry,
    Hit,
    Row,
    Todo,
    register_entries,
    register_hold_notice,
    register_row,
    register_search,
    register_today,
)
from leitstand.core.models import Person
from leitstand.publishing import hold, queries
from leitstand.publishing.approve import may_approve
from leitstand.publishing.models import Post, Publication


def row(person: Person) -> Row:
    """Red: something was refused or waits for a decision. Amber: nothing planned for the coming week."""
    now = timezone.now()
    week = Publication.objects.filter(
        state=Publication.State.SCHEDULED, planned_for__lt=now + timedelta(days=7)
    ).count()
    stuck = queries.undecided(person).count()
    if hold.is_held():
        end = reverse("publishing:hold") if person.may("post.hold") else ""
        return Row("red", _("Publishing is on hold"), _("Resume when it is safe"), end)
    if stuck:
        figure = ngettext("%(n)d publication waits for a decision", "%(n)d publications wait for a decision", stuck)
        step = _("Decide") if person.may("post.schedule") else _("See why")
        return Row("red", figure % {"n": stuck}, step, reverse("publishing:queue") + "?state=open")
    if refused := queries.refused(person).count():
        figure = ngettext("%(n)d publication was refused", "%(n)d publications were refused", refused)
        return Row("red", figure % {"n": refused}, _("See why"), reverse("publishing:queue") + "?state=failed")
    figure = ngettext("%(n)d publication planned this week", "%(n)d publications planned this week", week) % {"n": week}
    if week:
        return Row("green", figure, _("See the calendar"), reverse("publishing:calendar"))
    may = person.may("post.write")
    return Row("amber", figure, _("Write a post") if may else "", reverse("publishing:posts") if may else "")


def today(person: Person) -> Iterator[Todo]:
    """Approvals, returned posts and stuck publications that need this person."""
    for post in queries.waiting_for_approval(person):
        if may_approve(post, person):
            yield Todo(
                _("Approve: %(post)s") % {"post": post}, reverse("publishing:post", args=[post.pk]), 1, None, "checks"
            )
    for post in Post.objects.kept().filter(author=person, state=Post.State.RETURNED):
        yield Todo(
            _("Came back: %(post)s") % {"post": post},
            reverse("publishing:post", args=[post.pk]),
            1,
            None,
            "arrow-back-up",
        )
    if person.may("post.schedule"):
        for stuck in queries.undecided(person):
            url = reverse("publishing:publication", args=[stuck.pk])
            is_unsure = stuck.state == Publication.State.UNSURE
            text = _("Did it go out? %(post)s") if is_unsure else _("Not sent: %(post)s")
            yield Todo(text % {"post": stuck.version}, url, 2, stuck.planned_for, "alert-triangle")
        yield from _changed(person)
    yield from _refused(person)


def _changed(person: Person) -> Iterator[Todo]:
    for one in queries.changed(person):
        post, url = one.version.post, reverse("publishing:post", args=[one.version.post_id])
        text = _("Changed after planning: %(post)s") % {"post": post}
        yield Todo(text, url, 1, one.planned_for, "pencil-exclamation")


def _refused(person: Person) -> Iterator[Todo]:
    """To its author, and to everybody who may publish what others wrote."""
    for one in queries.refused(person):
        if person.may("post.hold") or one.version.post.author_id == person.pk:
            url = reverse("publishing:publication", args=[one.pk])
            yield Todo(_("Refused: %(post)s") % {"post": one.version}, url, 1, one.planned_for, "ban")


def find(person: Person, words: str) -> Iterator[Hit]:
    """Posts with these words."""
    for post in queries.posts(person, {"q": words})[:10]:
        yield Hit(str(post), reverse("publishing:post", args=[post.pk]), post.text[:200], post.revised_at)


def on_channel(channel_id: int) -> str:
    """What a person loses who disconnects the channel."""
    count = Publication.objects.open().filter(channel_id=channel_id).count()
    text = ngettext(
        "%(n)d publication that has not gone out yet", "%(n)d publications that have not gone out yet", count
    )
    return text % {"n": count} if count else ""


def hold_notice() -> str:
    open_hold = hold.current()
    return _("Publishing is on hold: %(reason)s") % {"reason": open_hold.reason} if open_hold else ""


register_row("D9", row)
register_today(today)
register_search(gettext_lazy("Posts"), find)
register_hold_notice(hold_notice)
register_dependants(on_channel)
register_entries(
    "D9",
    [
        Entry(gettext_lazy("Posts"), "publishing:posts", "pencil", "post.view"),
        Entry(gettext_lazy("Calendar"), "publishing:calendar", "calendar", "post.view"),
        Entry(
            gettext_lazy("Queue"),
            "publishing:queue",
            "list-check",
            "post.view",
            lambda person: queries.undecided(person).count(),
        ),
        Entry(gettext_lazy("Images"), "publishing:assets", "photo", "post.view"),
        Entry(gettext_lazy("Publishing policy"), "publishing:policy", "settings", "company.edit"),
    ],
)
