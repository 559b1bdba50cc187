"""Addresses of supervision teams."""

from django.urls import path

from safemonth.verify.teams import views

urlpatterns = [
    path("supervision/teams", views.supervision_teams, name="supervision-teams"),
    path("supervision/teams/nominees/new", views.nominee_new, name="nominee-new"),
    path("supervision/teams/nominees/<int:pk>/withdraw", views.nominee_withdraw, name="nominee-withdraw"),
    path("supervision/teams/ties/new", views.tie_new, name="tie-new"),
    path("supervision/teams/ties/<int:pk>/withdraw", views.tie_withdraw, name="tie-withdraw"),
    path("supervision/teams/draw", views.teams_draw, name="teams-draw"),
    path("supervision/teams/draws/<int:version>", views.team_draw, name="team-draw"),
    path("supervision/teams/draws/<int:version>.json", views.team_draw_file, name="team-draw-file"),
]
