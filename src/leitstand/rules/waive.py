"""Exceptions, each with a reason and a name."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.rules import queries
from leitstand.rules.events import RuleSwitched, RuleWaived
from leitstand.rules.models import Switch, Waiver

HASH = 64  # a SHA-256 in hexadecimal


@transaction.atomic
def waive(slug: str, content_hash: str, reason: str, by: Person) -> Waiver:
    """Lets one exact content pass one rule. Only legal may; the reason is kept."""
    if not by.may("rule.waive"):
        raise Declined(_("Only legal can make an exception."), status=403)
    if queries.rule(slug) is None or len(content_hash) != HASH:
        raise Declined(_("This rule is not known."))
    if len(reason.strip()) < 10:
        raise Declined(_("Give the reason in a sentence."))
    waiver, fresh = Waiver.objects.get_or_create(
        rule=slug, content_hash=content_hash, defaults={"reason": reason.strip()[:500], "by": by}
    )
    if fresh:
        record(RuleWaived(slug, content_hash, reason), by)
    return waiver


@transaction.atomic
def switch(slug: str, severity: str, reason: str, by: Person) -> None:
    """Another severity for a rule in this company, with a reason."""
    found = queries.rule(slug)
    if found is None or severity not in Switch.Severity.values:
        raise Declined(_("This rule is not known."), status=404)
    if len(reason.strip()) < 10:
        raise Declined(_("Give the reason in a sentence."))
    if severity == found.severity:
        Switch.objects.filter(rule=slug).delete()
    else:
        Switch.objects.update_or_create(rule=slug, defaults={"severity": severity, "reason": reason[:300], "by": by})
    record(RuleSwitched(slug, severity, reason), by)
