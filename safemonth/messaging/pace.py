"""How fast: a token bucket for the rate agreed with a gateway, and how long to wait after it says no. No clock."""

import math
from dataclasses import dataclass, field


@dataclass
class TokenBucket:
    """At most `burst` messages at once and `rate_per_s` in the long run; a rate of 0 means no limit.

    In any stretch of t seconds at most `burst + rate_per_s × t` are given (the bucket of RFC 2697's kind).
    Times are seconds of any clock that never goes back; one that does gives nothing until it catches up.
    """

    rate_per_s: float
    burst: int
    _tokens: float = field(init=False)
    _at_s: float = field(init=False, default=-math.inf)

    def __post_init__(self) -> None:
        if self.rate_per_s < 0 or self.burst < 1:
            raise ValueError("a rate is 0 or more, a burst at least 1")
        self._tokens = float(self.burst)

    def take(self, wanted: int, *, at_s: float) -> int:
        """Take up to `wanted` tokens and return how many there were."""
        if self.rate_per_s == 0:
            return wanted
        self._fill(at_s)
        # 1e-9: a token that came in full must not be withheld because 0.1 has no exact binary form.
        given = min(wanted, math.floor(self._tokens + 1e-9))
        self._tokens -= given
        return given

    def give_back(self, count: int) -> None:
        """Return tokens that were not used."""
        self._tokens = min(float(self.burst), self._tokens + count)

    def wait_s(self, *, at_s: float) -> float:
        """Return the seconds until one token is there; 0 where there is one now."""
        if self.rate_per_s == 0:
            return 0.0
        self._fill(at_s)
        return 0.0 if self._tokens >= 1 - 1e-9 else (1 - self._tokens) / self.rate_per_s

    def _fill(self, at_s: float) -> None:
        if at_s > self._at_s:
            if self._at_s > -math.inf:
                self._tokens = min(float(self.burst), self._tokens + (at_s - self._at_s) * self.rate_per_s)
            self._at_s = at_s


@dataclass
class Backoff:
    """Doubling waits after refusals in a row: `first_s`, twice that, up to `most_s`; a success starts anew."""

    first_s: float = 0.5
    most_s: float = 30.0
    _in_a_row: int = 0

    def refused(self) -> float:
        """Return how many seconds to wait now."""
        wait = min(self.most_s, self.first_s * 2.0 ** min(self._in_a_row, 30))
        self._in_a_row += 1
        return wait

    def succeeded(self) -> None:
        """Forget the refusals."""
        self._in_a_row = 0
