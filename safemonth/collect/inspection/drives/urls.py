"""Addresses of drives of inspection."""

from django.urls import path

from safemonth.collect.inspection.drives.views import drives, people

urlpatterns = [
    path("drives", drives.drives, name="drives"),
    path("drives/new", drives.drive_new, name="drive-new"),
    path("drives/inspectors", people.inspectors, name="inspectors"),
    path("drives/inspectors/new", people.inspector_new, name="inspector-new"),
    path("drives/inspectors/<int:pk>", people.inspector_change, name="inspector-change"),
    path("drives/interests", people.interests, name="interests"),
    path("drives/interests/new", people.interest_new, name="interest-new"),
    path("drives/interests/<int:pk>/withdraw", people.interest_withdraw, name="interest-withdraw"),
    path("drives/<int:pk>", drives.drive, name="drive"),
    path("drives/<int:pk>/change", drives.drive_change, name="drive-change"),
    path("drives/<int:pk>/teams", drives.drive_teams, name="drive-teams"),
    path("drives/<int:pk>/teams/propose", drives.drive_teams_propose, name="drive-teams-propose"),
    path("drives/<int:pk>/seed", drives.drive_seed, name="drive-seed"),
    path("drives/<int:pk>/draw", drives.drive_draw, name="drive-draw"),
    path("drives/draws/<int:pk>", drives.draw, name="draw"),
    path("drives/draws/<int:pk>/file", drives.draw_file, name="draw-file"),
]
