"""Forms of channels. The connection form is made from the facts of the network."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.channels.models import Channel
from leitstand.channels.words import in_words
from leitstand.connectors.protocol import ConnectField, Network


class ConnectForm(forms.Form):
    """What the network asks for. Secrets are never shown again; `ticket` tells a form that is sent twice."""

    ticket = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [field.name for field in network.fields]
        self.fields["ticket"].initial = uuid.uuid4()
        for field in network.fields:
            self.fields[field.name] = _field(network, field)

    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in self.names}


def _field(network: Network, asked: ConnectField) -> forms.CharField:
    widget = forms.PasswordInput if asked.secret else forms.TextInput
    attrs = {"placeholder": asked.placeholder, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
    if asked.kind == "url":
        attrs["inputmode"] = "url"
    return forms.CharField(
        label=in_words(network, asked.label),
        help_text=in_words(network, asked.help),
        required=asked.required,
        max_length=2000,
        widget=widget(attrs=attrs),
    )


class ImprintForm(forms.Form):
    """The imprint that the profile on the network links to."""

    imprint_url = forms.URLField(
        label=_("Address of the imprint that the profile links to"),
        help_text=_("Leave it empty to use the company's."),
        required=False,
        max_length=200,
        assume_scheme="https",
    )


class DisconnectForm(forms.Form):
    """Typing the name is the confirmation."""

    typed = forms.CharField(label="", widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))

    def __init__(self, channel: Channel, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].label = _("Type %(handle)s to confirm") % {"handle": channel.handle}
