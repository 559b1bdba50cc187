"""Addresses of photos."""

from django.urls import path

from safemonth.collect.evidence import views

urlpatterns = [
    path("photos", views.photos, name="photos"),
    path("photos/<int:pk>", views.photo, name="photo"),
    path("photos/<int:pk>/cover", views.photo_blur, name="photo-blur"),
    path("photos/<int:pk>/image/<str:kind>", views.photo_image, name="photo-image"),
    path("photos/likenesses/<int:pk>", views.likeness, name="likeness"),
    path("photos/likenesses/<int:pk>/decide", views.likeness_decide, name="likeness-decide"),
    path("photos/likenesses/<int:pk>/image/<str:kind>", views.likeness_image, name="likeness-image"),
    path("activities/<int:pk>/photos", views.activity_photos, name="activity-photos"),
]
