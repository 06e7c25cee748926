"""Who is here, with which roles; invitations, roles, closed accounts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core import queries
from leitstand.core.errors import Declined, Text
from leitstand.core.forms.people import InvitationForm, RolesForm
from leitstand.core.models import Invitation, Person
from leitstand.core.pages import PersonRequest, needs, page, posted, see_other
from leitstand.core.people import membership
from leitstand.core.people.roles import MAY, Role
from leitstand.core.views.sign_in_help import help_for


@needs("people.manage")
def listing(request: PersonRequest) -> HttpResponseBase:
    return _listing(request, InvitationForm(initial={"roles": ["editor"]}))


def _listing(request: PersonRequest, form: InvitationForm, status: int = 200) -> HttpResponseBase:
    fresh = request.session.pop("fresh_invitation", None)
    invitations = list(queries.open_invitations(request.user))
    return page(
        request,
        "core/people.html",
        status=status,
        people=queries.people(request.user),
        invitations=[(invitation, link(invitation)) for invitation in invitations],
        fresh=next((link(invitation) for invitation in invitations if invitation.pk == fresh), ""),
        form=form,
        mail=bool(settings.EMAIL_HOST),
    )


@needs("people.manage")
@require_POST
def invite(request: PersonRequest) -> HttpResponseBase:
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            invitation = membership.invite(**form.cleaned_data, by=request.user)
        except Declined as declined:
            form.add_error("email", str(declined.say))
        else:
            request.session["fresh_invitation"] = invitation.pk
            messages.success(request, _tell(invitation, request.user))
            return see_other(request, reverse("core:people"))
    return _listing(request, form, status=422)


def _tell(invitation: Invitation, by: Person) -> str:
    """Mails the link where there is a mail server; says what happened."""
    if not settings.EMAIL_HOST:
        return _("Invitation made. Send the link below to %(email)s.") % {"email": invitation.email}
    words = _("%(name)s invites you to Leitstand. Open this link to choose your password:") % {"name": by}
    text = f"{words}\n\n{link(invitation)}\n\n" + _("The link is valid for seven days.")
    try:
        send_mail(_("Your invitation to Leitstand"), text, None, [invitation.email])
    except OSError:
        return _("Invitation made, but the mail server did not take the mail. Send the link below yourself.")
    return _("Invitation sent to %(email)s.") % {"email": invitation.email}


def link(invitation: Invitation) -> str:
    return f"{settings.PUBLIC_URL}{reverse('core:join', args=[invitation.token])}"


@needs("people.manage")
@require_POST
def revoke(request: PersonRequest, invitation_id: int) -> HttpResponseBase:
    membership.revoke(queries.invitation_for(request.user, invitation_id), request.user)
    messages.success(request, _("The invitation is not valid any more."))
    return see_other(request, reverse("core:people"))


@needs("people.manage")
def roles(request: PersonRequest, person_id: int) -> HttpResponseBase:
    person = queries.person_for(request.user, person_id)
    form = RolesForm(posted(request), initial={"roles": person.roles})
    if request.method == "POST" and form.is_valid():
        try:
            membership.change_roles(person, form.cleaned_data["roles"], request.user)
        except Declined as declined:
            form.add_error("roles", str(declined.say))
        else:
            messages.success(request, _("Roles of %(name)s saved.") % {"name": person})
            return see_other(request, reverse("core:people"))
    return page(
        request,
        "core/roles.html",
        status=422 if form.errors else 200,
        form=form,
        member=person,
        explained=_explained(),
        **help_for(request, person),
    )


def _explained() -> list[tuple[Text, Text]]:
    return [(Role(role).label, words) for role, words in MAY.items()]


@needs("people.manage")
@require_POST
def leave(request: PersonRequest, person_id: int) -> HttpResponseBase:
    person = queries.person_for(request.user, person_id)
    membership.leave(person, request.user)
    messages.success(
        request,
        _("The account of %(name)s is closed.") % {"name": person},
        extra_tags=f"undo:{reverse('core:come-back', args=[person.pk])}",
    )
    return see_other(request, reverse("core:people"))


@needs("people.manage")
@require_POST
def come_back(request: PersonRequest, person_id: int) -> HttpResponseBase:
    person = queries.person_for(request.user, person_id)
    membership.come_back(person, request.user)
    messages.success(request, _("The account of %(name)s is open again.") % {"name": person})
    return see_other(request, reverse("core:people"))
