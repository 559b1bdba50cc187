"""Addresses of materials."""

from django.urls import path

from safemonth.collect.publicity.materials.views import entries, pages

urlpatterns = [
    path("materials", pages.materials, name="materials"),
    path("materials/designs/new", entries.design_new, name="material-design-new"),
    path("materials/designs/<int:pk>", pages.material_design, name="material-design"),
    path("materials/places/<str:code>", pages.material_place, name="material-place"),
    path("materials/printed", entries.print_new, name="material-print"),
    path("materials/sent", entries.send_new, name="material-send"),
    path("materials/sent/<int:pk>/came", entries.transfer_confirm, name="material-came"),
    path("materials/given-out", entries.hand_out_new, name="material-hand-out"),
    path("materials/counted", entries.count_new, name="material-count"),
    path("materials/lost", entries.loss_new, name="material-lose"),
    path("materials/entries/<str:name>/correct", entries.entry_correct, name="material-correct"),
    path("materials/doubles/<int:pk>", entries.double_decide, name="material-double"),
]
