"""Posts, from the first word to the plan."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.problems import DECLINED
from leitstand.api.shapes.parts import NoteIn, Words
from leitstand.api.shapes.posts import (
    ApprovalIn,
    FindingOut,
    PlanIn,
    PostIn,
    PostOut,
    PostState,
    VersionIn,
    VersionOut,
)
from leitstand.api.shapes.publications import PublicationOut
from leitstand.channels import queries as channels
from leitstand.core.models import Person
from leitstand.publishing import approve, compose, gate, queries, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.times import exact
from leitstand.strategy import queries as goals

router = Router(tags=["publishing"])
EMPTY = {"consideration": "none", "ai": "none", "goal_id": None, "lowest_price": None}


@router.get("/posts", response={200: list[PostOut], **DECLINED})
@paginate(Pages)
def list_posts(request: HttpRequest, q: Words = "", state: PostState | None = None) -> Any:
    """Posts, the newest change first."""
    found = queries.posts(caller(request, "read", "post.view"), {"q": q, "state": state or ""})
    return found.prefetch_related("images")


@router.post("/posts", response={201: PostOut, **DECLINED})
def create_post(request: HttpRequest, body: PostIn) -> Any:
    """A new draft."""
    person = caller(request, "write", "post.write")
    return Status(201, _create(person, body))


@router.get("/posts/{post_id}", response={200: PostOut, **DECLINED})
def read_post(request: HttpRequest, post_id: int) -> Any:
    return queries.post_for(caller(request, "read", "post.view"), post_id)


@router.patch("/posts/{post_id}", response={200: PostOut, **DECLINED})
def change_post(request: HttpRequest, post_id: int, body: PostIn) -> Any:
    """Changes a post; with `revision` only if nobody changed it since."""
    person = caller(request, "write", "post.write")
    return _revise(queries.post_for(person, post_id), person, body)


@router.post("/posts/{post_id}/copies", response={201: PostOut, **DECLINED})
def copy_post(request: HttpRequest, post_id: int) -> Any:
    """A new draft with the same words, versions and images."""
    person = caller(request, "write", "post.write")
    return Status(201, compose.copy(queries.post_for(person, post_id), person))


@router.delete("/posts/{post_id}", response={204: None, **DECLINED})
def discard_post(request: HttpRequest, post_id: int) -> Any:
    """Hides a post that is neither planned nor published."""
    person = caller(request, "write", "post.write")
    compose.discard(queries.post_for(person, post_id), person)
    return Status(204, None)


@router.post("/posts/{post_id}/restoration", response={200: PostOut, **DECLINED})
def restore_post(request: HttpRequest, post_id: int) -> Any:
    """Brings a discarded post back."""
    person = caller(request, "write", "post.write")
    compose.restore(queries.post_for(person, post_id), person)
    return queries.post_for(person, post_id)


@transaction.atomic
def _create(person: Person, body: PostIn) -> Any:
    return _revise(compose.start(person, body.language), person, body)


def _revise(post: Any, person: Person, body: PostIn) -> Any:
    """Changes what is named. It must be there: a goal or channel that is not is 404."""
    if body.goal_id is not None:
        goals.goal_for(person, body.goal_id)
    given = body.model_dump(exclude_unset=True, include={*compose.WORDS, *compose.LEGAL})
    facts = {name: EMPTY.get(name, "") if value is None else value for name, value in given.items()}
    versions = list(_versions(post, person, body.versions)) if "versions" in body.model_fields_set else None
    return compose.revise(post, compose.Change(facts, versions), person, body.revision)


def _versions(post: Any, person: Person, wanted: list[VersionIn]) -> Iterator[compose.VersionChange]:
    """Each as it is, changed by what is named."""
    known = {one.channel_id: VersionOut.from_orm(one).model_dump() for one in post.versions.all()}
    for one in wanted:
        channel_id = channels.channel_for(person, one.channel_id).pk
        yield compose.VersionChange(**known.get(channel_id, {}) | one.model_dump(exclude_unset=True))


@router.get("/posts/{post_id}/findings", response={200: list[FindingOut], **DECLINED})
def read_findings(request: HttpRequest, post_id: int) -> Any:
    """What the rules say, per channel."""
    post = queries.post_for(caller(request, "read", "post.view"), post_id)
    return [
        {"channel_id": channel_id, "rule": one.rule, "severity": one.severity, "say": str(one.say)}
        | {"remedy": str(one.remedy), "reference": one.reference, "words": one.words}
        for channel_id, verdict in gate.judge(post).items()
        for one in verdict.findings
    ]


@router.post("/posts/{post_id}/submission", response={200: PostOut, **DECLINED})
def submit_post(request: HttpRequest, post_id: int) -> Any:
    person = caller(request, "write", "post.write")
    approve.submit(queries.post_for(person, post_id), person)
    return queries.post_for(person, post_id)


@router.get("/posts/{post_id}/fingerprint", response={200: dict[str, str], **DECLINED})
def read_fingerprint(request: HttpRequest, post_id: int) -> Any:
    """The hash an approval is bound to."""
    return {"fingerprint": fingerprint(queries.post_for(caller(request, "read", "post.view"), post_id))}


@router.post("/posts/{post_id}/approval", response={200: PostOut, **DECLINED})
def approve_post(request: HttpRequest, post_id: int, body: ApprovalIn) -> Any:
    person = caller(request, "publish", "post.approve")
    approve.approve(queries.post_for(person, post_id), person, body.seen, body.note)
    return queries.post_for(person, post_id)


@router.post("/posts/{post_id}/return", response={200: PostOut, **DECLINED})
def send_back_post(request: HttpRequest, post_id: int, body: NoteIn) -> Any:
    """Says no, with a note for the author; what is planned of it stops."""
    person = caller(request, "publish", "post.approve")
    approve.send_back(queries.post_for(person, post_id), person, body.note)
    return queries.post_for(person, post_id)


@router.post("/posts/{post_id}/plan", response={200: list[PublicationOut], **DECLINED})
def plan_post(request: HttpRequest, post_id: int, body: PlanIn) -> Any:
    """Schedules an approved post on all its channels, and moves what is planned. The same call again changes nothing.

    A time without an offset is the company's; in an hour that is missing or comes twice it is declined.
    """
    person = caller(request, "publish", "post.schedule")
    post = queries.post_for(person, post_id)
    return schedule.plan(post, exact(body.at) if body.at else timezone.now(), person)
