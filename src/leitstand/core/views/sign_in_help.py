"""The buttons by which an administrator helps a colleague to sign in again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core import queries
from leitstand.core.models import Person
from leitstand.core.pages import PersonRequest, needs, see_other
from leitstand.core.people import sign_in_help

FRESH = "fresh_password_link"


def help_for(request: PersonRequest, person: Person) -> dict[str, Any]:
    """What the page of a person shows; a link that was just made is shown once."""
    fresh = request.session.get(FRESH) == person.pk and request.session.pop(FRESH)
    return {
        "password_link": sign_in_help.password_link(person) if fresh else "",
        "has_second_factor": sign_in_help.has_second_factor(person),
    }


@needs("people.manage")
@require_POST
def password(request: PersonRequest, person_id: int) -> HttpResponseBase:
    person = queries.person_for(request.user, person_id)
    sign_in_help.make_password_link(person, request.user)
    request.session[FRESH] = person.pk
    return see_other(request, reverse("core:roles", args=[person.pk]))


@needs("people.manage")
@require_POST
def second_factor(request: PersonRequest, person_id: int) -> HttpResponseBase:
    person = queries.person_for(request.user, person_id)
    sign_in_help.remove_second_factor(person, request.user)
    messages.success(request, _("%(name)s signs in with the password alone now.") % {"name": person})
    return see_other(request, reverse("core:roles", args=[person.pk]))
