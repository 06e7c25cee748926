"""Addresses of listening."""

from django.urls import path

from leitstand.listening.views import mentions, queries, sources

app_name = "listening"
urlpatterns = [
    path("", mentions.mentions, name="mentions"),
    path("mentions.csv", mentions.export, name="export"),
    path("mentions/<int:mention_id>/", mentions.mention, name="mention"),
    path("mentions/<int:mention_id>/tone/", mentions.tone, name="tone"),
    path("mentions/<int:mention_id>/hand-over/", mentions.hand_over, name="hand-over"),
    path("queries/", queries.queries, name="queries"),
    path("queries/new/", queries.query, name="new-query"),
    path("queries/trial/", queries.trial, name="trial"),
    path("queries/<int:query_id>/", queries.query, name="query"),
    path("queries/<int:query_id>/remove/", queries.remove, name="remove-query"),
    path("sources/", sources.sources, name="sources"),
    path("sources/find/", sources.find, name="find"),
    path("sources/add/", sources.add, name="add"),
    path("sources/import/", sources.import_opml, name="import"),
    path("sources/export.opml", sources.export_opml, name="export-opml"),
    path("sources/<int:source_id>/pause/", sources.pause, name="pause"),
    path("sources/<int:source_id>/pause/end/", sources.resume, name="resume"),
    path("sources/<int:source_id>/read/", sources.read_now, name="read"),
    path("sources/<int:source_id>/remove/", sources.remove, name="remove"),
]
