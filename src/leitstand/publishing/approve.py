"""Step three: a person says yes or no to one exact content."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from leitstand.core.errors import Declined, Text
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify, seen_to
from leitstand.publishing import gate, outcome
from leitstand.publishing.content import fingerprint
from leitstand.publishing.events import PostApproved, PostReturned, PostSubmitted
from leitstand.publishing.models import Approval, Policy, Post, Publication
from leitstand.rules.queries import may_publish

SENT_BACK = gettext_noop("It was sent back after its approval. Change it, or have it approved again.")
NOBODY = _("Nobody else may approve it yet: an administrator can give somebody the right to.")


@transaction.atomic
def submit(post: Post, by: Person) -> bool:
    """Asks for approval; False when it is approved already. Declined while the gate blocks. Asks once for one text."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if locked.state == Post.State.APPROVED and is_approved(locked):
        return False
    if locked.state == Post.State.SUBMITTED:
        return True
    gate.demand_open(locked, by)
    Post.objects.filter(pk=post.pk).update(state=Post.State.SUBMITTED)
    record(PostSubmitted(post.pk), by)
    approvers = [person for person in Person.objects.holding("post.approve") if may_approve(locked, person)]
    url = reverse("publishing:post", args=[post.pk])
    notify(approvers, _("A post waits for your approval"), str(locked), url=url, key=_key(post))
    return True


def _key(post: Post) -> str:
    """Names the post in the news that it waits for a yes."""
    return f"approve-{post.pk}"


def may_approve(post: Post, person: Person) -> bool:
    """Whether this person may say yes: the permission, and four eyes where the company or a rule wants them."""
    return person.may("post.approve") and not why_another(post, person)


def why_another(post: Post, person: Person) -> Text:
    """Why somebody else must say yes to what the person began, or changed since its last approval; empty: nobody must.

    A rule can only send it to somebody else where there is somebody: who works alone decides alone.
    """
    hands = {post.author, *post.writers.all()}
    if person not in hands:
        return ""
    if Policy.current().four_eyes:
        return _("Four eyes: somebody else must approve what you have written or changed.")
    if set(Person.objects.holding("post.approve")) - hands and gate.needs_approval(post):
        return _("A rule wants a second pair of eyes here: somebody else must approve what you wrote.")
    return ""


def whom_to_ask(post: Post) -> list[Text]:
    """Who may not say yes to the post as it is now, and who may: by name."""
    holding = Person.objects.holding("post.approve")
    free = [one for one in holding if may_approve(post, one)]
    barred = _names(one for one in holding if one not in free)
    may_not = _("May not approve it, because they began it or changed it since its last approval: %(names)s.")
    may = _("May approve it: %(names)s.") % {"names": _names(free)} if free else NOBODY
    return [may_not % {"names": barred}, may] if barred else [may]


def _names(people: Iterable[Person]) -> str:
    return ", ".join(str(one) for one in people)


@transaction.atomic
def approve(post: Post, by: Person, seen: str, note: str = "") -> None:
    """Says yes to the content with the hash `seen`, once. Declined if it was edited since, or the gate blocks."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    _check_right(locked, by)
    now = fingerprint(locked)
    if seen != now:
        raise Declined(_("The post was changed while you read it. Please read it again."), status=409)
    writer = locked.author if locked.author.is_active else by  # who has left can sign no more
    if writer.pk != by.pk and not may_publish(writer):
        raise Declined(_("The author has not signed the current guideline. Ask them to sign it first."), status=403)
    gate.demand_open(locked, writer)
    Post.objects.filter(pk=post.pk).update(state=Post.State.APPROVED)
    if not has_yes(locked, now):
        _say(locked, Approval.Decision.APPROVED, by, note)
        record(PostApproved(post.pk, now), by)
        _tell_author(locked, by, _("Your post was approved"), note)


@transaction.atomic
def send_back(post: Post, by: Person, note: str) -> None:
    """Says no, with a note for the author; what is planned of it stops at once."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if not by.may("post.approve"):
        raise Declined(_("You may not approve posts."), status=403)
    if not note.strip():
        raise Declined(_("Please tell the author what to change."))
    Post.objects.filter(pk=post.pk).update(state=Post.State.RETURNED)
    _say(locked, Approval.Decision.RETURNED, by, note)
    for planned in Publication.objects.filter(version__post=locked, state=Publication.State.SCHEDULED):
        outcome.stop(planned, SENT_BACK, note)
    record(PostReturned(post.pk, note), by)
    _tell_author(locked, by, _("Your post came back"), note)


def is_approved(post: Post) -> bool:
    """Whether the newest word on the content as it is now is a yes."""
    return has_yes(post, fingerprint(post))


def has_yes(post: Post, content_hash: str) -> bool:
    """Whether the newest word on the content with this hash is a yes."""
    words = (approval.decision for approval in post.approvals.all() if approval.content_hash == content_hash)
    return next(words, None) == Approval.Decision.APPROVED


def _say(post: Post, decision: Approval.Decision, by: Person, note: str) -> None:
    """Writes the decision down; nobody else needs to be asked any more."""
    seen_to(key=_key(post))
    Approval.objects.create(post=post, content_hash=fingerprint(post), decision=decision, by=by, note=note)


def _check_right(post: Post, by: Person) -> None:
    if not by.may("post.approve"):
        raise Declined(_("You may not approve posts."), status=403)
    if why := why_another(post, by):
        raise Declined(why, hints=whom_to_ask(post), status=403)


def _tell_author(post: Post, by: Person, title: Text, note: str) -> None:
    if post.author_id != by.pk:
        notify([post.author], title, note or str(post), url=reverse("publishing:post", args=[post.pk]))
