"""How long ten thousand campaigns take: `python -m bench.forecast`. Five prizes, 30 days, 60,000 rounds each."""

import resource
import time
from datetime import UTC, datetime, timedelta

from prizes.audience import Audience
from prizes.forecast import forecast
from prizes.forecast_course import ByMoment, ByScore, Demand, Offered

OPENS = datetime(2026, 12, 1, 8, tzinfo=UTC)
PRIZES = [Offered("stickers", "Stickers", 5_000, 150, "EUR"), Offered("darts", "Darts", 800, 490, "EUR", per_day=60),
          Offered("cap", "Cap", 250, 1_290, "EUR"), Offered("blaster", "Blaster", 60, 2_490, "EUR"),
          Offered("golden", "Golden dart", 100, 9_900, "EUR")]
DEMANDS: list[Demand] = [ByScore("stickers", 150), ByScore("darts", 1_500), ByScore("cap", 4_000),
                         ByScore("blaster", 10_000), ByMoment("golden", 10)]


def main() -> None:
    began = time.perf_counter()
    forecast(PRIZES, DEMANDS, Audience(60_000, gifts=1.2), OPENS, OPENS + timedelta(days=30), "Europe/Paris",
             10_000, seed=1)
    spent = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"10,000 campaigns of 30 days: {spent:.1f} s, {peak:.0f} MB at the most")


if __name__ == "__main__":
    main()
