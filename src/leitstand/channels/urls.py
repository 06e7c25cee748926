"""Addresses of channels."""

from django.urls import path

from leitstand.channels.views import changes, connect, list

app_name = "channels"
urlpatterns = [
    path("", list.channels, name="channels"),
    path("connect/", connect.choose, name="choose"),
    path("connect/<slug:slug>/", connect.connect, name="connect"),
    path("<int:channel_id>/", list.channel, name="channel"),
    path("<int:channel_id>/connected/", connect.connected, name="connected"),
    path("<int:channel_id>/reconnect/", connect.reconnect, name="reconnect"),
    path("<int:channel_id>/check/", changes.check_now, name="check"),
    path("<int:channel_id>/imprint/", changes.imprint, name="imprint"),
    path("<int:channel_id>/pause/", changes.pausing, name="pause"),
    path("<int:channel_id>/pause/end/", changes.resuming, name="resume"),
    path("<int:channel_id>/disconnect/", changes.disconnecting, name="disconnect"),
]
