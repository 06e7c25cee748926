"""Which language a text is written in: German, English, or another; honest when it cannot be told.

Model: py3langid (a copy of langid.py by Lui & Baldwin, ACL 2012), normalised probabilities, over all its languages.
A text of few letters is not judged.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import regex

NOISE = regex.compile(r"https?://\S+|[@#]\S+|[^\p{L}\s]")
LEAST_LETTERS, MOST_READ = 12, 20_000
SURE = 0.80
_lock = threading.Lock()
_model: list[Any] = []
GERMAN = """
    der die das und ist nicht ich ein eine mit für auf von den es sie wir ihr auch wie noch schon sehr danke bei
"""
ENGLISH = """
    the and is not i a with for on of it you we they also how still already very thanks at this that are was to
"""
COMMON = {"de": frozenset(GERMAN.split()), "en": frozenset(ENGLISH.split())}


@dataclass(frozen=True, slots=True)
class Language:
    """`code` empty: cannot be told. `confidence` from 0 to 1."""

    code: str
    confidence: float


def detect(text: str, told: str = "") -> Language:
    """The language by the first 20,000 characters; `told`, the network's tag, is believed when they do not tell."""
    told, plain = told.lower(), NOISE.sub(" ", text[:MOST_READ])
    if len(plain.replace(" ", "")) < LEAST_LETTERS:
        return Language(told[:2], 0.5 if told else 0.0)
    if by_words := _by_common_words(plain):
        return by_words
    code, confidence = _identifier().classify(plain)
    if confidence < SURE:
        return Language(told[:2], 0.5 if told else float(confidence))
    return Language(str(code), float(confidence))


def _by_common_words(plain: str) -> Language | None:
    """Small words decide most texts at once, without the model."""
    words = plain.lower().split()
    counts = {code: sum(word in common for word in words) for code, common in COMMON.items()}
    best = max(counts, key=lambda code: counts[code])
    other = sum(counts.values()) - counts[best]
    if counts[best] >= 2 and counts[best] >= 3 * other:
        return Language(best, min(0.99, 0.8 + 0.05 * counts[best]))
    return None


def _identifier() -> Any:
    """The model, loaded at first use: pages start without it."""
    with _lock:
        if not _model:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            _model.append(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
    return _model[0]
