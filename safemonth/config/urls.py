"""Every address of the site; who may open each stands in `organisation/permissions.py`."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language", set_language, name="set_language"),
    path("", include("safemonth.desk.urls")),
    path("", include("safemonth.desk.calendar.urls")),
    path("", include("safemonth.desk.supervision.urls")),
    path("", include("safemonth.organisation.urls")),
    path("", include("safemonth.plan.urls")),
    path("", include("safemonth.collect.submissions.urls")),
    path("", include("safemonth.collect.forms.urls")),
    path("", include("safemonth.collect.evidence.urls")),
    path("", include("safemonth.collect.publicity.everyone.urls")),
    path("", include("safemonth.collect.publicity.materials.urls")),
    path("", include("safemonth.collect.publicity.consulting.urls")),
    path("", include("safemonth.collect.publicity.broadcasts.urls")),
    path("", include("safemonth.collect.publicity.rounds.urls")),
    path("", include("safemonth.collect.publicity.media.urls")),
    path("", include("safemonth.collect.publicity.carriers.urls")),
    path("", include("safemonth.collect.publicity.law_day.urls")),
    path("", include("safemonth.collect.inspection.workplaces.urls")),
    path("", include("safemonth.collect.inspection.drives.urls")),
    path("", include("safemonth.collect.inspection.hazards.urls")),
    path("", include("safemonth.collect.inspection.papers.urls")),
    path("", include("safemonth.collect.inspection.checklists.urls")),
    path("", include("safemonth.collect.inspection.rectification.urls")),
    path("", include("safemonth.collect.inspection.tips.urls")),
    path("", include("safemonth.collect.readers.urls")),
    path("", include("safemonth.collect.field.urls")),
    path("", include("safemonth.collect.field.openrosa.urls")),
    path("", include("safemonth.collect.activities.urls")),
    path("", include("safemonth.verify.teams.urls")),
    path("", include("safemonth.figures.urls")),
    path("", include("safemonth.appraisal.urls")),
    path("", include("safemonth.summary.urls")),
]
