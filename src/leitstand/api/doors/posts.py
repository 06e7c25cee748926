"""Channels, posts and publications."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.shapes import (
    ApprovalIn,
    ChannelOut,
    FindingOut,
    PlanIn,
    PostIn,
    PostOut,
    Problem,
    PublicationOut,
    Words,
)
from leitstand.channels import queries as channels
from leitstand.core.models import Person
from leitstand.publishing import approve, compose, gate, queries, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.times import exact
from leitstand.strategy import queries as goals

router = Router(tags=["publishing"])
DECLINED = {403: Problem, 404: Problem, 409: Problem, 422: Problem}


@router.get("/channels", response=list[ChannelOut])
@paginate(Pages)
def list_channels(request: HttpRequest) -> Any:
    """Our accounts on networks."""
    return channels.channels(caller(request, "read", "channel.view"))


@router.get("/posts", response=list[PostOut])
@paginate(Pages)
def list_posts(request: HttpRequest, q: Words = "", state: Words = "") -> Any:
    """Posts, the newest change first."""
    return queries.posts(caller(request, "read", "post.view"), {"q": q, "state": state})


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
    return compose.revise(queries.post_for(person, post_id), _change(person, body), person, body.revision)


@transaction.atomic
def _create(person: Person, body: PostIn) -> Any:
    return compose.revise(compose.start(person, body.language or "de"), _change(person, body), person)


def _change(person: Person, body: PostIn) -> compose.Change:
    """What is named must be there: a goal or channel that is not is 404."""
    if body.goal_id is not None:
        goals.goal_for(person, body.goal_id)
    for version in body.versions or ():
        channels.channel_for(person, version.channel_id)
    given = body.dict(exclude_unset=True)
    facts = {
        name: value for name, value in given.items() if name in compose.WORDS + compose.LEGAL and value is not None
    }
    versions = None if body.versions is None else [compose.VersionChange(**one.dict()) for one in body.versions]
    return compose.Change(facts, versions)


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


@router.post("/posts/{post_id}/plan", response={200: list[PublicationOut], **DECLINED})
def plan_post(request: HttpRequest, post_id: int, body: PlanIn) -> Any:
    """Schedules an approved post on all its channels. The same call again changes nothing.

    A time without an offset is the company's; in an hour that is missing or comes twice it is declined.
    """
    person = caller(request, "publish", "post.schedule")
    post = queries.post_for(person, post_id)
    return schedule.plan(post, exact(body.at) if body.at else timezone.now(), person)


@router.get("/publications", response=list[PublicationOut])
@paginate(Pages)
def list_publications(request: HttpRequest, state: Words = "", channel: Words = "") -> Any:
    """What is planned, went out or did not."""
    return queries.publications(caller(request, "read", "post.view"), {"state": state, "channel": channel})


@router.get("/publications/{publication_id}", response={200: PublicationOut, **DECLINED})
def read_publication(request: HttpRequest, publication_id: int) -> Any:
    """One publication with its proof, or the reason why it did not go out."""
    return queries.publication_for(caller(request, "read", "post.view"), publication_id)


@router.post("/publications/{publication_id}/cancellation", response={200: PublicationOut, **DECLINED})
def cancel_publication(request: HttpRequest, publication_id: int) -> Any:
    person = caller(request, "publish", "post.schedule")
    schedule.cancel(queries.publication_for(person, publication_id), person)
    return queries.publication_for(person, publication_id)
