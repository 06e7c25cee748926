"""Who is accountable for a duty, and who stands in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitstand.core.duties import DUTIES, Duty
from leitstand.core.errors import Declined
from leitstand.core.forms.people import HolderForm
from leitstand.core.pages import PersonRequest, needs, page, posted, see_other
from leitstand.core.people import holders


@needs("duty.assign")
def assign(request: PersonRequest, code: str) -> HttpResponseBase:
    duty, known = _duty(code), holders.holders().get(code)
    now = {"accountable": known.accountable, "deputy": known.deputy} if known else None
    form = HolderForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            holders.assign(code, form.cleaned_data["accountable"], form.cleaned_data["deputy"], request.user)
        except Declined as declined:
            form.add_error("deputy", str(declined.say))
        else:
            messages.success(request, _("Saved."))
            return see_other(request, reverse("web:home"))
    return page(request, "core/duty.html", status=422 if form.errors else 200, duty=duty, form=form)


@needs("duty.assign")
@require_POST
def take_vacant(request: PersonRequest) -> HttpResponseBase:
    """For the company of one: all vacant duties with one click."""
    taken = holders.take_vacant(request.user)
    messages.success(request, ngettext("You took %(n)d duty.", "You took %(n)d duties.", taken) % {"n": taken})
    return see_other(request, reverse("web:home"))


def _duty(code: str) -> Duty:
    found = next((duty for duty in DUTIES if duty.code == code), None)
    if found is None:
        raise Http404
    return found
