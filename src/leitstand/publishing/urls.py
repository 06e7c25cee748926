"""Addresses of publishing."""

from django.urls import path

from leitstand.publishing.views import calendar, compose, decisions, drag, images, posts, publications

app_name = "publishing"
urlpatterns = [
    path("", posts.posts, name="posts"),
    path("new/", posts.begin, name="begin"),
    path("posts/<int:post_id>/", compose.post, name="post"),
    path("posts/<int:post_id>/draft/", compose.draft, name="draft"),
    path("posts/<int:post_id>/progress/", compose.progress, name="progress"),
    path("posts/<int:post_id>/copy/", posts.copy, name="copy"),
    path("posts/<int:post_id>/discard/", posts.discard, name="discard"),
    path("posts/<int:post_id>/restore/", posts.restore, name="restore"),
    path("posts/<int:post_id>/images/", images.upload, name="upload"),
    path("posts/<int:post_id>/images/choose/<int:asset_id>/", images.choose, name="choose"),
    path("posts/<int:post_id>/images/<int:image_id>/remove/", images.remove, name="remove-image"),
    path("posts/<int:post_id>/submission/", decisions.submission, name="submission"),
    path("posts/<int:post_id>/approval/", decisions.approval, name="approval"),
    path("posts/<int:post_id>/return/", decisions.sending_back, name="return"),
    path("posts/<int:post_id>/plan/", decisions.plan, name="plan"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/entries/", calendar.entries, name="entries"),
    path("calendar/<int:publication_id>/drag/", drag.drag, name="drag"),
    path("queue/", calendar.queue, name="queue"),
    path("hold/", calendar.holding, name="hold"),
    path("hold/end/", calendar.resuming, name="resume"),
    path("policy/", calendar.policy, name="policy"),
    path("publications/<int:publication_id>/", publications.publication, name="publication"),
    path("publications/<int:publication_id>/move/", publications.moving, name="move"),
    path("publications/<int:publication_id>/cancel/", publications.cancelling, name="cancel"),
    path("publications/<int:publication_id>/decision/", publications.decision, name="decision"),
    path("publications/<int:publication_id>/edit/", publications.editing, name="edit"),
    path("publications/<int:publication_id>/delete/", publications.deletion, name="delete"),
    path("publications/<int:publication_id>/figures/", publications.figures, name="figures"),
    path("images/", images.assets, name="assets"),
    path("images/<int:asset_id>/", images.asset, name="asset"),
    path("images/<int:asset_id>/file/", images.file, name="file"),
]
