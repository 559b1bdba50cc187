"""Addresses of intake."""

from django.urls import path

from safemonth.collect.readers import instance_views, report_views, views

urlpatterns = [
    path("instances", instance_views.instances, name="instances"),
    path("instances/<int:pk>", instance_views.instance, name="instance"),
    path("instances/<int:pk>/files/<int:file>", instance_views.instance_file, name="instance-file"),
    path("rivals/<int:pk>/decide", instance_views.rival_decide, name="rival-decide"),
    path("submissions", views.submissions, name="submissions"),
    path("submissions/new", views.upload, name="upload"),
    path("submissions/<int:pk>", views.submission, name="submission"),
    path("submissions/<int:pk>/accept", views.submission_accept, name="submission-accept"),
    path("submissions/<int:pk>/teach", views.heading_teach, name="heading-teach"),
    path("proposals/<int:pk>/decide", views.proposal_decide, name="proposal-decide"),
    path("values/<int:pk>/accept", views.value_accept, name="value-accept"),
    path("report", report_views.report, name="report"),
    path("report/sign", report_views.report_sign, name="report-sign"),
    path("sources/<int:pk>", views.source, name="source"),
]
