"""Addresses of days of law to the countryside."""

from django.urls import path

from safemonth.collect.publicity.law_day import views

urlpatterns = [
    path("law-days", views.law_days, name="law-days"),
    path("law-days/new", views.law_day_new, name="law-day-new"),
    path("law-days/<int:pk>", views.law_day, name="law-day"),
    path("law-days/<int:pk>/sheet", views.law_day_sheet, name="law-day-sheet"),
    path("law-days/<int:pk>/invite", views.law_day_invite, name="law-day-invite"),
    path("law-days/<int:pk>/programme", views.law_day_programme, name="law-day-programme"),
    path("law-days/<int:pk>/attendance", views.law_day_attendance, name="law-day-attendance"),
    path("law-days/<int:pk>/questions", views.law_day_question, name="law-day-question"),
    path("law-days/<int:pk>/hazards", views.law_day_hazard, name="law-day-hazard"),
    path("law-days/<int:pk>/books", views.law_day_books, name="law-day-books"),
    path("law-days/<int:pk>/close", views.law_day_close, name="law-day-close"),
    path("law-days/invitations/<int:pk>", views.law_day_answer, name="law-day-answer"),
    path("law-days/questions/<int:pk>", views.law_day_question_answer, name="law-day-question-answer"),
]
