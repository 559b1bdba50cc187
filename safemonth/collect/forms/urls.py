"""Addresses of the office's forms."""

from django.urls import path

from safemonth.collect.forms import views

urlpatterns = [
    path("forms", views.forms, name="forms"),
    path("forms/upload", views.form_upload, name="form-upload"),
    path("forms/<int:pk>", views.form, name="form"),
    path("forms/<int:pk>/open", views.form_open, name="form-open"),
    path("forms/<int:pk>/sheet", views.form_sheet, name="form-sheet"),
]
