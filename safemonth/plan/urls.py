"""Addresses of the plan."""

from django.urls import path

from safemonth.plan import views

urlpatterns = [
    path("plan", views.plan, name="plan"),
    path("plan/notices", views.notices, name="notices"),
    path("plan/tasks/<slug:code>", views.task, name="task"),
]
