"""The site's addresses with those of special rectification, should they not be among them."""

from django.urls import include, path

from safemonth.config.urls import urlpatterns as site

urlpatterns = [
    *site,
    path("", include("safemonth.collect.inspection.hazards.urls")),
    path("", include("safemonth.collect.inspection.rectification.urls")),
]
