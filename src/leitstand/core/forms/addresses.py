"""A further e-mail address of one's own: kept only when the mail that asks to confirm it was sent."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from leitstand.core.errors import Declined


class AddressForm(AddEmailForm):  # type: ignore[misc]  # allauth tells no types
    """Refuses addresses the person has already, so that what is removed here is always what was just added."""

    def save(self, request: HttpRequest) -> Any:
        try:
            return super().save(request)
        except Declined:
            EmailAddress.objects.filter(user=self.user, email=self.cleaned_data["email"], verified=False).delete()
            raise
