"""Moments: with weekday, in the company's zone (the middleware activates it), in German or English."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, npgettext_lazy, pgettext

# Django's own words stand in the nominative; after "vor" and "in" German wants the dative.
SPANS = {
    "year": npgettext_lazy("after in or ago", "%(num)d year", "%(num)d years", "num"),
    "month": npgettext_lazy("after in or ago", "%(num)d month", "%(num)d months", "num"),
    "week": npgettext_lazy("after in or ago", "%(num)d week", "%(num)d weeks", "num"),
    "day": npgettext_lazy("after in or ago", "%(num)d day", "%(num)d days", "num"),
    "hour": npgettext_lazy("after in or ago", "%(num)d hour", "%(num)d hours", "num"),
    "minute": npgettext_lazy("after in or ago", "%(num)d minute", "%(num)d minutes", "num"),
}

# Other zones keep their English names.
ZONES = (gettext_noop("CET"), gettext_noop("CEST"))


def join(register: template.Library) -> None:
    register.simple_tag(when)


def when(moment: datetime | date | None, style: str = "both") -> SafeString | str:
    """<time> with the exact moment as title. Styles: both, absolute, relative, date. Nothing for None."""
    if not moment:
        return ""
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), day(moment))
    here = timezone.localtime(moment)
    words = {"absolute": clock(here), "relative": relative(here), "date": day(here.date())}
    text = words.get(style) or format_html('{}\u00a0· <span class="when-ago">{}</span>', clock(here), relative(here))
    return format_html('<time class="when" datetime="{}" title="{}">{}</time>', here.isoformat(), exact(here), text)


def exact(here: datetime) -> str:
    """Weekday, date, clock and zone, written out."""
    pattern = pgettext("date format, exact", "l j F Y, H:i")
    return f"{date_format(here, pattern)} ({_(here.tzname() or 'UTC')})"


def clock(here: datetime) -> str:
    """ "today, 14:05", "Wed 5 Mar, 14:05"; the year only when it is another one."""
    return _("%(day)s, %(time)s") % {"day": day(here.date()), "time": date_format(here, "H:i")}


def day(date_: date) -> str:
    """ "today", "tomorrow", "yesterday", else weekday and date."""
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((date_ - timezone.localdate()).days)
    return near or short(date_)


def short(moment: date | datetime) -> str:
    """Weekday and date, with the clock where there is one; the year only when it is another one."""
    if isinstance(moment, datetime):
        here = timezone.localtime(moment) if timezone.is_aware(moment) else moment
        return _("%(day)s, %(time)s") % {"day": short(here.date()), "time": date_format(here, "H:i")}
    if moment.year == timezone.localdate().year:
        return date_format(moment, pgettext("date format, this year", "D j M"))
    return date_format(moment, pgettext("date format, other year", "D j M Y"))


def relative(here: datetime) -> str:
    """ "in 2 hours", "3 days ago", "now" within a minute."""
    away = here - timezone.now()
    if abs(away) < timedelta(minutes=1):
        return _("now")
    if away > timedelta(0):
        return _("in %(span)s") % {"span": _span(timezone.now(), here)}
    return _("%(span)s ago") % {"span": _span(here, timezone.now())}


def _span(earlier: datetime, later: datetime) -> str:
    return timesince(earlier, later, time_strings=cast("dict[str, str]", SPANS), depth=1)
