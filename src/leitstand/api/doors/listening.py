"""Sources, queries and mentions."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.filled import filled
from leitstand.api.paging import Pages
from leitstand.api.problems import DECLINED
from leitstand.api.shapes.listening import (
    MentionOut,
    QueryChangeIn,
    QueryIn,
    QueryOut,
    SourceIn,
    SourceOut,
    Tone,
    ToneIn,
)
from leitstand.api.shapes.parts import Words
from leitstand.listening import add, correct, queries
from leitstand.listening.forms import QueryForm

router = Router(tags=["listening"])


@router.get("/sources", response={200: list[SourceOut], **DECLINED})
@paginate(Pages)
def list_sources(request: HttpRequest) -> Any:
    return queries.sources(caller(request, "read", "mention.view"))


@router.post("/sources", response={201: SourceOut, **DECLINED})
def create_source(request: HttpRequest, body: SourceIn) -> Any:
    """Adds a feed; it is read within a minute."""
    return Status(201, add.add(body.url, caller(request, "write", "source.edit"), body.title))


@router.get("/sources/{source_id}", response={200: SourceOut, **DECLINED})
def read_source(request: HttpRequest, source_id: int) -> Any:
    return queries.source_for(caller(request, "read", "mention.view"), source_id)


@router.post("/sources/{source_id}/pause", response={200: SourceOut, **DECLINED})
def pause_source(request: HttpRequest, source_id: int) -> Any:
    """It is not read until the pause ends."""
    person = caller(request, "write", "source.edit")
    add.pause(queries.source_for(person, source_id), person)
    return queries.source_for(person, source_id)


@router.delete("/sources/{source_id}/pause", response={200: SourceOut, **DECLINED})
def resume_source(request: HttpRequest, source_id: int) -> Any:
    """It is read again, from now on."""
    person = caller(request, "write", "source.edit")
    add.resume(queries.source_for(person, source_id), person)
    return queries.source_for(person, source_id)


@router.delete("/sources/{source_id}", response={204: None, **DECLINED})
def remove_source(request: HttpRequest, source_id: int) -> Any:
    """Takes the source away together with its mentions."""
    person = caller(request, "write", "source.edit")
    add.remove(queries.source_for(person, source_id), person)
    return Status(204, None)


@router.get("/queries", response={200: list[QueryOut], **DECLINED})
@paginate(Pages)
def list_queries(request: HttpRequest) -> Any:
    return queries.all_queries(caller(request, "read", "mention.view"))


@router.post("/queries", response={201: QueryOut, **DECLINED})
def create_query(request: HttpRequest, body: QueryIn) -> Any:
    """Adds a query; stored mentions are searched for it in the background."""
    person = caller(request, "write", "query.edit")
    return Status(201, add.new_query(body.name, body.text, person))


@router.get("/queries/{query_id}", response={200: QueryOut, **DECLINED})
def read_query(request: HttpRequest, query_id: int) -> Any:
    return queries.query_for(caller(request, "read", "mention.view"), query_id)


@router.patch("/queries/{query_id}", response={200: QueryOut, **DECLINED})
def change_query(request: HttpRequest, query_id: int, body: QueryChangeIn) -> Any:
    """Changes a query; with new words stored mentions are searched for it in the background."""
    person = caller(request, "write", "query.edit")
    found = queries.query_for(person, query_id)
    add.save_query(filled(QueryForm, body.model_dump(exclude_unset=True), found), person)
    return queries.query_for(person, query_id)


@router.delete("/queries/{query_id}", response={204: None, **DECLINED})
def remove_query(request: HttpRequest, query_id: int) -> Any:
    """Takes the query away; what it found stays."""
    person = caller(request, "write", "query.edit")
    add.remove_query(queries.query_for(person, query_id), person)
    return Status(204, None)


@router.get("/mentions", response={200: list[MentionOut], **DECLINED})
@paginate(Pages)
def list_mentions(
    request: HttpRequest,
    q: Words = "",
    query: int | None = None,
    tone: Tone | None = None,
    language: Words = "",
    days: Literal["1", "7", "30", "90"] | None = None,
) -> Any:
    """Mentions, the newest first; `q` searches German and English stems."""
    chosen = {"query": "" if query is None else str(query), "tone": tone or "", "days": days or ""}
    filters = {"q": q, "language": language} | chosen
    return queries.mentions(caller(request, "read", "mention.view"), filters)


@router.get("/mentions/{mention_id}", response={200: MentionOut, **DECLINED})
def read_mention(request: HttpRequest, mention_id: int) -> Any:
    return queries.mention_for(caller(request, "read", "mention.view"), mention_id)


@router.put("/mentions/{mention_id}/tone", response={200: MentionOut, **DECLINED})
def correct_tone(request: HttpRequest, mention_id: int, body: ToneIn) -> Any:
    """People know better than the first judgement."""
    person = caller(request, "write", "mention.judge")
    correct.correct_tone(queries.mention_for(person, mention_id), body.tone, person)
    return queries.mention_for(person, mention_id)


@router.post("/mentions/{mention_id}/handover", response={200: MentionOut, **DECLINED})
def hand_over_mention(request: HttpRequest, mention_id: int) -> Any:
    """Gives it to the community, where it becomes a conversation; once, however often it is called."""
    person = caller(request, "write", "mention.judge")
    correct.hand_over(queries.mention_for(person, mention_id), person)
    return queries.mention_for(person, mention_id)
