"""Addresses of the calendar."""

from django.urls import path

from safemonth.desk.calendar import views

urlpatterns = [
    path("calendar", views.calendar, name="calendar"),
    path("calendar/feeds", views.calendar_feeds, name="calendar-feeds"),
    path("calendar/feeds/<int:pk>/revoke", views.calendar_feed_revoke, name="calendar-feed-revoke"),
    path("calendar/feed/<str:key>.ics", views.calendar_feed, name="calendar-feed"),
]
