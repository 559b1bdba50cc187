"""Addresses of inspections and of the checklists that they are filled in by."""

from django.urls import path

from safemonth.collect.inspection.checklists import deciding_views, views

urlpatterns = [
    path("inspections", views.inspections, name="inspections"),
    path("inspections/my-day", views.inspector_day, name="inspector-day"),
    path("inspections/<str:code>", views.inspection, name="inspection"),
    path("inspections/<str:code>/signature/<str:side>", views.inspection_signature, name="inspection-signature"),
    path("inspections/<str:code>/versions", deciding_views.inspection_versions, name="inspection-versions"),
    path("inspections/<str:code>/workplace", deciding_views.inspection_workplace, name="inspection-workplace"),
    path("checklists", deciding_views.checklists, name="checklists"),
    path("checklists/<str:trade>/table", deciding_views.checklist_table, name="checklist-table"),
    path("checklists/<str:trade>/offer", deciding_views.checklist_offer, name="checklist-offer"),
]
