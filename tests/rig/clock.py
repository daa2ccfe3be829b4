"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


class FakeClock:
    """Callable like the app's clock; starts at `NOON`."""

    def __init__(self, start: datetime = NOON) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Move on by a `timedelta(**span)` and give the new time."""
        self.now += timedelta(**span)
        return self.now
