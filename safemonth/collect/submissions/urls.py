"""Addresses of what arrived, as bytes."""

from django.urls import path

from safemonth.collect.submissions import views

urlpatterns = [path("submissions/<int:pk>/file", views.submission_file, name="submission-file")]
