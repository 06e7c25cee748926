"""A rule: its record (what a lawyer reads) and its check (what the machine asks)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from leitstand.core.errors import Text
from leitstand.rules.draft import Draft
from leitstand.rules.verdict import Finding, Place, Severity

Hit = tuple[Place, str]
Check = Callable[[Draft], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`references` by country; `valid_from` None: long since. `in_answers`: how grave it is in an answer from the
    inbox, None: not asked there. No facts are entered about an answer: what they would settle is a second look there.

    `as_of`: the day whose law the references tell. They are gathered from public sources; no lawyer has reviewed them.

    `check` yields places and the words found there. A word list can only raise a question; it never says that
    something is lawful.
    """

    slug: str
    title: Text
    why: Text
    say: Text
    remedy: Text
    severity: Severity
    references: Mapping[str, str]
    check: Check
    valid_from: date | None = None
    as_of: date = date(2026, 11, 1)
    in_answers: Severity | None = None

    def findings(self, draft: Draft, severity: Severity | None = None) -> list[Finding]:
        """What this rule finds, with the norm of the draft's first country that has one."""
        if not self._concerns(draft):
            return []
        reference = next((self.references[one] for one in draft.countries if one in self.references), "")
        grave = severity or (self.in_answers if draft.is_answer else None) or self.severity
        return [Finding(self.slug, grave, self.say, self.remedy, reference, *hit) for hit in self.check(draft)]

    def _concerns(self, draft: Draft) -> bool:
        in_force = self.valid_from is None or draft.publish_on >= self.valid_from
        here = not self.references or any(country in self.references for country in draft.countries)
        return in_force and here and (self.in_answers is not None or not draft.is_answer)
