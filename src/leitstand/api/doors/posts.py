"""Channels, posts and publications."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.pagination import LimitOffsetPagination, paginate

from leitstand.api.entry import caller
from leitstand.api.shapes import (
    ApprovalIn,
    ChannelOut,
    FindingOut,
    PlanIn,
    PostIn,
    PostOut,
    Problem,
    PublicationOut,
)
from leitstand.channels import queries as channels
from leitstand.core.clock import local_to_utc
from leitstand.publishing import approve, compose, gate, queries, schedule
from leitstand.publishing.content import fingerprint

router = Router(tags=["publishing"])
DECLINED = {403: Problem, 404: Problem, 409: Problem, 422: Problem}


@router.get("/channels", response=list[ChannelOut])
@paginate(LimitOffsetPagination)
def list_channels(request: HttpRequest) -> Any:
    """Our accounts on networks."""
    return channels.channels(caller(request, "read", "channel.view"))


@router.get("/posts", response=list[PostOut])
@paginate(LimitOffsetPagination)
def list_posts(request: HttpRequest, q: str = "", state: str = "") -> Any:
    """Posts, the newest change first."""
    return queries.posts(caller(request, "read", "post.view"), {"q": q, "state": state})


@router.post("/posts", response={201: PostOut, **DECLINED})
def create_post(request: HttpRequest, body: PostIn) -> Any:
    """A new draft."""
    person = caller(request, "write", "post.write")
    return 201, compose.revise(compose.start(person, body.language or "de"), _change(body))


@router.get("/posts/{post_id}", response={200: PostOut, **DECLINED})
def read_post(request: HttpRequest, post_id: int) -> Any:
    return queries.post_for(caller(request, "read", "post.view"), post_id)


@router.patch("/posts/{post_id}", response={200: PostOut, **DECLINED})
def change_post(request: HttpRequest, post_id: int, body: PostIn) -> Any:
    """Changes a post; with `revision` only if nobody changed it since."""
    post = queries.post_for(caller(request, "write", "post.write"), post_id)
    return compose.revise(post, _change(body), body.revision)


def _change(body: PostIn) -> compose.Change:
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
    """Schedules an approved post on all its channels. The same call again changes nothing."""
    person = caller(request, "publish", "post.schedule")
    when = body.at or timezone.now()
    aware = when if when.tzinfo else local_to_utc(when).utc
    made = schedule.plan(queries.post_for(person, post_id), aware, person)
    return [publication_shape(one) for one in made]


@router.get("/publications", response=list[PublicationOut])
@paginate(LimitOffsetPagination)
def list_publications(request: HttpRequest, state: str = "", channel: str = "") -> Any:
    found = queries.publications(caller(request, "read", "post.view"), {"state": state, "channel": channel})
    return [publication_shape(one) for one in found[:5_000]]


@router.get("/publications/{publication_id}", response={200: PublicationOut, **DECLINED})
def read_publication(request: HttpRequest, publication_id: int) -> Any:
    """One publication with its proof, or the reason why it did not go out."""
    return publication_shape(queries.publication_for(caller(request, "read", "post.view"), publication_id))


@router.post("/publications/{publication_id}/cancellation", response={200: PublicationOut, **DECLINED})
def cancel_publication(request: HttpRequest, publication_id: int) -> Any:
    person = caller(request, "publish", "post.schedule")
    schedule.cancel(queries.publication_for(person, publication_id), person)
    return publication_shape(queries.publication_for(person, publication_id))


def publication_shape(one: Any) -> dict[str, Any]:
    names = ("id", "channel_id", "state", "planned_for", "due_at", "published_at", "url", "remote_id")
    return {name: getattr(one, name) for name in names} | {"post_id": one.version.post_id, "reason": one.say}
