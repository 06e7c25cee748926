"""Images: uploaded to a post, kept with their licence record, served only to people of the house."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.publishing import compose, pictures, queries
from leitstand.publishing.forms import AssetForm
from leitstand.publishing.models import Post
from leitstand.publishing.record_licence import record_licence
from leitstand.publishing.views.compose import answer, to_post


@needs("post.write")
@require_POST
def upload(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Takes images into the post; each one that cannot be read is named, the others stay."""
    return answer(request, post_id, lambda post, _seen: _take(request, post))


def _take(request: PersonRequest, post: Post) -> HttpResponseBase:
    for file in request.FILES.getlist("images"):
        try:
            compose.add_image(post, pictures.store(file, request.user), request.user)
            if pictures.moves(file):
                messages.warning(
                    request, _("%(file)s: Only the first picture of an animation is kept.") % {"file": file}
                )
        except Declined as declined:
            messages.error(request, f"{file.name}: {declined.say}")
    return to_post(request, post, "#images")


@needs("post.write")
@require_POST
def choose(request: PersonRequest, post_id: int, asset_id: int) -> HttpResponseBase:
    """Uses an image that is already there."""
    found = queries.asset_for(request.user, asset_id)

    def step(post: Post, _seen: str) -> HttpResponseBase:
        compose.add_image(post, found, request.user)
        return to_post(request, post, "#images")

    return answer(request, post_id, step)


@needs("post.write")
@require_POST
def remove(request: PersonRequest, post_id: int, image_id: int) -> HttpResponseBase:
    """Takes the image out of the post; the file and its record stay."""

    def step(post: Post, _seen: str) -> HttpResponseBase:
        compose.remove_image(post, image_id, request.user)
        return to_post(request, post, "#images")

    return answer(request, post_id, step)


@needs("post.view")
def assets(request: PersonRequest) -> HttpResponseBase:
    """All images; the filter "missing" shows those without a licence record, "ended" those past their end."""
    found = queries.assets(request.user, request.GET.dict())
    return page(request, "publishing/assets.html", "rows", rows=Paginator(found, 24).get_page(request.GET.get("page")))


@needs("post.view")
@require_http_methods(["GET", "POST"])
def asset(request: PersonRequest, asset_id: int) -> HttpResponseBase:
    """One image with its licence record."""
    found = queries.asset_for(request.user, asset_id)
    form = AssetForm(request.POST or None, instance=found, person=request.user)
    if request.method == "POST" and request.user.may("post.write") and form.is_valid():
        messages.success(request, _kept(record_licence(form.save(commit=False), request.user)))
        return see_other(request, _back(request) or reverse("publishing:asset", args=[found.pk]))
    uses = queries.uses_of(found, request.user)[:20]
    return page(request, "publishing/asset.html", asset=found, form=form, uses=uses, status=422 if form.errors else 200)


def _kept(reopened: int) -> str:
    more = ngettext(
        "%(n)d post that speaks this alt text must be approved again.",
        "%(n)d posts that speak this alt text must be approved again.",
        reopened,
    )
    return _("Saved.") + (f" {more % {'n': reopened}}" if reopened else "")


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
