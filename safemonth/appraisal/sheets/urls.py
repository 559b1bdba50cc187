"""Addresses of the score sheet."""

from django.urls import path

from safemonth.appraisal.sheets import views

urlpatterns = [
    path("appraisal/sheet", views.score_sheet, name="score-sheet"),
    path("appraisal/sheet.csv", views.score_sheet_file, name="score-sheet-file"),
    path("appraisal/sheet/load", views.score_sheet_load, name="score-sheet-load"),
]
