"""Addresses of contacts and broadcasts."""

from django.urls import path

from safemonth.collect.publicity.broadcasts.views import broadcasts, contacts, sending

urlpatterns = [
    path("contacts", contacts.contacts, name="contacts"),
    path("contacts/new", contacts.contact_new, name="contact-new"),
    path("contacts/paste", contacts.contact_lines, name="contact-lines"),
    path("contacts/lists/new", contacts.contact_list_new, name="contact-list-new"),
    path("contacts/<int:pk>", contacts.contact_change, name="contact-change"),
    path("contacts/<int:pk>/remove", contacts.contact_remove, name="contact-remove"),
    path("contacts/<int:pk>/opt-out", contacts.contact_opt_out, name="contact-opt-out"),
    path("contacts/<int:pk>/opt-in", contacts.contact_opt_in, name="contact-opt-in"),
    path("broadcasts", broadcasts.broadcasts, name="broadcasts"),
    path("broadcasts/new", broadcasts.broadcast_new, name="broadcast-new"),
    path("broadcasts/count", broadcasts.broadcast_count, name="broadcast-count"),
    path("broadcasts/<int:pk>", broadcasts.broadcast, name="broadcast"),
    path("broadcasts/<int:pk>/change", broadcasts.broadcast_change, name="broadcast-change"),
    path("broadcasts/<int:pk>/ask", broadcasts.broadcast_ask, name="broadcast-ask"),
    path("broadcasts/<int:pk>/approve", broadcasts.broadcast_approve, name="broadcast-approve"),
    path("broadcasts/<int:pk>/send-back", broadcasts.broadcast_send_back, name="broadcast-send-back"),
    path("broadcasts/<int:pk>/queue", sending.broadcast_queue, name="broadcast-queue"),
    path("broadcasts/<int:pk>/stop", sending.broadcast_stop, name="broadcast-stop"),
    path("broadcasts/<int:pk>/figure", sending.broadcast_figure, name="broadcast-figure"),
    path("broadcasts/<int:pk>/fates.csv", sending.broadcast_fates, name="broadcast-fates"),
    path("broadcasts/<int:pk>/messages/<int:message>/settle", sending.broadcast_settle, name="broadcast-settle"),
    path("broadcasts/<int:pk>/messages/<int:message>/again", sending.broadcast_again, name="broadcast-again"),
]
