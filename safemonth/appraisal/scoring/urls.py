"""Addresses of scores."""

from django.urls import path

from safemonth.appraisal.scoring import views

urlpatterns = [
    path("appraisal/score", views.score_run, name="score-run"),
    path("appraisal/publish", views.score_publish, name="score-publish"),
    path("appraisal/notes", views.score_notes, name="score-notes"),
    path("appraisal/judge", views.score_judge, name="score-judge"),
    path("appraisal/excuse", views.score_excuse, name="score-excuse"),
    path("appraisal/excuses/<int:pk>/withdraw", views.score_excuse_withdraw, name="score-excuse-withdraw"),
]
