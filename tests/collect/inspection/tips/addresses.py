"""The site's addresses with those of reports by the public and of rectification, should they not be among them."""

from django.urls import include, path

from safemonth.config.urls import urlpatterns as site

urlpatterns = [
    *site,
    path("", include("safemonth.collect.inspection.hazards.urls")),
    path("", include("safemonth.collect.inspection.tips.urls")),
    path("", include("safemonth.collect.inspection.rectification.urls")),
]
