"""Addresses of activities."""

from django.urls import path

from safemonth.collect.activities import views

urlpatterns = [
    path("activities", views.activities, name="activities"),
    path("activities/<int:pk>", views.activity, name="activity"),
    path("activities/<int:pk>/correct", views.activity_correct, name="activity-correct"),
]
