"""Conversations and answers."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.doors.posts import DECLINED
from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.shapes import AnswerIn, ConversationOut, MessageOut, Words
from leitstand.community import answer, queries, settle

router = Router(tags=["community"])


@router.get("/conversations", response=list[ConversationOut])
@paginate(Pages)
def list_conversations(
    request: HttpRequest, state: Words = "open", who: Words = "", kind: Words = "", q: Words = ""
) -> Any:
    """Conversations, the most urgent first."""
    filters = {"state": state, "who": who, "kind": kind, "q": q}
    return queries.conversations(caller(request, "read", "conversation.view"), filters)


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
def close_conversation(request: HttpRequest, conversation_id: int) -> Any:
    person = caller(request, "write", "conversation.answer")
    settle.close(queries.conversation_for(person, conversation_id), person)
    return queries.conversation_for(person, conversation_id)
