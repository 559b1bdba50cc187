"""Addresses of objections."""

from django.urls import path

from safemonth.appraisal.objections import views

urlpatterns = [
    path("appraisal/objections", views.objections, name="objections"),
    path("appraisal/units/<str:code>/object", views.score_object, name="score-object"),
    path("appraisal/objections/<int:pk>/answer", views.objection_answer, name="objection-answer"),
]
