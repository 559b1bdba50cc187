"""Where the tags of a clerk's template run: no code, no attributes beyond facts, no calls beyond the tags."""

from typing import Any, ClassVar

from jinja2 import StrictUndefined
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment

from safemonth.summary.tags import Tags

# Filters that cannot make much out of little (center, format and the like could fill the memory).
SAFE_FILTERS = ("first", "last", "length", "join", "default", "lower", "upper", "trim", "sort", "reverse", "list")


class OutlineEnvironment(ImmutableSandboxedEnvironment):
    """A Jinja environment in which only the tags can be called."""

    # Multiplying, powers and %-formatting can make a text of any size; a text needs none of them.
    intercepted_binops: ClassVar[frozenset[str]] = frozenset({"*", "**", "%"})  # type: ignore[misc]

    def __init__(self, tags: Tags) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in SAFE_FILTERS}
        self._callable = set(tags.by_name().values())

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a tag may call the object: only the named tags."""
        try:
            return obj in self._callable
        except TypeError:  # not hashable, so it is no tag
            return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse the operators that are not needed in a text."""
        raise TypeError(f"operator {operator} is not allowed")
