"""Images of posts, and the licence record of each."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.filled import filled
from leitstand.api.paging import Pages
from leitstand.api.problems import DECLINED
from leitstand.api.shapes.images import AssetOut, LicenceIn
from leitstand.api.shapes.parts import Words
from leitstand.api.shapes.posts import AltIn, ImageOut, PostOut, UploadIn, UseIn
from leitstand.core.models import Person
from leitstand.publishing import compose, pictures, queries
from leitstand.publishing.forms import AssetForm
from leitstand.publishing.record_licence import record_licence

router = Router(tags=["images"])


@router.get("/images", response={200: list[AssetOut], **DECLINED})
@paginate(Pages)
def list_images(request: HttpRequest, q: Words = "") -> Any:
    """All images there are, the newest first."""
    return queries.assets(caller(request, "read", "post.view"), {"q": q})


@router.get("/images/{asset_id}", response={200: AssetOut, **DECLINED})
def read_image(request: HttpRequest, asset_id: int) -> Any:
    return queries.asset_for(caller(request, "read", "post.view"), asset_id)


@router.patch("/images/{asset_id}/licence", response={200: AssetOut, **DECLINED})
def change_licence(request: HttpRequest, asset_id: int, body: LicenceIn) -> Any:
    """The licence record; a post that speaks the alt text of the image asks for approval anew when that changes."""
    person = caller(request, "write", "post.write")
    found = queries.asset_for(person, asset_id)
    record_licence(filled(AssetForm, body.model_dump(exclude_unset=True), found, person=person), person)
    return queries.asset_for(person, asset_id)


@router.post("/posts/{post_id}/images", response={201: ImageOut, **DECLINED})
def add_image(request: HttpRequest, post_id: int, image: File[UploadedFile], facts: Form[UploadIn]) -> Any:
    """Uploads a JPEG, PNG, WebP or GIF and appends it to the post. Of an animation the first picture is kept."""
    person = caller(request, "write", "post.write")
    found = queries.post_for(person, post_id)
    asset = pictures.store(image, person)
    return Status(201, _appended(found, asset, facts.alt, person))


@router.post("/images/{asset_id}/uses", response={201: ImageOut, **DECLINED})
def use_image(request: HttpRequest, asset_id: int, body: UseIn) -> Any:
    """Appends an image that is there already to a post."""
    person = caller(request, "write", "post.write")
    asset = queries.asset_for(person, asset_id)
    return Status(201, _appended(queries.post_for(person, body.post_id), asset, body.alt, person))


@transaction.atomic
def _appended(post: Any, asset: Any, alt: str, person: Person) -> Any:
    image = compose.add_image(post, asset, person)
    if alt.strip():
        compose.revise(post, compose.Change(alts={image.pk: alt}), person)
        image.refresh_from_db()
    return image


@router.patch("/posts/{post_id}/images/{image_id}", response={200: PostOut, **DECLINED})
def change_alt(request: HttpRequest, post_id: int, image_id: int, body: AltIn) -> Any:
    """The alt text of an image of this post."""
    person = caller(request, "write", "post.write")
    found = _post_with(person, post_id, image_id)
    compose.revise(found, compose.Change(alts={image_id: body.alt}), person)
    return queries.post_for(person, post_id)


@router.delete("/posts/{post_id}/images/{image_id}", response={204: None, **DECLINED})
def remove_image(request: HttpRequest, post_id: int, image_id: int) -> Any:
    """Takes the image out of the post; the file and its record stay."""
    person = caller(request, "write", "post.write")
    compose.remove_image(_post_with(person, post_id, image_id), image_id, person)
    return Status(204, None)


def _post_with(person: Person, post_id: int, image_id: int) -> Any:
    """The post, if it shows this image; else 404."""
    found = queries.post_for(person, post_id)
    if all(image.pk != image_id for image in found.images.all()):
        raise Http404
    return found
