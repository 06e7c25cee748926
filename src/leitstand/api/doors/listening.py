"""Sources, queries and mentions."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.doors.posts import DECLINED
from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.shapes import MentionOut, QueryIn, QueryOut, SourceIn, SourceOut, Words
from leitstand.listening import add, queries

router = Router(tags=["listening"])


@router.get("/sources", response=list[SourceOut])
@paginate(Pages)
def list_sources(request: HttpRequest) -> Any:
    return queries.sources(caller(request, "read", "mention.view"))


@router.post("/sources", response={201: SourceOut, **DECLINED})
def create_source(request: HttpRequest, body: SourceIn) -> Any:
    """Adds a feed; it is read within a minute."""
    return Status(201, add.add(body.url, caller(request, "write", "source.edit"), body.title))


@router.delete("/sources/{source_id}", response={204: None, **DECLINED})
def remove_source(request: HttpRequest, source_id: int) -> Any:
    queries.source_for(caller(request, "write", "source.edit"), source_id).delete()
    return Status(204, None)


@router.get("/queries", response=list[QueryOut])
@paginate(Pages)
def list_queries(request: HttpRequest) -> Any:
    return queries.all_queries(caller(request, "read", "mention.view"))


@router.post("/queries", response={201: QueryOut, **DECLINED})
def create_query(request: HttpRequest, body: QueryIn) -> Any:
    person = caller(request, "write", "query.edit")
    return Status(201, add.new_query(body.name, body.text, person))


@router.get("/mentions", response=list[MentionOut])
@paginate(Pages)
def list_mentions(
    request: HttpRequest, q: Words = "", query: Words = "", tone: Words = "", language: Words = "", days: Words = ""
) -> Any:
    """Mentions, the newest first; `q` searches German and English stems."""
    filters = {"q": q, "query": query, "tone": tone, "language": language, "days": days}
    return queries.mentions(caller(request, "read", "mention.view"), filters)


@router.get("/mentions/{mention_id}", response={200: MentionOut, **DECLINED})
def read_mention(request: HttpRequest, mention_id: int) -> Any:
    return queries.mention_for(caller(request, "read", "mention.view"), mention_id)
