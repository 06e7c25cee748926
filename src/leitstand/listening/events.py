"""What happens in listening, for the diary and the rooms above."""

from django.utils.translation import gettext_lazy as _

from leitstand.core.events import event
from leitstand.listening.models import Mention


@event("listening.mention_stored", _("Mention stored"))
class MentionStored:
    """`channel_id` 0: it came from a source."""

    mention_id: int
    query_ids: list[int]
    channel_id: int


@event("listening.mention_handed_over", _("Mention handed to the community"))
class MentionHandedOver:
    mention_id: int


@event("listening.source_added", _("Source added"))
class SourceAdded:
    source_id: int


@event("listening.source_gone", _("Source is gone"))
class SourceGone:
    source_id: int
    reason: str


@event("listening.tone_corrected", _("Tone corrected by hand"), {"tone": dict(Mention.Tone.choices)})
class ToneCorrected:
    mention_id: int
    tone: str


@event("listening.source_paused", _("Source paused"))
class SourcePaused:
    source_id: int


@event("listening.source_resumed", _("Source read again"))
class SourceResumed:
    source_id: int


@event("listening.source_removed", _("Source removed with its mentions"))
class SourceRemoved:
    source_id: int
    url: str


@event("listening.query_saved", _("Query saved"))
class QuerySaved:
    query_id: int
    name: str


@event("listening.query_removed", _("Query removed"))
class QueryRemoved:
    query_id: int
    name: str
