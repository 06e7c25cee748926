"""Languages a company may write in (ISO 639-1): those of Europe and its larger neighbours."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Text
from leitstand.core.text.alphabetical import alphabetical

SPOKEN = {
    "de": _("German"),
    "en": _("English"),
    "ar": _("Arabic"),
    "bg": _("Bulgarian"),
    "zh": _("Chinese"),
    "hr": _("Croatian"),
    "cs": _("Czech"),
    "da": _("Danish"),
    "nl": _("Dutch"),
    "et": _("Estonian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "el": _("Greek"),
    "hu": _("Hungarian"),
    "ga": _("Irish"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "lv": _("Latvian"),
    "lt": _("Lithuanian"),
    "mt": _("Maltese"),
    "no": _("Norwegian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "sr": _("Serbian"),
    "sk": _("Slovak"),
    "sl": _("Slovenian"),
    "es": _("Spanish"),
    "sv": _("Swedish"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
}


def choices() -> list[tuple[str, str]]:
    """Code and translated name; those that Leitstand itself speaks first, then by name."""
    named = [(code, str(name)) for code, name in SPOKEN.items()]
    own = [code for code, _own_name in settings.LANGUAGES]
    return [(code, str(SPOKEN[code])) for code in own] + alphabetical(pair for pair in named if pair[0] not in own)


def ours() -> list[tuple[str, Text]]:
    """The languages that Leitstand itself speaks, to choose from, in the words of whoever reads."""
    return [(code, SPOKEN[code]) for code, _own_name in settings.LANGUAGES]


def spoken_here(wishes: Iterable[str]) -> str:
    """The first of these languages that Leitstand itself speaks, else English."""
    known = dict(settings.LANGUAGES)
    return next((code for code in wishes if code in known), settings.LANGUAGE_CODE)
