"""Saved replies, kept for everybody who answers."""

from __future__ import annotations

from leitstand.community.models import SavedReply


def keep(title: str, language: str, text: str) -> SavedReply:
    """A saved reply under this title; the same title again changes its text."""
    kept, _fresh = SavedReply.objects.update_or_create(title=title[:120], language=language, defaults={"text": text})
    return kept
