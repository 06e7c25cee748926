"""People know better: correct a tone, hand a mention to the community."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.listening.events import MentionHandedOver, ToneCorrected
from leitstand.listening.models import Mention


@transaction.atomic
def correct_tone(mention: Mention, tone: str, by: Person) -> None:
    """Sets the tone by hand."""
    if tone not in Mention.Tone.values:
        raise Declined(_("This tone is not known."))
    Mention.objects.filter(pk=mention.pk).update(tone=tone, tone_by_hand=True)
    record(ToneCorrected(mention.pk, tone), by)


@transaction.atomic
def hand_over(mention: Mention, by: Person) -> None:
    """Gives it to the community, once."""
    if Mention.objects.filter(pk=mention.pk, handed_over_at=None).update(handed_over_at=timezone.now()):
        record(MentionHandedOver(mention.pk), by)
