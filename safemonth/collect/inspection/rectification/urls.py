"""Addresses of special rectification and its site meetings."""

from django.urls import path

from safemonth.collect.inspection.rectification import meeting_views, views

urlpatterns = [
    path("rectification", views.rectifications, name="rectifications"),
    path("rectification/new", views.rectification_new, name="rectification-new"),
    path("rectification/<int:pk>", views.rectification, name="rectification"),
    path("rectification/<int:pk>/notice", views.rectification_issue, name="rectification-issue"),
    path("rectification/<int:pk>/remind", views.rectification_remind, name="rectification-remind"),
    path(
        "rectification/<int:pk>/receipts/<int:addressee>",
        views.rectification_acknowledge,
        name="rectification-acknowledge",
    ),
    path("rectification/<int:pk>/photos", views.rectification_gallery, name="rectification-gallery"),
    path("rectification/<int:pk>/photos/copies", views.rectification_copies, name="rectification-copies"),
    path("rectification/<int:pk>/photos/<int:copy>", views.rectification_photo, name="rectification-photo"),
    path("rectification/<int:pk>/meetings/new", meeting_views.site_meeting_new, name="site-meeting-new"),
    path("site-meetings/<int:pk>", meeting_views.site_meeting, name="site-meeting"),
    path("site-meetings/<int:pk>/invite", meeting_views.site_meeting_invite, name="site-meeting-invite"),
    path("site-meetings/<int:pk>/attendance", meeting_views.site_meeting_attendance, name="site-meeting-attendance"),
    path("site-meetings/<int:pk>/examples", meeting_views.site_meeting_example, name="site-meeting-example"),
    path("site-meetings/<int:pk>/follow-ups", meeting_views.site_meeting_follow_up, name="site-meeting-follow-up"),
    path("site-meetings/<int:pk>/close", meeting_views.site_meeting_close, name="site-meeting-close"),
    path("follow-ups/<int:pk>", views.follow_up_done, name="follow-up-done"),
]
