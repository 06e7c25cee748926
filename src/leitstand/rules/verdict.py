"""What the rules say: findings, and their sum."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from leitstand.core.errors import Text

Severity = Literal["block", "approval", "hint"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the draft: the field, and for texts from which character to which."""

    field: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule noticed. `say` is what is wrong, `remedy` what to do, `reference` the norm."""

    rule: str
    severity: Severity
    say: Text
    remedy: Text
    reference: str
    place: Place
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings, the gravest first."""

    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()

    @property
    def blocks(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "block"]

    @property
    def needs_approval(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "approval"]

    @property
    def hints(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "hint"]

    def without(self, rules: Collection[str]) -> Verdict:
        """The verdict when these rules are waived for this content."""
        kept = tuple(finding for finding in self.findings if finding.rule not in rules)
        return replace(self, findings=kept, waived=tuple(one for one in self.findings if one.rule in rules))
