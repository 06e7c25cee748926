"""Takes in a post that went out without us: it stands in the calendar and is measured like any other."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from leitstand.connectors.protocol import Published
from leitstand.core.models import Person
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Approval, Post, Publication, Version


@transaction.atomic
def remember(
    by: Person, channel_id: int, text: str, language: str, proof: Published, goal_id: int | None = None
) -> Publication:
    """The post with its one version, approved by whoever brings it, and its publication with the proof."""
    post = Post.objects.create(author=by, text=text, language=language, goal_id=goal_id, state=Post.State.APPROVED)
    version = Version.objects.create(post=post, channel_id=channel_id)
    content_hash = fingerprint(post)
    Approval.objects.create(post=post, content_hash=content_hash, decision=Approval.Decision.APPROVED, by=by)
    Post.objects.filter(pk=post.pk).update(created_at=proof.at - timedelta(days=1), revised_at=proof.at)
    return Publication.objects.create(
        version=version,
        channel_id=channel_id,
        state=Publication.State.PUBLISHED,
        content_hash=content_hash,
        planned_for=proof.at,
        due_at=None,
        remote_id=proof.remote_id,
        url=proof.url,
        published_at=proof.at,
        published_text=text,
        measure_at=timezone.now(),
    )
