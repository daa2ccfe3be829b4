"""A dare in play, a duel that is over, and the menu of a link."""

from tests.browser.test_sharing import end_duel, open_menu, play_against
from tests.browser.visits import State, Visit


def playing_against_a_ghost(visit: Visit) -> None:
    play_against(visit.page, visit.demo, visit.played)


def duel_lost(visit: Visit) -> None:
    end_duel(visit.page, visit.demo, visit.played, -250)
    visit.sees("#result .duel", "wins by 250")


def menu_of_a_link(visit: Visit) -> None:
    end_duel(visit.page, visit.demo, visit.played, 320)
    open_menu(visit.page)


SHARING_SHOWN: list[State] = [playing_against_a_ghost, duel_lost, menu_of_a_link]
