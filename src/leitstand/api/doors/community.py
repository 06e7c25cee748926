"""Conversations and answers."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.problems import DECLINED
from leitstand.api.shapes.community import (
    AgentOut,
    AnswerIn,
    ArrivalIn,
    AssignmentIn,
    ConversationOut,
    ConversationState,
    Kind,
    KindIn,
    MessageOut,
    SnoozeIn,
)
from leitstand.api.shapes.parts import NoteIn, RowNumber, Words
from leitstand.community import answer, assign, queries, settle
from leitstand.publishing.times import exact

router = Router(tags=["community"])


@router.get("/conversations", response={200: list[ConversationOut], **DECLINED})
@paginate(Pages)
def list_conversations(
    request: HttpRequest,
    state: Literal[ConversationState, "all"] = "open",
    who: Literal["mine", "nobody"] | None = None,
    kind: Kind | None = None,
    q: Words = "",
) -> Any:
    """Conversations, the most urgent first."""
    filters = {"state": state, "who": who or "", "kind": kind or "", "q": q}
    return queries.conversations(caller(request, "read", "conversation.view"), filters)


@router.get("/conversations/{conversation_id}", response={200: ConversationOut, **DECLINED})
def read_conversation(request: HttpRequest, conversation_id: int) -> Any:
    return queries.conversation_for(caller(request, "read", "conversation.view"), conversation_id)


@router.get("/conversations/{conversation_id}/messages", response={200: list[MessageOut], **DECLINED})
def read_messages(request: HttpRequest, conversation_id: int) -> Any:
    return list(queries.conversation_for(caller(request, "read", "conversation.view"), conversation_id).messages.all())


@router.post("/conversations/{conversation_id}/answers", response={201: MessageOut, **DECLINED})
def create_answer(request: HttpRequest, conversation_id: int, body: AnswerIn) -> Any:
    """Sends an answer through the same gate as the page; what a rule questions goes out with `looked` only."""
    person = caller(request, "write", "conversation.answer")
    found = queries.conversation_for(person, conversation_id)
    return Status(201, answer.answer(found, body.text, person, body.seen, body.looked))


@router.post("/conversations/{conversation_id}/closing", response={200: ConversationOut, **DECLINED})
def close_conversation(request: HttpRequest, conversation_id: int, seen: RowNumber | None = None) -> Any:
    """With `seen`, the number of the newest message you have read, only if nothing came in since."""
    person = caller(request, "write", "conversation.answer")
    settle.close(queries.conversation_for(person, conversation_id), person, seen)
    return queries.conversation_for(person, conversation_id)


@router.delete("/conversations/{conversation_id}/closing", response={200: ConversationOut, **DECLINED})
def reopen_conversation(request: HttpRequest, conversation_id: int) -> Any:
    """Opens it again."""
    person = caller(request, "write", "conversation.answer")
    settle.reopen(queries.conversation_for(person, conversation_id), person)
    return queries.conversation_for(person, conversation_id)


@router.post("/conversations/{conversation_id}/notes", response={201: MessageOut, **DECLINED})
def create_note(request: HttpRequest, conversation_id: int, body: NoteIn) -> Any:
    """A note among colleagues."""
    person = caller(request, "write", "conversation.answer")
    return Status(201, answer.note(queries.conversation_for(person, conversation_id), body.note, person))


@router.post("/conversations/{conversation_id}/snooze", response={200: ConversationOut, **DECLINED})
def snooze_conversation(request: HttpRequest, conversation_id: int, body: SnoozeIn) -> Any:
    """Out of sight until then; the clock goes on."""
    person = caller(request, "write", "conversation.answer")
    settle.snooze(queries.conversation_for(person, conversation_id), exact(body.until), person)
    return queries.conversation_for(person, conversation_id)


@router.put("/conversations/{conversation_id}/kind", response={200: ConversationOut, **DECLINED})
def change_kind(request: HttpRequest, conversation_id: int, body: KindIn) -> Any:
    person = caller(request, "write", "conversation.answer")
    settle.change_kind(queries.conversation_for(person, conversation_id), body.kind)
    return queries.conversation_for(person, conversation_id)


@router.post("/messages/{message_id}/decision", response={200: MessageOut, **DECLINED})
def decide_message(request: HttpRequest, message_id: int, body: ArrivalIn) -> Any:
    """The word of somebody who has looked at the network, about an answer that is unsure or failed."""
    person = caller(request, "write", "conversation.answer")
    answer.decide(queries.message_for(person, message_id), body.arrived, person, body.seen)
    return queries.message_for(person, message_id)


@router.delete("/messages/{message_id}", response={200: MessageOut, **DECLINED})
def take_back_message(request: HttpRequest, message_id: int) -> Any:
    """An answer that still waits is not sent."""
    person = caller(request, "write", "conversation.answer")
    answer.take_back(queries.message_for(person, message_id), person)
    return queries.message_for(person, message_id)


@router.get("/agents", response={200: list[AgentOut], **DECLINED})
def list_agents(request: HttpRequest) -> Any:
    """Who may answer, and so take care of a conversation."""
    caller(request, "read", "conversation.view")
    return queries.agents()


@router.post("/conversations/{conversation_id}/assignment", response={200: ConversationOut, **DECLINED})
def assign_conversation(request: HttpRequest, conversation_id: int, body: AssignmentIn) -> Any:
    """Gives it to somebody who may answer, or to nobody."""
    person = caller(request, "write", "conversation.answer")
    taker = next((one for one in queries.agents() if one.pk == body.person_id), None)
    if taker is None and body.person_id is not None:
        raise Http404
    assign.assign(queries.conversation_for(person, conversation_id), taker, person)
    return queries.conversation_for(person, conversation_id)
