"""Addresses of the summary."""

from django.urls import path

from safemonth.summary import views

urlpatterns = [
    path("summaries", views.summaries, name="summaries"),
    path("summaries/make", views.summary_make, name="summary-make"),
    path("summaries/<int:number>", views.summary, name="summary"),
    path("summaries/<int:number>/<str:name>", views.summary_document, name="summary-document"),
    path("outlines/<str:language>", views.outline, name="outline"),
    path("outlines/<str:language>/file", views.outline_file, name="outline-file"),
]
