"""What happens in the community, for the diary and the rooms above."""

from django.utils.translation import gettext_lazy as _

from leitstand.core.events import event


@event("community.conversation_opened", _("Conversation opened"))
class ConversationOpened:
    conversation_id: int


@event("community.conversation_assigned", _("Conversation assigned"))
class ConversationAssigned:
    conversation_id: int
    person_id: int


@event("community.conversation_given_back", _("Conversation given back"))
class ConversationGivenBack:
    conversation_id: int
    person_id: int


@event("community.answer_sent", _("Answer sent"))
class AnswerSent:
    message_id: int
    conversation_id: int


@event("community.answered_there", _("Answered on the network itself"))
class AnsweredThere:
    message_id: int
    conversation_id: int


@event("community.answer_failed", _("Answer not sent"))
class AnswerFailed:
    message_id: int
    reason: str


@event("community.conversation_closed", _("Conversation closed"))
class ConversationClosed:
    conversation_id: int


@event("community.conversation_reopened", _("Conversation reopened"))
class ConversationReopened:
    conversation_id: int


@event("community.conversation_snoozed", _("Conversation snoozed"))
class ConversationSnoozed:
    conversation_id: int
    until: str
