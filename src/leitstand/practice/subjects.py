"""What a post is about, by its words, so that the audience can answer to the point."""

from __future__ import annotations

import re

SUBJECTS = {
    "bug": r"fehler|störung|ausfall|webs(?:ite|eite)|online-?shop|\bapps?\b|\bbugs?\b|outage|checkout|log-?in",
    "delivery": r"liefer|versand|paket|verschick|\bship|deliver|parcel|in stock",
    "price": r"preis|\beuro\b|€|rabatt|gutschein|angebot|\bprices?\b|discount|voucher|\bsale\b|\boffer",
    "hours": r"öffnungs|geöffnet|geschlossen|\buhr\b|feiertag|\bopen(?:ing)?\b|\bclosed\b|\bhours\b|holiday",
    "job": r"stelle(?:n|nanzeige)?\b|\bjobs?\b|ausbildung|bewerb|praktik|hiring|apprentice|vacanc|join our team",
    "event": r"\bfest\b|\bkurs|workshop|verkostung|tag der|\bevent|tasting|\bfair\b|\bmesse\b",
    "coffee": r"kaffee|röst|bohne|espresso|coffee|roast|\bbeans?\b|brew",
    "sorry": r"entschuld|tut (?:uns|mir) leid|bedauer|verzeih|\bsorry\b|apolog|regret",
}
PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in SUBJECTS.items()}


def subject_of(text: str) -> str:
    """The first subject the text speaks of; "any" when none is known."""
    return next((name for name, pattern in PATTERNS.items() if name != "sorry" and pattern.search(text)), "any")


def is_sorry(text: str) -> bool:
    """Whether somebody apologises."""
    return bool(PATTERNS["sorry"].search(text))
