"""Whole rounds by finger, with one button and by gamepad: other hands, the same log, the same verdict."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page, ViewportSize, expect

from tests.browser.conftest import Troubles
from tests.browser.test_odd_places import HOLD
from tests.rig.bot import Skill
from tests.rig.hand import PLAY, Hand
from tests.rig.served import Served

ABOVE_PX = 80  # how far the sight stands out above a finger that stays
HELD_MS = 360
HELD_TICKS = 22
PATIENT = Skill(error=75, pause=24, reaction=20 + HELD_TICKS, at_boss=0.25)  # it aims that far ahead


@dataclass
class Finger(Hand):
    """Taps with every other dart; with the others it rests below the target and lifts."""

    skill: Skill = PATIENT
    touch: bool = True
    held: int = 0
    session: CDPSession | None = None

    def _throw(self) -> None:
        if self.thrown % 2 and self.bot is not None:
            self.bot.tick += HELD_TICKS
        super()._throw()

    def _click(self, x: int, y: int) -> None:
        if self.thrown % 2 == 0:
            super()._click(x, y)
            return
        self.session = self.session or self.page.context.new_cdp_session(self.page)
        world = self.page.locator("#world").bounding_box()
        assert world is not None
        at = {"x": world["x"] + x * world["width"] / 720, "y": world["y"] + y * world["height"] / 1280 + ABOVE_PX}
        self.session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
        self.page.evaluate(HOLD, HELD_MS)
        self.session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self.held += 1


def until_the_outcome(hand: Hand) -> dict[str, Any]:
    """Take in the page's news; the outcome once it is there, {} before."""
    hand.wait()
    outcome: dict[str, Any] = (hand.answers[-1] if hand.answers else {}).get("outcome", {})
    return outcome


def test_a_round_by_finger_taps_and_holds(demo: Served, page: Page, troubles: Troubles) -> None:
    hand = Finger(page)
    page.goto(f"{demo.url}/c/boss")
    page.locator(PLAY).tap()
    outcome = hand.play()
    assert outcome["verdict"] == "accepted"
    assert outcome["shots"] >= 16
    assert hand.held >= 8
    assert outcome["hits"] >= outcome["shots"] / 4
    expect(page.locator("#result")).to_be_visible()
    assert troubles.seen == []


# The sight sets out at a key and every 1,550 ms, by the game's own time, which counts 100 ms a picture at most.
SINCE_THE_KEY = """() => { let last = performance.now(); window.passed = 0;
  addEventListener('keydown', () => { passed = 0; }, true);
  const look = (now) => { passed += Math.min(now - last, 100); last = now; requestAnimationFrame(look); };
  requestAnimationFrame(look); }"""
IN_THE_MIDDLE = "() => passed % 1550 >= 900 && passed % 1550 <= 1150"  # of its pass


def test_a_round_with_one_button(demo: Served, page: Page, troubles: Troubles) -> None:
    hand = Hand(page)
    page.goto(f"{demo.url}/c/boss")
    page.evaluate(SINCE_THE_KEY)
    page.locator("#start-settings").click()
    page.get_by_role("radio", name="One button").check()
    page.keyboard.press("Escape")
    page.locator(PLAY).click()
    page.wait_for_selector("#tutor:not([hidden])")
    expect(page.locator("#tutor-words")).to_have_text("Wait, then press!")
    while not (outcome := until_the_outcome(hand)):
        if len(hand.answers) == 5:
            page.set_viewport_size(ViewportSize(width=844, height=390))  # turned on its side, play goes on
        page.wait_for_function(IN_THE_MIDDLE)
        page.keyboard.press("x")
    assert outcome["verdict"] == "accepted"
    assert outcome["shots"] >= 15
    assert outcome["hits"] >= outcome["shots"] / 3
    expect(page.locator("#result")).to_be_visible()
    assert "taught" in page.evaluate("localStorage.getItem('popshot')")  # the ghost hand has done its work
    assert troubles.seen == []


PAD = """
window.pad = {
  id: 'pad', index: 0, mapping: 'standard', connected: true, axes: [0, 0, 0, 0],
  buttons: Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 })),
};
navigator.getGamepads = () => [window.pad];
"""
TILT = "([x, y]) => { window.pad.axes = [x, y, 0, 0]; }"
PRESS = """(button) => new Promise((done) => {
  window.pad.buttons[button] = { pressed: true, touched: true, value: 1 };
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.pad.buttons[button] = { pressed: false, touched: false, value: 0 };
    requestAnimationFrame(() => requestAnimationFrame(done));
  }));
})"""


def test_a_round_by_gamepad_alone(demo: Served, page: Page, troubles: Troubles) -> None:
    hand = Hand(page)
    page.add_init_script(PAD)
    page.goto(f"{demo.url}/c/boss")
    page.wait_for_selector("[data-drawn]")
    page.evaluate("dispatchEvent(new Event('gamepadconnected'))")
    expect(page.locator("#banner")).to_contain_text("Gamepad found")
    page.evaluate(PRESS, 0)
    expect(page.locator("#start")).to_be_hidden()
    for tilt, milliseconds in (([0, -1], 1500), ([0, 1], 380), ([0, 0], 1)):
        page.evaluate(TILT, tilt)  # up to the top of the world, then down to the boss's face
        page.evaluate(HOLD, milliseconds)
    while not (outcome := until_the_outcome(hand)):
        page.evaluate(PRESS, 7 if hand.thrown % 2 else 0)
        hand.thrown += 1
    assert outcome["verdict"] in ("accepted", "held")
    assert outcome["shots"] > 20
    assert outcome["hits"] > 0
    assert troubles.seen == []
