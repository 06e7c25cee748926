"""A post, and its version for each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from leitstand.publishing.models.asset import Asset

if TYPE_CHECKING:
    from leitstand.publishing.models.publication import Publication


class PostQuerySet(models.QuerySet["Post"]):
    def kept(self) -> PostQuerySet:
        return self.filter(discarded_at=None)


class Post(models.Model):
    """Written once. The facts from `consideration` on are what the rules ask about.

    `state`: draft → submitted → approved, or returned with a note. An edit makes it a draft again.
    `writers`: who changed what goes out since it was approved last.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waits for approval")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")

    class Consideration(models.TextChoices):
        NONE = "none", _("None")
        PAID = "paid", _("Paid")
        GIFT = "gift", _("Product or trip for free")
        AFFILIATE = "affiliate", _("Affiliate link")
        DISCOUNT = "discount", _("Discount or voucher code")

    class Ai(models.TextChoices):
        NONE = "none", _("Made by people")
        ASSISTED = "assisted", _("AI helped, a person checked")
        GENERATED = "generated", _("Made or changed by AI")

    title = models.CharField(_("Title"), max_length=200, blank=True, default="")
    text = models.TextField(_("Text"), blank=True, default="")
    link = models.URLField(_("Link"), max_length=500, blank=True, default="")
    language = models.CharField(_("Language"), max_length=5, default="de", choices=settings.LANGUAGES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey("strategy.Goal", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    consideration = models.CharField(
        _("Something received for it"), max_length=10, choices=Consideration.choices, default=Consideration.NONE
    )
    ai = models.CharField(_("AI-made content"), max_length=10, choices=Ai.choices, default=Ai.NONE)
    prize_terms_url = models.URLField(_("Terms of the prize draw"), blank=True, default="")
    evidence = models.CharField(_("Evidence for environmental claims"), max_length=300, blank=True, default="")
    lowest_price = models.DecimalField(
        _("Lowest price of the last 30 days"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revised_at = models.DateTimeField(auto_now=True)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-revised_at"]

    def __str__(self) -> str:
        return self.title or Truncator(" ".join(self.text.split())).chars(100) or str(_("Untitled post"))

    @property
    def is_going_out(self) -> bool:
        """Every version is planned or out: the publications say more than the post's own state."""
        versions = list(self.versions.all())
        return bool(versions) and all(version.going_out for version in versions)


class Versions(models.Manager["Version"]):
    """Those the post has now."""

    def get_queryset(self) -> models.QuerySet[Version]:
        return super().get_queryset().filter(taken_out=False)


class Version(models.Model):
    """The post as one channel gets it. Empty `own_text`/`own_title`: the post's own words.

    `taken_out`: no longer of the post; it stays for its publications, and may come back.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="+")
    own_text = models.TextField(blank=True, default="")
    own_title = models.CharField(max_length=200, blank=True, default="")
    with_images = models.BooleanField(default=True)
    as_thread = models.BooleanField(default=False)
    taken_out = models.BooleanField(default=False)

    objects = Versions()
    ever = models.Manager["Version"]()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "channel"], name="one_version_per_channel")]

    def __str__(self) -> str:
        return f"{self.post} → {self.channel}"

    @property
    def text(self) -> str:
        return self.own_text or self.post.text

    @property
    def title(self) -> str:
        return self.own_title or self.post.title

    @property
    def going_out(self) -> Publication | None:
        """Its newest publication that nobody cancelled."""
        going = [one for one in self.publications.all() if one.state != "cancelled"]
        return going[-1] if going else None


class PostImages(models.Manager["PostImage"]):
    """Each image comes with its asset: it is never wanted without."""

    def get_queryset(self) -> models.QuerySet[PostImage]:
        return super().get_queryset().select_related("asset")


class PostImage(models.Model):
    """An image of a post, in order, with the alt text for this use."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="images")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="uses")
    alt = models.TextField(_("Alt text"), blank=True, default="")
    position = models.PositiveIntegerField(default=0)

    objects = PostImages()

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.alt or self.asset.name

    @property
    def spoken(self) -> str:
        """The alt text that goes out: the one for this use, else the asset's own."""
        return self.alt or self.asset.alt
