"""Images: uploaded to a post, kept with their licence record, served only to people of the house."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.publishing import compose, pictures, queries
from leitstand.publishing.events import LicenceRecorded
from leitstand.publishing.forms import AssetForm
from leitstand.publishing.models import Asset


@needs("post.write")
@require_POST
def upload(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Takes images into the post; each one that cannot be read is named, the others stay."""
    post = queries.post_for(request.user, post_id)
    for file in request.FILES.getlist("images"):
        try:
            compose.add_image(post, pictures.store(file, request.user), request.user)
        except Declined as declined:
            messages.error(request, f"{file.name}: {declined.say}")
    return see_other(request, reverse("publishing:post", args=[post.pk]) + "#images")


@needs("post.write")
@require_POST
def choose(request: PersonRequest, post_id: int, asset_id: int) -> HttpResponseBase:
    """Uses an image that is already there."""
    post = queries.post_for(request.user, post_id)
    compose.add_image(post, queries.asset_for(request.user, asset_id), request.user)
    return see_other(request, reverse("publishing:post", args=[post.pk]) + "#images")


@needs("post.write")
@require_POST
def remove(request: PersonRequest, post_id: int, image_id: int) -> HttpResponseBase:
    """Takes the image out of the post; the file and its record stay."""
    compose.remove_image(queries.post_for(request.user, post_id), image_id, request.user)
    return see_other(request, reverse("publishing:post", args=[post_id]) + "#images")


@needs("post.view")
def assets(request: PersonRequest) -> HttpResponseBase:
    """All images; the filter "missing" shows those without a licence record, "ended" those past their end."""
    found = Asset.objects.all()
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(alt__icontains=words) | Q(source__icontains=words))
    found = {"missing": found.filter(licence=""), "ended": found.filter(ends_on__lt=timezone.localdate())}.get(
        request.GET.get("show", ""), found
    )
    return page(request, "publishing/assets.html", "rows", rows=Paginator(found, 24).get_page(request.GET.get("page")))


@needs("post.view")
@require_http_methods(["GET", "POST"])
def asset(request: PersonRequest, asset_id: int) -> HttpResponseBase:
    """One image with its licence record."""
    found = queries.asset_for(request.user, asset_id)
    form = AssetForm(request.POST or None, instance=found, person=request.user)
    if request.method == "POST" and request.user.may("post.write") and form.is_valid():
        with transaction.atomic():
            form.save()
            record(LicenceRecorded(found.pk), request.user)
        messages.success(request, _("Saved."))
        return see_other(request, _back(request) or reverse("publishing:asset", args=[found.pk]))
    uses = found.uses.select_related("post")[:20]
    return page(request, "publishing/asset.html", asset=found, form=form, uses=uses, status=422 if form.errors else 200)


def _back(request: PersonRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    back = request.GET.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else ""


@needs("post.view")
def file(request: PersonRequest, asset_id: int) -> HttpResponseBase:
    """The image itself."""
    found = queries.asset_for(request.user, asset_id)
    response = FileResponse(found.file.open("rb"), content_type=found.mime)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
