"""Addresses of units."""

from django.urls import path

from safemonth.organisation import account_views, views

urlpatterns = [
    path("accounts", account_views.accounts, name="accounts"),
    path("accounts/open", account_views.account_open, name="account-open"),
    path("accounts/<int:pk>/password", account_views.account_password, name="account-password"),
    path("accounts/<int:pk>/close", account_views.account_close, name="account-close"),
    path("units", views.units, name="units"),
    path("units/<str:code>", views.unit, name="unit"),
]
