"""Addresses of hazards."""

from django.urls import path

from safemonth.collect.inspection.hazards import list_views, views

urlpatterns = [
    path("hazards", list_views.hazards, name="hazards"),
    path("hazards/sheet", list_views.hazards_sheet, name="hazards-sheet"),
    path("hazards/upward", list_views.hazards_upward, name="hazards-upward"),
    path("hazards/upward/sheet", list_views.hazards_upward_sheet, name="hazards-upward-sheet"),
    path("hazards/states", list_views.hazard_states, name="hazard-states"),
    path("hazards/new", views.hazard_new, name="hazard-new"),
    path("hazards/<str:code>", views.hazard, name="hazard"),
    path("hazards/<str:code>/photos", views.hazard_photos, name="hazard-photos"),
    path("hazards/<str:code>/photos/<int:pk>", views.hazard_photo, name="hazard-photo"),
    path("hazards/<str:code>/<slug:move>", views.hazard_move, name="hazard-move"),
]
