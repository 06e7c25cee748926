"""Joining by invitation link: name, password, done."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from leitstand.core import queries
from leitstand.core.errors import Declined
from leitstand.core.forms.people import AccountForm
from leitstand.core.models import Invitation
from leitstand.core.pages import page, posted, see_other
from leitstand.core.people import membership


@never_cache
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link itself is the permission. Used, revoked or expired: 410, and what to do about it."""
    invitation = queries.invitation_by(token)
    if invitation is None or not invitation.is_open:
        return page(request, "core/join_gone.html", status=410)
    form = AccountForm(posted(request), initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        return _join(request, invitation, form)
    return _form(request, invitation, form)


def _join(request: HttpRequest, invitation: Invitation, form: AccountForm) -> HttpResponseBase:
    name, password = form.cleaned_data["name"], form.cleaned_data["password"]
    try:
        person = membership.join(invitation.token, name, password, get_language() or "")
    except Declined as declined:
        if declined.status == 410:
            return page(request, "core/join_gone.html", status=410)
        form.add_error("password", [str(declined.say), *map(str, declined.hints)])
        return _form(request, invitation, form)
    logout(request)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return see_other(request, reverse("web:home"))


def _form(request: HttpRequest, invitation: Invitation, form: AccountForm) -> HttpResponseBase:
    return page(request, "core/join.html", status=422 if form.errors else 200, invitation=invitation, form=form)
