"""Measure the campaign page by Lighthouse: `python -m bench.lighthouse`.

Its mobile profile (a slow 4G line and a processor four times slower, both worked out from what was seen), five runs on
a demo that has just started; a first one, which warms the server up, does not count.
"""

import statistics

from bench.browser import print_table, serve_demo
from tests.rig.lighthouse import CATEGORIES, look_through

TIMES = 5
ASKED = {"performance": "95", "accessibility": "100", "best-practices": "100", "seo": "95"}


def main() -> None:
    """Measure and print."""
    with serve_demo() as address:
        reports = [look_through(address) for _ in range(TIMES + 1)][1:]
    rows = []
    for name in CATEGORIES:
        scores = [report.scores[name] for report in reports]
        rows.append((name, ASKED[name], f"{statistics.median(scores):.0f} ({min(scores)} to {max(scores)})"))
    print_table(rows)
    for audit in sorted({audit for report in reports for audit in report.short}):
        print(audit)


if __name__ == "__main__":
    main()
