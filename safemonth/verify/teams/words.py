"""What a statement of a draw says, in the page's language."""

from collections.abc import Mapping

from django.utils.translation import gettext

from safemonth.verify.teams.problem import Limit


def limit_words(limit: Limit, *, names: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return a statement as a clause; `names` are units by code, `titles` posts by nominee."""
    match limit.kind:
        case "mixed":
            return gettext("the people of %(body)s are spread over the teams") % {"body": names.get(limit.of, limit.of)}
        case "even_size":
            return gettext("teams are of one size, within one")
        case "even_load":
            return gettext("teams visit equally many units, within one")
        case "barred":
            return gettext("nobody with a tie to %(unit)s visits it") % {"unit": names.get(limit.of, limit.of)}
        case "days":
            return gettext("%(post)s goes out on the days named only") % {"post": titles.get(limit.of, limit.of)}
        case _:
            return gettext("each team has days enough for its visits")
