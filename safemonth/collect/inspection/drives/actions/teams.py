"""Writes of joint teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safemonth.collect.inspection.drives.models import Drive, Inspector, Team, TeamMember
from safemonth.collect.inspection.drives.queries import conflicts, current_draw, inspectors
from safemonth.collect.inspection.drives.rules import Candidate, proposed_teams
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop


@dataclass(frozen=True)
class NewTeam:
    """A team as it is to be: its people, the first its head. Empty: nobody is left in the team of that number."""

    members: Sequence[Inspector]
    name: str = ""


def propose_teams(*, drive: Drive, count: int, by: str, at: datetime) -> list[Team]:
    """Make up `count` mixed teams of all active inspectors (`rules.proposed_teams`); the office changes them by hand after.

    Raises what `proposed_teams` and `set_teams` refuse.
    """
    people = {row.pk: row for row in inspectors()}
    candidates = [Candidate(row.pk, row.unit.name, bool(row.certificate_number)) for row in people.values()]
    teams = [NewTeam([people[key] for key in team.members]) for team in proposed_teams(candidates, count=count)]
    return set_teams(drive=drive, teams=teams, by=by, at=at)


def set_teams(*, drive: Drive, teams: Sequence[NewTeam], by: str, at: datetime) -> list[Team]:
    """Set a drive's teams, numbered from 1; who is in none any more is taken out, and rows stay.

    Raises Refused `team_twice` for somebody in two, `team_alone` for a team of one, and `team_has_interest` where a draw
    holds and somebody would have to inspect where they may not.
    """
    places: dict[int, tuple[int, bool]] = {}
    for number, team in enumerate(teams, 1):
        if len(team.members) == 1:
            raise Refused("team_alone", gettext_noop("Two at least go together; team %(team)s has one."), team=number)
        for at_place, inspector in enumerate(team.members):
            if inspector.pk in places:
                raise Refused("team_twice", gettext_noop("“%(post)s” is in two teams."), post=inspector.post_title)
            places[inspector.pk] = (number, at_place == 0)
    with writing(by=by, at=at, action="drive.teams", about=drive.title) as write:
        known = {team.number: team for team in Team.objects.filter(drive=drive)}
        for number, team in enumerate(teams, 1):
            if number in known:
                write.change(known[number], name=team.name[:80])
            else:
                known[number] = write.create(Team(drive=drive, number=number, name=team.name[:80]))
        members = {row.inspector_id: row for row in TeamMember.objects.filter(drive=drive)}
        # Heads step down first: a team has one at every moment.
        write.change_each([(row, {"is_head": False}) for row in members.values() if row.is_head])
        for pk, row in members.items():
            number, is_head = places.get(pk, (0, False))
            write.change(row, team=known.get(number), is_head=is_head)
        write.create_all(
            [
                TeamMember(drive=drive, team=known[number], inspector_id=pk, is_head=is_head)
                for pk, (number, is_head) in places.items()
                if pk not in members
            ]
        )
        draw = current_draw(drive)
        if draw is not None and (found := conflicts(draw)):
            raise Refused(
                "team_has_interest",
                gettext_noop("“%(post)s” may not inspect “%(workplace)s”, which was drawn for team %(team)s."),
                post=found[0].inspector.post_title,
                workplace=found[0].visit.workplace,
                team=found[0].visit.team.number,
            )
    return [known[number] for number, team in enumerate(teams, 1) if team.members]
