"""Publications: what is planned, went out or did not; and the hold that stops them all."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.problems import DECLINED
from leitstand.api.shapes.posts import PlanIn
from leitstand.api.shapes.publications import (
    DecisionIn,
    HoldIn,
    HoldOut,
    MissedOut,
    PublicationOut,
    PublicationState,
)
from leitstand.publishing import amend, gate, hold, queries, schedule, settle
from leitstand.publishing.times import exact

router = Router(tags=["publications"])


@router.get("/publications", response={200: list[PublicationOut], **DECLINED})
@paginate(Pages)
def list_publications(
    request: HttpRequest,
    state: Literal[PublicationState, "open"] | None = None,
    channel: int | None = None,
    post: int | None = None,
) -> Any:
    """What is planned, went out or did not. `state=open`: what is not out yet."""
    filters = {"state": state or "", "channel": "" if channel is None else str(channel)}
    found = queries.publications(caller(request, "read", "post.view"), filters)
    return found if post is None else found.filter(version__post_id=post)


@router.get("/publications/{publication_id}", response={200: PublicationOut, **DECLINED})
def read_publication(request: HttpRequest, publication_id: int) -> Any:
    """One publication with its proof, or the reason why it did not go out."""
    return queries.publication_for(caller(request, "read", "post.view"), publication_id)


@router.post("/publications/{publication_id}/plan", response={200: PublicationOut, **DECLINED})
def move_publication(request: HttpRequest, publication_id: int, body: PlanIn) -> Any:
    """Another time, or now; with the new words where the post was changed and approved since."""
    person = caller(request, "publish", "post.schedule")
    found = queries.publication_for(person, publication_id)
    step = schedule.adopt_content if gate.stale(found) else schedule.move
    step(found, exact(body.at) if body.at else timezone.now(), person)
    return queries.publication_for(person, publication_id)


@router.post("/publications/{publication_id}/cancellation", response={200: PublicationOut, **DECLINED})
def cancel_publication(request: HttpRequest, publication_id: int) -> Any:
    person = caller(request, "publish", "post.schedule")
    schedule.cancel(queries.publication_for(person, publication_id), person)
    return queries.publication_for(person, publication_id)


@router.post("/publications/{publication_id}/decision", response={200: PublicationOut, **DECLINED})
def decide_publication(request: HttpRequest, publication_id: int, body: DecisionIn) -> Any:
    """The word of somebody who has looked at the network, about a publication that is unsure."""
    person = caller(request, "publish", "post.schedule")
    settle.decide(queries.publication_for(person, publication_id), body.decision, person, body.url)
    return queries.publication_for(person, publication_id)


@router.post("/publications/{publication_id}/amendment", response={200: PublicationOut, **DECLINED})
def amend_publication(request: HttpRequest, publication_id: int) -> Any:
    """Puts the post's present, approved words on the network in place of the old ones, where the network can."""
    person = caller(request, "publish", "post.schedule")
    amend.edit(queries.publication_for(person, publication_id), person)
    return queries.publication_for(person, publication_id)


@router.delete("/publications/{publication_id}", response={200: PublicationOut, **DECLINED})
def delete_publication(request: HttpRequest, publication_id: int) -> Any:
    """Takes the post down on the network, where the network can; what was published is remembered here."""
    person = caller(request, "publish", "post.schedule")
    amend.delete(queries.publication_for(person, publication_id), person)
    return queries.publication_for(person, publication_id)


@router.get("/hold", response={200: HoldOut, **DECLINED})
def read_hold(request: HttpRequest) -> Any:
    """Whether publishing is on hold: nothing goes out meanwhile."""
    caller(request, "read", "post.view")
    return _hold()


@router.post("/hold", response={200: HoldOut, **DECLINED})
def begin_hold(request: HttpRequest, body: HoldIn) -> Any:
    """Stops everything that would go out, at once. A hold that is there already stays as it is."""
    hold.hold(body.reason, caller(request, "publish", "post.hold"))
    return _hold()


@router.delete("/hold", response={200: MissedOut, **DECLINED})
def end_hold(request: HttpRequest) -> Any:
    """Publishing goes on; what missed its time is not sent by itself."""
    return {"missed": hold.resume(caller(request, "publish", "post.hold"))}


def _hold() -> dict[str, Any]:
    found = hold.current()
    return {"is_held": True, "reason": found.reason, "started_at": found.started_at} if found else {"is_held": False}
