"""Addresses of lists to commend and to criticise."""

from django.urls import path

from safemonth.appraisal.lists import views

urlpatterns = [
    path("appraisal/lists", views.honour_lists, name="honour-lists"),
    path("appraisal/lists/propose", views.honour_lists_propose, name="honour-lists-propose"),
    path("appraisal/lists/<int:pk>/put", views.honour_list_put, name="honour-list-put"),
    path("appraisal/lists/units/<int:pk>/take-off", views.honour_list_take_off, name="honour-list-take-off"),
    path("appraisal/lists/<int:pk>/approve", views.honour_list_approve, name="honour-list-approve"),
    path("appraisal/lists/<int:pk>/issue", views.honour_list_issue, name="honour-list-issue"),
    path("appraisal/lists/<int:pk>/publish", views.honour_list_publish, name="honour-list-publish"),
    path("appraisal/lists/<int:pk>/notice.<str:suffix>", views.honour_list_document, name="honour-list-document"),
]
