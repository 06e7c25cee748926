"""Tables of the community room."""

from leitstand.community.models.conversation import Assignment, Conversation, Typing
from leitstand.community.models.message import Message
from leitstand.community.models.settings import ResponseTarget, SavedReply

__all__ = ["Assignment", "Conversation", "Message", "ResponseTarget", "SavedReply", "Typing"]
