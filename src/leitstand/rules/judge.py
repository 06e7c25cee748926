"""Asks all rules about a draft. Pure: the same draft and switches always give the same verdict."""

from __future__ import annotations

from collections.abc import Mapping

from leitstand.rules.checks import ALL
from leitstand.rules.draft import Draft
from leitstand.rules.verdict import Severity, Verdict

ORDER = {"block": 0, "approval": 1, "hint": 2}
Switchboard = Mapping[str, Severity | None]


def judge(draft: Draft, switches: Switchboard | None = None) -> Verdict:
    """The verdict, gravest findings first. `switches`: other severities by rule, None switches a rule off."""
    chosen = switches or {}
    findings = [
        finding
        for rule in ALL
        if chosen.get(rule.slug, rule.severity)
        for finding in rule.findings(draft, chosen.get(rule.slug))
    ]
    return Verdict(tuple(sorted(findings, key=lambda finding: ORDER[finding.severity])))
