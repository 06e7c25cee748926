"""Images come in, are described, licensed, used and taken out by programs."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests import people

from leitstand.api.tests.conftest import Caller, Calls

pytestmark = pytest.mark.django_db


def picture(colour: str = "brown") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return SimpleUploadedFile("bohnen.png", out.getvalue(), "image/png")


def upload(who: Caller, post_id: int, **form: Any) -> Any:
    return who.client.post(f"/api/v1/posts/{post_id}/images", {"image": picture()} | form)


def draft(who: Caller) -> int:
    return int(who.post("posts", text="Unser Winterkaffee ist da.").json()["id"])


def test_an_image_is_uploaded_described_and_taken_out(caller: Calls) -> None:
    ben = caller(people.ben())
    post_id = draft(ben)
    made = upload(ben, post_id, alt="Kaffeebohnen")
    assert made.status_code == 201
    image = made.json()
    path = f"posts/{post_id}"
    assert ben.get(path).json()["images"] == [image]
    assert image["alt"] == "Kaffeebohnen"
    changed = ben.patch(f"{path}/images/{image['id']}", alt="Geröstete Bohnen")
    assert changed.json()["images"] == [image | {"alt": "Geröstete Bohnen"}]
    assert ben.delete(f"{path}/images/{image['id']}").status_code == 204
    assert ben.get(path).json()["images"] == []
    assert ben.get("images", q="bohnen").json()["count"] == 1


def test_what_is_no_image_is_refused_in_words(caller: Calls) -> None:
    ben = caller(people.ben())
    answer = upload(ben, draft(ben), image=SimpleUploadedFile("a.png", b"no image", "image/png"))
    assert (answer.status_code, answer.json()["error"][:29]) == (422, "This is not an image we can r")
    nothing = ben.client.post(f"/api/v1/posts/{draft(ben)}/images", {})
    assert (nothing.status_code, nothing.json()["hints"]) == (422, ["image: is missing"])
    assert ben.get("images").json()["count"] == 0


def test_an_image_that_is_there_is_used_again(caller: Calls) -> None:
    ben = caller(people.ben())
    asset_id = upload(ben, draft(ben)).json()["asset_id"]
    again = draft(ben)
    assert ben.post(f"images/{asset_id}/uses", post_id=again, alt="Noch einmal").status_code == 201
    assert [(one["asset_id"], one["alt"]) for one in ben.get(f"posts/{again}").json()["images"]] == [
        (asset_id, "Noch einmal")
    ]
    assert ben.post(f"images/{asset_id}/uses", post_id=999_999).status_code == 404


def test_a_licence_is_recorded_as_in_the_page(caller: Calls) -> None:
    ben = caller(people.ben())
    asset_id = upload(ben, draft(ben)).json()["asset_id"]
    path = f"images/{asset_id}/licence"
    refused = ben.patch(path, licence="bought")
    assert refused.status_code == 422
    assert refused.json()["hints"][0].startswith("source: Say where the image comes from")
    kept = ben.patch(path, licence="bought", source="Agentur Nord", ends_on="2099-12-31").json()
    assert (kept["licence"], kept["source"], kept["ends_on"]) == ("bought", "Agentur Nord", "2099-12-31")
    assert ben.patch(path, credit="Foto: Nord").json() == kept | {"credit": "Foto: Nord"}
    assert ben.get(f"images/{asset_id}").json()["credit"] == "Foto: Nord"


def test_the_image_of_another_post_is_not_this_ones(caller: Calls) -> None:
    ben = caller(people.ben())
    image = upload(ben, draft(ben)).json()
    other = draft(ben)
    assert ben.delete(f"posts/{other}/images/{image['id']}").status_code == 404
    assert ben.patch(f"posts/{other}/images/{image['id']}", alt="x").status_code == 404
