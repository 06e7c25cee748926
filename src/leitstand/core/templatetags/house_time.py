"""Moments: with weekday, in the company's zone (the middleware activates it), in German or English."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


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
    text = words.get(style) or format_html('{} <span class="when-ago">{}</span>', clock(here), relative(here))
    return format_html('<time class="when" datetime="{}" title="{}">{}</time>', here.isoformat(), exact(here), text)


def exact(here: datetime) -> str:
    """Weekday, date, clock and zone, written out."""
    return f"{date_format(here, pgettext('date format, exact', 'l j F Y, H:i'))} ({here.tzname()})"


def clock(here: datetime) -> str:
    """ "today, 14:05", "Wed 5 Mar, 14:05"; the year only when it is another one."""
    return f"{day(here.date())}, {date_format(here, 'H:i')}"


def day(date_: date) -> str:
    """ "today", "tomorrow", "yesterday", else weekday and date."""
    today = timezone.localdate()
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((date_ - today).days)
    if near:
        return near
    if date_.year == today.year:
        return date_format(date_, pgettext("date format, this year", "D j M"))
    return date_format(date_, pgettext("date format, other year", "D j M Y"))


def relative(here: datetime) -> str:
    """ "in 2 hours", "3 days ago", "now" within a minute."""
    away = here - timezone.now()
    if abs(away) < timedelta(minutes=1):
        return _("now")
    if away > timedelta(0):
        return _("in %(span)s") % {"span": timesince(timezone.now(), here, depth=1)}
    return _("%(span)s ago") % {"span": timesince(here, depth=1)}
