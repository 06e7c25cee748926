"""What happens in rules, for the diary and the rooms above."""

from django.utils.translation import gettext_lazy as _

from leitstand.core.events import event
from leitstand.rules.checks import TITLES
from leitstand.rules.models import Switch


@event("rules.guideline_published", _("Guideline published"))
class GuidelinePublished:
    guideline_id: int
    number: int


@event("rules.guideline_signed", _("Guideline signed"))
class GuidelineSigned:
    guideline_id: int
    person_id: int
    text_hash: str


@event("rules.rule_switched", _("Rule switched"), {"rule": TITLES, "severity": dict(Switch.Severity.choices)})
class RuleSwitched:
    rule: str
    severity: str
    reason: str


@event("rules.rule_waived", _("Rule waived for one content"), {"rule": TITLES})
class RuleWaived:
    rule: str
    content_hash: str
    reason: str
