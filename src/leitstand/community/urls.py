"""Addresses of the community room."""

from django.urls import path

from leitstand.community.views import changes, inbox, settings

app_name = "community"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<int:conversation_id>/", inbox.conversation, name="conversation"),
    path("<int:conversation_id>/check/", inbox.check, name="check"),
    path("<int:conversation_id>/answer/", changes.answer, name="answer"),
    path("<int:conversation_id>/note/", changes.note, name="note"),
    path("<int:conversation_id>/assignment/", changes.assignment, name="assign"),
    path("<int:conversation_id>/kind/", changes.kind, name="kind"),
    path("<int:conversation_id>/close/", changes.closing, name="close"),
    path("<int:conversation_id>/close/end/", changes.reopening, name="reopen"),
    path("<int:conversation_id>/snooze/", changes.snooze, name="snooze"),
    path("messages/<int:message_id>/decision/", changes.decision, name="decision"),
    path("messages/<int:message_id>/withdrawal/", changes.withdrawal, name="take-back"),
    path("replies/", settings.replies, name="replies"),
    path("replies/<int:reply_id>/", settings.reply, name="reply"),
    path("replies/<int:reply_id>/remove/", settings.remove_reply, name="remove-reply"),
    path("targets/<str:kind>/", settings.target, name="target"),
]
