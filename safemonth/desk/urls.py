"""Addresses of the frame's own pages."""

from django.contrib.auth import views as auth
from django.urls import path

from safemonth.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in", auth.LoginView.as_view(template_name="desk/sign_in.html"), name="sign-in"),
    path("sign-out", auth.LogoutView.as_view(), name="sign-out"),
    path("board", views.board, name="board"),
    path("publicity", views.publicity, name="publicity"),
    path("inspection", views.inspection, name="inspection-works"),
    path("supervision", views.supervision, name="supervision-works"),
    path("ledger", views.ledger, name="ledger"),
    path("ledger/<int:seq>", views.ledger_entry, name="ledger-entry"),
]
