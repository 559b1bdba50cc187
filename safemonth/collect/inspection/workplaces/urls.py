"""Addresses of the register of workplaces."""

from django.urls import path

from safemonth.collect.inspection.workplaces import views

urlpatterns = [
    path("workplaces", views.workplaces, name="workplaces"),
    path("workplaces/new", views.workplace_new, name="workplace-new"),
    path("workplaces/list", views.workplace_list, name="workplace-list"),
    path("workplaces/held", views.workplaces_held, name="workplaces-held"),
    path("workplaces/held/<int:pk>", views.workplace_held, name="workplace-held"),
    path("workplaces/held/<int:pk>/enter", views.workplace_held_enter, name="workplace-held-enter"),
    path("workplaces/merges/<int:pk>/undo", views.workplace_split, name="workplace-split"),
    path("workplaces/<int:pk>", views.workplace, name="workplace"),
    path("workplaces/<int:pk>/change", views.workplace_change, name="workplace-change"),
    path("workplaces/<int:pk>/merge", views.workplace_merge, name="workplace-merge"),
]
