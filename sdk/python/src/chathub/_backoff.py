"""How long to wait before the next attempt to reach the hub."""

import random

_FIRST = 0.1
_LONGEST = 5.0


class Backoff:
    """Doubles from 0.1 s to 5 s. The jitter keeps a hundred handlers from coming back at once."""

    def __init__(self) -> None:
        self._step = _FIRST

    def next(self) -> float:
        """Seconds, between half and all of the present step; the next one is longer."""
        wait = self._step * random.uniform(0.5, 1.0)
        self._step = min(self._step * 2, _LONGEST)
        return wait

    def reset(self) -> None:
        """It worked: begin anew."""
        self._step = _FIRST
