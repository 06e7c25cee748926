"""Addresses of the practice network."""

from django.urls import path

from leitstand.practice.views import api, pages

app_name = "practice"
urlpatterns = [
    path("", pages.home, name="home"),
    path("@<str:handle>/", pages.account, name="account"),
    path("@<str:handle>/access/ended/", pages.ending, name="end-access"),
    path("posts/<int:number>/", pages.post, name="post"),
    path("pictures/<int:number>/", pages.picture, name="picture"),
    path("api/v1/accounts", api.accounts, name="api-accounts"),
    path("api/v1/me", api.me, name="api-me"),
    path("api/v1/me/figures", api.my_figures, name="api-my-figures"),
    path("api/v1/media", api.media, name="api-media"),
    path("api/v1/posts", api.posts, name="api-posts"),
    path("api/v1/posts/<int:number>", api.post, name="api-post"),
    path("api/v1/posts/<int:number>/figures", api.post_figures, name="api-post-figures"),
    path("api/v1/inbox", api.inbox_page, name="api-inbox"),
]
