"""What Lighthouse finds whatever the machine has to do; how fast the page is, bench/lighthouse.py measures."""

import pytest

from tests.rig.lighthouse import look_through
from tests.rig.served import Served

STEADY = ("accessibility", "best-practices", "seo")
AS_IT_IS = ("--throttling-method=provided", "--max-wait-for-load=150000")  # nothing of these depends on the line


@pytest.mark.parametrize("path", ["/c/boss"])
def test_the_campaign_page_loses_no_point(demo: Served, path: str) -> None:
    report = look_through(demo.url + path, *AS_IT_IS, categories=STEADY)
    assert report.scores == dict.fromkeys(STEADY, 100), report.short


def test_a_page_without_a_description_loses_some(demo: Served) -> None:
    assert look_through(f"{demo.url}/claim", *AS_IT_IS, categories=("seo",)).scores["seo"] < 100
