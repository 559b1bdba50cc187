"""Addresses of everyone's part."""

from django.urls import path

from safemonth.collect.publicity.everyone import views

urlpatterns = [
    path("my-part", views.my_part, name="my-part"),
    path("my-part/<int:pk>/take-back", views.my_part_take_back, name="my-part-take-back"),
    path("everyone", views.everyone, name="everyone"),
]
