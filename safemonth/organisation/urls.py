"""Addresses of units."""

from django.urls import path

from safemonth.organisation import views

urlpatterns = [
    path("units", views.units, name="units"),
    path("units/<str:code>", views.unit, name="unit"),
]
