"""Addresses of reports by the public: theirs, the office's, and those of units that one was passed on to."""

from django.urls import path

from safemonth.collect.inspection.tips import public_views, views

urlpatterns = [
    path("report-a-hazard", public_views.tip_new, name="tip-new"),
    path("report-a-hazard/follow", public_views.tip_follow, name="tip-follow"),
    path("report-a-hazard/add", public_views.tip_add, name="tip-add"),
    path("tips", views.tips, name="tips"),
    path("tips/passed-on", views.tips_passed, name="tips-passed"),
    path("tips/passed-on/<str:number>", views.tip_passed, name="tip-passed"),
    path("tips/passed-on/<str:number>/photos/<int:photo>", views.tip_passed_photo, name="tip-passed-photo"),
    path("tips/<str:number>", views.tip, name="tip"),
    path("tips/<str:number>/photos/<int:photo>", views.tip_photo, name="tip-photo"),
    path("tips/<str:number>/accept", views.tip_accept, name="tip-accept"),
    path("tips/<str:number>/pass-on", views.tip_pass_on, name="tip-pass-on"),
    path("tips/<str:number>/hazard", views.tip_hazard, name="tip-hazard"),
    path("tips/<str:number>/finish/<slug:move>", views.tip_finish, name="tip-finish"),
    path("tips/<str:number>/join", views.tip_join, name="tip-join"),
    path("tips/<str:number>/part", views.tip_part, name="tip-part"),
    path("tips/<str:number>/reward", views.tip_reward, name="tip-reward"),
    path("tips/<str:number>/replies/<int:message>", views.tip_reply, name="tip-reply"),
]
