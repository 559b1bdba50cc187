"""Addresses of the appraisal, topic by topic."""

from django.urls import include, path

from safemonth.appraisal import views

urlpatterns = [
    path("appraisal", views.appraisal, name="appraisal"),
    path("appraisal/units/<str:code>", views.unit_score, name="unit-score"),
    path("", include("safemonth.appraisal.sheets.urls")),
    path("", include("safemonth.appraisal.scoring.urls")),
    path("", include("safemonth.appraisal.objections.urls")),
    path("", include("safemonth.appraisal.lists.urls")),
]
