"""Addresses of the consulting day."""

from django.urls import path

from safemonth.collect.publicity.consulting import board_views, roster_views, views

urlpatterns = [
    path("consulting", views.consulting, name="consulting"),
    path("consulting/open", views.consulting_open, name="consulting-open"),
    path("consulting/<int:pk>", views.consulting_day, name="consulting-day"),
    path("consulting/<int:pk>/change", views.consulting_change, name="consulting-change"),
    path("consulting/<int:pk>/sites", views.consulting_sites, name="consulting-sites"),
    path("consulting/<int:pk>/sites/add", views.consulting_site_add, name="consulting-site-add"),
    path("consulting/sites/<int:pk>", views.consulting_site, name="consulting-site"),
    path("consulting/sites/<int:pk>/drop", views.consulting_site_drop, name="consulting-site-drop"),
    path("consulting/<int:pk>/booths", views.consulting_booths, name="consulting-booths"),
    path("consulting/<int:pk>/booths/add", views.consulting_booth_add, name="consulting-booth-add"),
    path("consulting/booths/<int:pk>", views.consulting_booth, name="consulting-booth"),
    path("consulting/booths/<int:pk>/drop", views.consulting_booth_drop, name="consulting-booth-drop"),
    path("consulting/<int:pk>/wishes", views.consulting_wishes, name="consulting-wishes"),
    path("consulting/<int:pk>/wishes/add", views.consulting_wish_add, name="consulting-wish-add"),
    path("consulting/wishes/<int:pk>/withdraw", views.consulting_wish_withdraw, name="consulting-wish-withdraw"),
    path("consulting/<int:pk>/roster", roster_views.consulting_roster, name="consulting-roster"),
    path("consulting/<int:pk>/roster/solve", roster_views.consulting_solve, name="consulting-solve"),
    path("consulting/booths/<int:pk>/move", roster_views.consulting_move, name="consulting-move"),
    path("consulting/places/<int:pk>/release", roster_views.consulting_release, name="consulting-release"),
    path("consulting/<int:pk>/call-sheets.pdf", roster_views.consulting_call_sheets, name="consulting-call-sheets"),
    path("consulting/booths/<int:pk>/call-sheet.pdf", roster_views.consulting_call_sheet, name="consulting-call-sheet"),
    path("consulting/<int:pk>/site-plans.pdf", roster_views.consulting_site_plans, name="consulting-site-plans"),
    path("consulting/booths/<int:pk>/report", board_views.consulting_report, name="consulting-report"),
    path("consulting/booths/<int:pk>/hand-out", board_views.consulting_hand_out, name="consulting-hand-out"),
    path("consulting/<int:pk>/board", board_views.consulting_board, name="consulting-board"),
    path("consulting/<int:pk>/board/rows", board_views.consulting_board_rows, name="consulting-board-rows"),
    path("consulting/<int:pk>/close", board_views.consulting_close, name="consulting-close"),
]
