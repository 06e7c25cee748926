"""Addresses of the top floor."""

from django.urls import path

from leitstand.web.views import demo, home, machines, search, setup, welcome

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("today/", home.todo, name="today"),
    path("search/", search.results, name="search"),
    path("demo/", demo.demo, name="demo"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/demo/", welcome.demo, name="welcome-demo"),
    path("welcome/demo/loading/", welcome.demo_loading, name="welcome-demo-loading"),
    path("welcome/you/", welcome.you, name="welcome-you"),
    path("welcome/company/", setup.company, name="welcome-company"),
    path("welcome/hours/", setup.hours, name="welcome-hours"),
    path("welcome/network/", setup.network, name="welcome-network"),
    path("welcome/goal/", setup.goal, name="welcome-goal"),
    path("welcome/done/", setup.done, name="welcome-done"),
    path("healthz", machines.healthz, name="health"),
    path("favicon.ico", machines.favicon, name="favicon"),
]
