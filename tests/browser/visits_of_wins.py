"""The states that the ways to win bring about, beside those of `visits`."""

from tests.browser.test_coming_back import OUTCOME, come_back
from tests.browser.test_ways_to_win import KEEPSAKE, WINS, offer
from tests.browser.visits import State, Visit


def start_with_every_way_to_win(visit: Visit) -> None:
    offer(visit.page)
    visit.go("/c/boss")
    visit.sees("#life", "Together we have hit")
    visit.sees("#chances", "Hidden in the gifts")


def won_several_times(visit: Visit) -> None:
    offer(visit.page)
    come_back(visit.page, visit.demo, {**OUTCOME, "kept_back": 0, "awards": WINS, "keepsake": KEEPSAKE}, left="round")
    visit.sees("#result .keepsake", "Your ticket")


def nothing_in_the_gift(visit: Visit) -> None:
    come_back(visit.page, visit.demo, {**OUTCOME, "kept_back": 0, "gifts": {"opened": 1, "won": 0}}, left="round")
    visit.sees("#result .gifts", "Nothing in this gift")


WINS_SHOWN: list[State] = [start_with_every_way_to_win, won_several_times, nothing_in_the_gift]
