"""Addresses of strategy."""

from django.urls import path

from leitstand.strategy.views import goals

app_name = "strategy"
urlpatterns = [
    path("", goals.goals, name="goals"),
    path("new/", goals.new, name="new"),
    path("<int:goal_id>/", goals.goal, name="goal"),
    path("<int:goal_id>/edit/", goals.edit, name="edit"),
    path("<int:goal_id>/readings/", goals.reading, name="reading"),
    path("<int:goal_id>/readings/import/", goals.importing, name="import"),
    path("<int:goal_id>/readings.csv", goals.export, name="export"),
    path("<int:goal_id>/reviews/", goals.review, name="review"),
    path("readings/<int:reading_id>/take-back/", goals.take_back, name="take-back"),
    path("readings/<int:reading_id>/put-back/", goals.put_back, name="put-back"),
]
