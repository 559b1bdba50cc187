"""Addresses of the OpenRosa protocol, each with the device's key in it and without."""

from django.urls import path

from safemonth.collect.field.openrosa import device_views, views

urlpatterns = [
    path("devices", device_views.devices, name="devices"),
    path("devices/add", device_views.device_add, name="device-add"),
    path("devices/<int:pk>/revoke", device_views.device_revoke, name="device-revoke"),
    path("openrosa/formList", views.openrosa_form_list, name="openrosa-form-list"),
    path("openrosa/submission", views.openrosa_submission, name="openrosa-submission"),
    path("openrosa/forms/<int:pk>.xml", views.openrosa_form, name="openrosa-form"),
    path("openrosa/forms/<int:pk>/manifest", views.openrosa_manifest, name="openrosa-manifest"),
    path("openrosa/forms/<int:pk>/media/<str:name>", views.openrosa_media, name="openrosa-media"),
    path("openrosa/key/<str:key>/formList", views.openrosa_form_list, name="openrosa-form-list-by-key"),
    path("openrosa/key/<str:key>/submission", views.openrosa_submission, name="openrosa-submission-by-key"),
    path("openrosa/key/<str:key>/forms/<int:pk>.xml", views.openrosa_form, name="openrosa-form-by-key"),
    path("openrosa/key/<str:key>/forms/<int:pk>/manifest", views.openrosa_manifest, name="openrosa-manifest-by-key"),
    path("openrosa/key/<str:key>/forms/<int:pk>/media/<str:name>", views.openrosa_media, name="openrosa-media-by-key"),
]
