"""What happens in publishing, for the diary and the rooms above."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitstand.core.events import event


@event("publishing.post_submitted", _("Post submitted for approval"))
class PostSubmitted:
    post_id: int


@event("publishing.post_approved", _("Post approved"))
class PostApproved:
    post_id: int
    content_hash: str


@event("publishing.post_returned", _("Post returned to its author"))
class PostReturned:
    post_id: int
    note: str


@event("publishing.post_discarded", _("Post discarded"))
class PostDiscarded:
    post_id: int


@event("publishing.post_restored", _("Post restored"))
class PostRestored:
    post_id: int


@event("publishing.publication_scheduled", _("Publication scheduled"))
class PublicationScheduled:
    publication_id: int
    planned_for: str


@event("publishing.publication_moved", _("Publication moved"))
class PublicationMoved:
    publication_id: int
    planned_for: str
    before: str


@event("publishing.publication_cancelled", _("Publication cancelled"))
class PublicationCancelled:
    publication_id: int


@event("publishing.post_published", _("Post published"))
class PostPublished:
    publication_id: int
    channel_id: int
    remote_id: str


@event("publishing.publication_failed", _("Network refused a publication"))
class PublicationFailed:
    publication_id: int
    reason: str


@event("publishing.publication_stopped", _("Publication stopped: a person must decide"))
class PublicationStopped:
    publication_id: int
    reason: str


@event("publishing.publication_unsure", _("Unsure whether a publication went out"))
class PublicationUnsure:
    publication_id: int


DECISIONS = {"published": _("It is there"), "again": _("Not there: send again"), "leave": _("Leave it")}


@event("publishing.unsure_decided", _("Person decided about an unsure publication"), {"decision": DECISIONS})
class UnsureDecided:
    publication_id: int
    decision: str


@event("publishing.publication_edited", _("Publication edited on the network"))
class PublicationEdited:
    publication_id: int


@event("publishing.publication_deleted", _("Publication deleted on the network"))
class PublicationDeleted:
    publication_id: int


@event("publishing.held", _("Publishing put on hold"))
class PublishingHeld:
    hold_id: int
    reason: str


@event("publishing.resumed", _("Publishing resumed"))
class PublishingResumed:
    hold_id: int


@event("publishing.policy_changed", _("Publishing policy changed"))
class PolicyChanged:
    four_eyes: bool
    late_minutes: int


@event("publishing.licence_recorded", _("Licence record of an image changed"))
class LicenceRecorded:
    asset_id: int
