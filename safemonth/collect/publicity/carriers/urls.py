"""Addresses of orders to carriers."""

from django.urls import path

from safemonth.collect.publicity.carriers import views

urlpatterns = [
    path("carrier-orders", views.carrier_orders, name="carrier-orders"),
    path("carrier-orders/new", views.carrier_order_new, name="carrier-order-new"),
    path("carrier-orders/<int:pk>", views.carrier_order, name="carrier-order"),
    path("carrier-orders/<int:pk>/handed-over", views.carrier_order_hand_over, name="carrier-order-hand-over"),
    path("carrier-orders/<int:pk>/report", views.carrier_order_report, name="carrier-order-report"),
    path("carrier-orders/<int:pk>/take-report", views.carrier_order_take, name="carrier-order-take"),
    path("carrier-orders/<int:pk>/proof", views.carrier_order_prove, name="carrier-order-prove"),
    path("carrier-orders/<int:pk>/end", views.carrier_order_end, name="carrier-order-end"),
]
