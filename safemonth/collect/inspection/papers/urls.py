"""Addresses of enforcement papers."""

from django.urls import path

from safemonth.collect.inspection.papers import draft_views, views

urlpatterns = [
    path("papers", views.papers, name="papers"),
    path("papers/agencies", draft_views.offices, name="paper-offices"),
    path("papers/agencies/new", draft_views.office_new, name="paper-office-new"),
    path("papers/agencies/<int:pk>", draft_views.office_change, name="paper-office"),
    path("papers/of/inspection/<str:code>", views.papers_of_inspection, name="inspection-papers"),
    path("papers/of/inspection/<str:code>/<slug:kind>", draft_views.paper_of_inspection, name="inspection-paper-new"),
    path("papers/of/hazard/<str:code>", views.papers_of_hazard, name="hazard-papers"),
    path("papers/<int:pk>", views.paper, name="paper"),
    path("papers/<int:pk>/follow/<slug:kind>", draft_views.paper_following, name="paper-following"),
    path("papers/<int:pk>/draft", draft_views.paper_draft, name="paper-draft"),
    path("papers/<int:pk>/drop", draft_views.paper_drop, name="paper-drop"),
    path("papers/<int:pk>/issue", draft_views.paper_issue, name="paper-issue"),
    path("papers/<int:pk>/serve", draft_views.paper_serve, name="paper-serve"),
    path("papers/<int:pk>/signed", draft_views.paper_signed, name="paper-signed"),
    path("papers/<int:pk>/void", draft_views.paper_void, name="paper-void"),
    path("papers/<int:pk>/correct", draft_views.paper_correct, name="paper-correct"),
    path("papers/<int:pk>/files/<int:file>", views.paper_file, name="paper-file"),
    path("papers/<int:pk>/read.<slug:ending>", views.paper_reading, name="paper-reading"),
]
