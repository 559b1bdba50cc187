"""Addresses of the pages that are filled in the field, and of what their script asks for."""

from django.urls import path

from safemonth.collect.field import upload_views, views

urlpatterns = [
    path("field/", views.field, name="field"),
    path("field/fill/<str:code>", views.field_fill, name="field-fill"),
    path("field/service-worker.js", views.field_worker, name="field-worker"),
    path("field/manifest.webmanifest", views.field_manifest, name="field-manifest"),
    path("field/session", views.field_session, name="field-session"),
    path("field/forms", views.field_forms, name="field-forms"),
    path("field/forms/<int:pk>", views.field_form, name="field-form"),
    path("field/forms/<int:pk>/media/<str:name>", views.field_media, name="field-media"),
    path("field/answers", views.field_answers, name="field-answers"),
    path("field/uploads", upload_views.field_uploads, name="field-uploads"),
    path("field/uploads/<str:key>", upload_views.field_upload, name="field-upload"),
]
