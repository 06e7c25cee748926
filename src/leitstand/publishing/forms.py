"""What people type into publishing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leitstand.channels import queries as channels
from leitstand.core.company import languages
from leitstand.core.models import Person
from leitstand.core.text.numbers import number_in
from leitstand.publishing.compose import Change, VersionChange
from leitstand.publishing.models import Asset, Policy, Post
from leitstand.strategy import queries as strategy


def _with_https(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """An address typed without its scheme means https."""
    scheme: dict[str, Any] = {"assume_scheme": "https"} if isinstance(field, models.URLField) else {}
    return field.formfield(**options, **scheme)


class PostForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The post's own words and the facts the rules ask about. A draft may be incomplete, so little is required."""

    data: QueryDict
    language = forms.ChoiceField(label=_("Language"), choices=languages.ours)

    class Meta:
        model = Post
        formfield_callback = _with_https
        fields: ClassVar = [
            "title",
            "text",
            "link",
            "language",
            "goal",
            "consideration",
            "ai",
            "prize_terms_url",
            "evidence",
            "lowest_price",
        ]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 7})}
        labels: ClassVar = {"goal": _("Goal")}
        help_texts: ClassVar = {
            "title": _("For a blog. Other networks show only the text."),
            "link": _("Stands at the end of the text, or where you put it yourself."),
            "consideration": _("Money, products, trips or discounts make a post advertising that must be labelled."),
            "prize_terms_url": _("Only for a prize draw: where its terms can be read."),
            "evidence": _("Where the evidence for words like “sustainable” is filed."),
            "lowest_price": _("Only with a struck-out price: the lowest price of the last 30 days."),
        }

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # A field of a foreign key has both.
        self.fields["goal"].queryset = strategy.choosable(self.instance.goal_id)  # type: ignore[attr-defined]
        self.fields["goal"].empty_label = str(_("No goal yet"))  # type: ignore[attr-defined]

    def change(self) -> Change:
        """All that was typed, versions and alt texts included."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "goal"}
        goal = self.cleaned_data.get("goal")
        return Change(facts | {"goal_id": goal.pk if goal else None}, self.versions(), self.alts())

    def versions(self) -> list[VersionChange]:
        """Those that are ticked: of channels that can be published on, or that the post has already."""
        allowed = {channel.pk for channel in channels.publishable()}
        allowed |= set(self.instance.versions.values_list("channel_id", flat=True))
        chosen = dict.fromkeys(number_in(value) for value in self.data.getlist("channel"))
        return [_version(self.data, channel_id) for channel_id in chosen if channel_id in allowed]

    def alts(self) -> dict[int, str]:
        """The alt texts by image."""
        numbers = {name: number_in(name[4:]) for name in self.data if name.startswith("alt-")}
        return {number: self.data.get(name, "") for name, number in numbers.items() if number is not None}


def _version(data: QueryDict, channel_id: int) -> VersionChange:
    own = data.get(f"own-{channel_id}") == "on"
    return VersionChange(
        channel_id,
        own_text=data.get(f"text-{channel_id}", "") if own else "",
        own_title=data.get(f"title-{channel_id}", "")[:200] if own else "",
        with_images=data.get(f"without-images-{channel_id}") != "on",
        as_thread=data.get(f"thread-{channel_id}") == "on",
    )


class AssetForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The licence record of an image."""

    class Meta:
        model = Asset
        fields: ClassVar = ["alt", "licence", "source", "credit", "ends_on", "shows_people", "release"]
        widgets: ClassVar = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts: ClassVar = {
            "alt": _("What the image shows, for people who cannot see it."),
            "licence": _("Without licence and source, no post with this image goes out."),
            "source": _("Photographer, agency or address it comes from; may stay empty only for an image of your own."),
            "ends_on": _("Empty: without end."),
        }

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """An image of our own comes from whoever writes that down; any other licence needs its source named."""
        data = super().clean() or {}
        if data.get("licence") == Asset.Licence.OWN and not data.get("source"):
            data["source"] = str(self.person)
        elif data.get("licence") and not data.get("source"):
            self.add_error("source", _("Say where the image comes from; the licence counts only with its source."))
        return data


class HoldForm(forms.Form):
    """Why publishing stops."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The company's choices about publishing."""

    class Meta:
        model = Policy
        fields: ClassVar = ["four_eyes", "late_minutes"]
        help_texts: ClassVar = {
            "late_minutes": _(
                "When a post could not go out on time, it is tried again for this long. After that it stops and stands "
                "on Today: you send it then, choose another time, or cancel it. 720 minutes are twelve hours."
            ),
        }
