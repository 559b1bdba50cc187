"""Addresses of figures."""

from django.urls import path

from safemonth.figures import views

urlpatterns = [
    path("figures", views.figures, name="figures"),
    path("checks", views.checks, name="checks"),
    path("figures/<slug:indicator>", views.figure, name="figure"),
]
