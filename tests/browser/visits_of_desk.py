"""The states of the moderators' desk, and how a visit comes to them."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.visits import State, Visit
from tests.rig.databases import opened
from tests.rig.desk import DESK, TALK, put_appeal, put_comments
from tests.rig.served import Served
from tests.rig.staff_visit import sign_in

DESK_SHOWN: list[State] = []
APPEALED = 4  # of the talk, by its author against the other moderator
TALKED: set[str] = set()  # the installations that have their comments already


def enter(demo: Served, page: Page, name: str = "mona") -> None:
    """Come in as a moderator and wait for the desk."""
    sign_in(demo, page, name=name)
    page.goto(f"{demo.url}{DESK}")
    expect(page.locator("#reading, #nothing:not([hidden])").first).to_be_attached()


def let_them_talk(visit: Visit) -> None:
    if visit.demo.url not in TALKED:
        with opened(visit.demo.database_url) as database:
            start = datetime.now(UTC) - timedelta(hours=2)
            put_appeal(database, put_comments(database, TALK, start)[APPEALED], "It was about the boss, not about her!",
                       "second", start + timedelta(minutes=1))
        TALKED.add(visit.demo.url)


def at_the_desk(visit: Visit, *, phone: bool = False) -> None:
    """At a desk where a bit of everything waits, an alarm above all."""
    let_them_talk(visit)
    if not phone:
        visit.page.set_viewport_size({"width": 1440, "height": 900})
    enter(visit.demo, visit.page)
    expect(visit.page.locator(".line")).to_have_count(len(TALK))
    read_line(visit, 1)


def read_line(visit: Visit, number: int) -> None:
    """Read one comment of the queue, with what stands around it."""
    visit.page.locator(".line").nth(number).click()
    expect(visit.page.locator("#context section").first).to_be_visible()


def state(bring_about: State) -> State:
    DESK_SHOWN.append(bring_about)
    return bring_about


def after_keys(name: str, keys: str, place: str, words: str) -> None:
    """A state of the desk that some keys lead to, and what is seen there."""
    def press(visit: Visit) -> None:
        at_the_desk(visit)
        for key in keys:
            visit.page.keyboard.press(key)
        visit.sees(place, words)

    press.__name__ = name
    state(press)


@state
def desk(visit: Visit) -> None:
    at_the_desk(visit)


@state
def desk_with_marked_words(visit: Visit) -> None:
    at_the_desk(visit)
    read_line(visit, 2)
    visit.sees("mark", "06 12 34 56 78")


@state
def desk_blurred(visit: Visit) -> None:
    at_the_desk(visit)
    read_line(visit, 3)
    visit.sees(".veil", "May hurt")


@state
def desk_reported(visit: Visit) -> None:
    at_the_desk(visit)
    read_line(visit, 6)
    visit.sees("#context", "Reports")


@state
def desk_with_an_alarm(visit: Visit) -> None:
    at_the_desk(visit)
    read_line(visit, 0)
    visit.sees(".act", "call the police")
    visit.sees("#alarms", "Danger to life: 1")


@state
def desk_hidden_by_readers(visit: Visit) -> None:
    at_the_desk(visit)
    visit.page.locator("[data-view=reported]").click()
    expect(visit.page.locator(".line")).to_have_count(4)
    read_line(visit, 3)
    visit.sees("#context", "Readers hid it")


@state
def desk_appealed(visit: Visit) -> None:
    at_the_desk(visit)
    read_line(visit, APPEALED + 1)  # an alarm stands above
    visit.sees(".appeal", "It was about the boss, not about her!")
    visit.sees("#deeds", "Overturn")


for named, keys, place, words in (
        ("reasons", "r", "#choices", "Off topic"), ("mute", "m", "#choices", "30 d"),
        ("selection", "xjx", "#selection", "2 selected"), ("help", "?", "#help", "Undo"),
        ("note", "u", "#note.shown", "nothing to undo")):
    after_keys(f"desk_{named}", keys, place, words)


@state
def desk_canned(visit: Visit) -> None:
    at_the_desk(visit)
    visit.press("Words of the reasons")
    visit.sees("#canned", "Language")


@state
def desk_search_without_a_find(visit: Visit) -> None:
    at_the_desk(visit)
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("nobody ever said that")
    visit.sees("#nothing", "Nothing found")


@state
def desk_empty(visit: Visit) -> None:
    at_the_desk(visit)
    visit.page.locator("[data-view=aside]").click()
    visit.sees("#nothing", "Nothing waits")


@state
def desk_rest(visit: Visit) -> None:
    at_the_desk(visit)
    visit.page.evaluate("document.getElementById('rest').showModal()")
    visit.sees("#rest", "A pause?")


@state
def desk_on_a_phone(visit: Visit) -> None:
    at_the_desk(visit, phone=True)
    visit.sees("#deeds")
    expect(visit.page.locator("#lines")).to_be_hidden()


@state
def desk_queue_on_a_phone(visit: Visit) -> None:
    at_the_desk(visit, phone=True)
    visit.page.locator("#back").click()
    visit.sees("#lines")
