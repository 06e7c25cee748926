"""After publication: edits or deletes on the network, where it can."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.channels.words import lazy_say
from leitstand.connectors.errors import ConnectorError
from leitstand.connectors.protocol import Content, can
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.publishing import gate
from leitstand.publishing.approve import is_approved
from leitstand.publishing.content import content_of, fingerprint, full_text
from leitstand.publishing.events import PublicationDeleted, PublicationEdited
from leitstand.publishing.models import Publication


def may_edit(publication: Publication) -> bool:
    return _is_known_there(publication) and _can(publication, "edit")


def may_delete(publication: Publication) -> bool:
    return _is_known_there(publication) and _can(publication, "delete")


def _is_known_there(publication: Publication) -> bool:
    """Whether we can name it to the network. Of what a person has found there we have only the address."""
    return publication.state == Publication.State.PUBLISHED and "://" not in publication.remote_id.removeprefix("at://")


def edit(publication: Publication, by: Person) -> None:
    """Puts the post's present, approved content on the network in place of the old one, a thread part by part."""
    if not may_edit(publication):
        raise Declined(_("This network cannot change a published post. Delete it and publish it anew."))
    post = publication.version.post
    if not is_approved(post):
        raise Declined(_("This post is not approved yet, or was changed since."))
    gate.demand_open(post, by)
    for remote_id, content in _parts(publication):
        _refuse_errors(calls.edit(publication.channel, remote_id, content))
    _note_edit(publication, by)


def _parts(publication: Publication) -> list[tuple[str, Content]]:
    """What goes where: the images stay with the first part. Declined when the thread would grow or shrink."""
    content = content_of(publication.version)
    there = [publication.remote_id, *publication.parts]
    texts = [content.text, *content.thread]
    if len(texts) != len(there):
        raise Declined(_("The thread would get another number of parts. Delete it on the network and publish it anew."))
    first = replace(content, thread=())
    rest = [replace(first, text=text, images=()) for text in texts[1:]]
    return list(zip(there, [first, *rest], strict=True))


@transaction.atomic
def _note_edit(publication: Publication, by: Person) -> None:
    Publication.objects.filter(pk=publication.pk).update(
        content_hash=fingerprint(publication.version.post),
        published_text=full_text(publication.version),
        published_title=publication.version.title,
    )
    record(PublicationEdited(publication.pk), by)


def delete(publication: Publication, by: Person) -> None:
    """Takes the post down; a post already gone counts as deleted."""
    if publication.state == Publication.State.DELETED:
        return
    if not may_delete(publication):
        raise Declined(_("This network does not let us delete. Delete it there by hand."))
    for remote_id in [*reversed(publication.parts), publication.remote_id]:
        _refuse_errors(calls.delete(publication.channel, remote_id))
    _note_deletion(publication, by)


@transaction.atomic
def _note_deletion(publication: Publication, by: Person) -> None:
    Publication.objects.filter(pk=publication.pk).update(state=Publication.State.DELETED, measure_at=None, due_at=None)
    record(PublicationDeleted(publication.pk), by)


def _can(publication: Publication, ability: str) -> bool:
    return can(channels.connector_of(publication.channel), ability)


def _refuse_errors(answer: object) -> None:
    if isinstance(answer, ConnectorError):
        raise Declined(
            lazy_say(answer.say, answer.places), answer.detail, hints=[_("Nothing was changed here. Try again later.")]
        )
