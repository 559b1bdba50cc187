"""Addresses of visits."""

from django.urls import path

from safemonth.desk.supervision import views

urlpatterns = [
    path("supervision/visits", views.supervision_visits, name="supervision-visits"),
    path("supervision/visits/draw", views.visits_draw, name="visits-draw"),
    path("supervision/visits/draws/<int:pk>", views.visit_draw, name="visit-draw"),
    path("supervision/visits/draws/<int:pk>.json", views.visit_draw_file, name="visit-draw-file"),
    path("supervision/teams/rounds", views.supervision_rounds, name="supervision-rounds"),
    path("supervision/visits/<int:pk>", views.visit, name="visit"),
    path("supervision/visits/<int:pk>/record", views.visit_record, name="visit-record"),
    path("supervision/visits/<int:pk>/answer", views.visit_answer, name="visit-answer"),
    path("supervision/visits/<int:pk>/settle", views.visit_settle, name="visit-settle"),
]
