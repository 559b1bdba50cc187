"""Addresses of the media plan."""

from django.urls import path

from safemonth.collect.publicity.media import views

urlpatterns = [
    path("media", views.media, name="media"),
    path("media/outlets/new", views.outlet_new, name="outlet-new"),
    path("media/new", views.placement_new, name="placement-new"),
    path("media/<int:pk>", views.placement, name="placement"),
    path("media/<int:pk>/made", views.placement_made, name="placement-made"),
    path("media/<int:pk>/proof", views.placement_prove, name="placement-prove"),
    path("media/<int:pk>/call-off", views.placement_call_off, name="placement-call-off"),
]
