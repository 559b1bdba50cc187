"""Addresses of the rounds to the villages."""

from django.urls import path

from safemonth.collect.publicity.rounds import plan_views, views

urlpatterns = [
    path("rounds", views.rounds, name="rounds"),
    path("rounds/new", views.round_new, name="round-new"),
    path("rounds/<int:pk>", plan_views.round_page, name="round"),
    path("rounds/<int:pk>/change", views.round_change, name="round-change"),
    path("rounds/<int:pk>/vehicles", views.round_vehicles, name="round-vehicles"),
    path("rounds/<int:pk>/vehicles/new", views.round_vehicle_new, name="round-vehicle-new"),
    path("rounds/vehicles/<int:pk>", views.round_vehicle, name="round-vehicle"),
    path("rounds/vehicles/<int:pk>/drop", views.round_vehicle_drop, name="round-vehicle-drop"),
    path("rounds/<int:pk>/hours/new", views.round_hours_new, name="round-hours-new"),
    path("rounds/hours/<int:pk>/drop", views.round_hours_drop, name="round-hours-drop"),
    path("rounds/<int:pk>/positions", views.round_positions, name="round-positions"),
    path("rounds/<int:pk>/positions/noted", views.round_positions_noted, name="round-positions-noted"),
    path("rounds/<int:pk>/plan", plan_views.round_plan, name="round-plan"),
    path("rounds/<int:pk>/villages", plan_views.round_villages, name="round-villages"),
    path("rounds/<int:pk>/book", plan_views.round_book, name="round-book"),
    path("rounds/<int:pk>/move/<str:code>", plan_views.round_move, name="round-move"),
    path("rounds/<int:pk>/sheets.pdf", plan_views.round_sheets, name="round-sheets"),
    path("rounds/days/<int:pk>", plan_views.round_day, name="round-day"),
    path("rounds/days/<int:pk>/sheet.pdf", plan_views.round_day_sheet, name="round-day-sheet"),
    path("rounds/stops/<int:pk>/lock", plan_views.round_stop_lock, name="round-stop-lock"),
]
