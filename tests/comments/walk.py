"""A machine over everything that may happen to comments, with a model of what may be read after each step.

What a deed answers is foretold by the model; what is seen through each door after it is in `doors`.
"""

from collections.abc import Collection
from datetime import timedelta

from hypothesis import strategies as some
from hypothesis.stateful import initialize, invariant, rule
from werkzeug.test import TestResponse

from server.campaigns.campaign import CommentsMode, Turn
from server.comments.comment import THE_RULES, ruling_id
from server.comments.desk_marks import mute_author, unmute_author
from server.comments.rule_on_comment import Seen, rule_on_many
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.settle_appeal import settle_appeal
from server.comments.trust import FEWEST_PUBLISHED
from server.comments.undo_ruling import undo_ruling
from server.runner import run_all_due
from tests.comments.cast import MONA, Person
from tests.comments.doors import leaks, listed
from tests.comments.told import CHANCES, SPICES, Chance, Told, Trace, Word
from tests.comments.world import World
from tests.rig.app import PLAY_TERMS

SHUT = ("not_allowed", "campaign_paused", "campaign_closed")
MANY = 14  # comments
TO_AUTHORS = (*SHUT, "muted", "comment_refused", "comment_not_found", "comment_changed", "edit_expired")
# Methods of the walk, and how often each comes. All in one rule: of several Hypothesis leaves some out of each run.
DEEDS = {
    "rule_on_one": 8, "rule_on_all": 3, "undo": 4, "post": 5, "reply": 5, "edit": 4, "take_back": 1, "react": 2,
    "report": 3, "appeal": 2, "settle": 2, "mute": 1, "erase": 1, "let_time_pass": 2, "restart": 2,
    "take_no_comments": 1, "pause": 1, "end": 1,
}  # fmt: skip


class Walk(World):
    """What happens, each deed with what the model foretells."""

    trace = Trace()

    @initialize()
    def begin(self) -> None:
        """With so many comments of one author public that the rules may trust that one, and one of the other."""
        self.switch(CommentsMode.TRUSTED)
        for number in range(FEWEST_PUBLISHED + 1):
            self.say(number // FEWEST_PUBLISHED, SPICES[0])
        self.rule_on(list(self.seen.values()), Decision.PUBLISH)

    @rule(deed=some.sampled_from([deed for deed, often in DEEDS.items() for _ in range(often)]), chance=CHANCES)
    def step(self, deed: str, chance: Chance) -> None:
        getattr(self, deed)(chance)

    def post(self, chance: Chance) -> None:
        for _ in range(chance.times):
            self.say(chance.who, chance.spice, round_id=self.round_id if chance.is_late else None)

    def reply(self, chance: Chance) -> None:
        parents = [one for one in self.ids if one not in self.told or not self.told[one].parent]
        parent = self.pick(chance, parents)
        for _ in range(chance.times if parent else 0):
            self.say(chance.who, chance.spice, parent)

    def say(self, who: int, spice: str, parent: str | None = None, round_id: str | None = None) -> None:
        author, text = self.authors[who], self.mark(spice)
        answer = author.say(text, reply_to=parent, round_id=round_id)
        if answer.status_code != 201:
            assert code_of(answer) in TO_AUTHORS
            return
        comment = answer.get_json()["comment"]
        is_out = comment["state"] == "published"
        assert parent is None or parent in self.public, "an answer to what nobody may read"
        assert not is_out or self.is_trusted(author, text), "public at once without being trusted"
        self.trace.at_once += is_out
        self.told[comment["id"]] = Told(author.id, parent, [text], [Word(is_out, THE_RULES, 1, 1)])
        self.ids.append(comment["id"])
        self.seen[comment["id"]] = Seen(comment["id"], 1, 1)

    def is_trusted(self, author: Person, text: str) -> bool:
        out = sum(told.is_out for told in self.told.values() if told.author == author.id)
        return self.mode == CommentsMode.TRUSTED and text.endswith("bravo") and out >= FEWEST_PUBLISHED

    def edit(self, chance: Chance) -> None:
        comment_id = self.pick(chance, self.told)
        if comment_id is None:
            return
        told, text = self.told[comment_id], self.mark(chance.spice)
        answer = self.author_of(told).edit(comment_id, text, 1 if chance.is_late else len(told.texts))
        if answer.status_code == 200:
            told.edit(text)
        else:
            assert code_of(answer) in TO_AUTHORS

    def take_back(self, chance: Chance) -> None:
        comment_id = self.pick(chance, self.told)
        if comment_id is not None:
            answer = self.author_of(self.told[comment_id]).take_back(comment_id)
            if answer.status_code == 204:
                self.forget({comment_id})
            else:
                assert code_of(answer) in TO_AUTHORS

    def react(self, chance: Chance) -> None:
        comment_id = self.pick(chance, self.ids)
        if comment_id is not None:
            author, path = self.authors[chance.who], f"/comments/{comment_id}/reaction"
            answer = author.put(path, {"kind": "clap"}) if chance.times > 1 else author.delete(path)
            is_readable = comment_id in self.public or self.mode == CommentsMode.OFF
            assert answer.status_code == 404 or is_readable, "a reaction to what nobody may read"

    def rule_on_one(self, chance: Chance) -> None:
        comment_id = self.pick(chance, self.told)
        if comment_id is not None:
            self.rule_on([self.seen[comment_id] if chance.is_late else self.present(comment_id)], chance.decision)

    def rule_on_all(self, chance: Chance) -> None:
        """A selection at the desk, each as it was seen there: of what waits, or of everything."""
        waiting = [one for one in self.seen.values() if one.comment_id in self.told and one.rulings == 1]
        self.rule_on(waiting if chance.times > 1 else list(self.seen.values()), chance.decision)

    def rule_on(self, seen: Collection[Seen], decision: Decision) -> None:
        fresh = {one.comment_id for one in seen if one.comment_id in self.told and one == self.present(one.comment_id)
                 and not self.told[one.comment_id].is_appealed
                 and not (decision == Decision.HOLD and self.told[one.comment_id].is_refused)}
        ruling = Ruling(decision, Reason.FINE)
        ruled = self.at_desk(lambda session: rule_on_many(session, list(seen), ruling, MONA, self.cast.clock()))
        assert set(ruled) == fresh, "a ruling on what was not seen"
        for comment_id in fresh:
            self.told[comment_id].rule(MONA, is_out=decision == Decision.PUBLISH,
                                       is_refusal=decision == Decision.REFUSE)
        self.seen |= {one.comment_id: self.present(one.comment_id) for one in seen if one.comment_id in self.told}

    def undo(self, chance: Chance) -> None:
        comment_id = self.pick(chance, self.told)
        if comment_id is not None:
            told, seen = self.told[comment_id], self.present(comment_id)
            named = ruling_id(comment_id, told.standing[-1].number)
            undone = self.at_desk(lambda session: undo_ruling(session, seen, named, MONA, self.cast.clock()))
            assert undone == (told.standing[-1].by == MONA and not told.is_appealed)
            if undone:
                told.undo()

    def report(self, chance: Chance) -> None:
        """By one to three readers who were never here before."""
        comment_id = self.pick(chance, self.ids)
        for _ in range(chance.times):
            if comment_id is None:
                return
            answer = self.cast.player().post(f"/comments/{comment_id}/reports", {"reason": "spam"})
            assert answer.status_code in (202, 404)
            assert answer.status_code == 202 or comment_id not in self.public
            if answer.status_code == 202:
                self.receipt_id = answer.get_json()["receipt"]["id"]
                told = self.told[comment_id]
                told.reports += 1
                told.hide_if_reported()

    def appeal(self, chance: Chance) -> None:
        comment_id = self.pick(chance, self.told)
        if comment_id is not None:
            told = self.told[comment_id]
            answer = self.author_of(told).post(f"/comments/{comment_id}/appeal", {"text": self.mark("please")})
            assert answer.status_code in (201, 409)
            assert answer.status_code == 409 or ((told.is_hidden or told.is_refused) and not told.is_appealed)
            told.is_appealed = told.is_appealed or answer.status_code == 201

    def settle(self, chance: Chance) -> None:
        """Somebody else than who ruled decides an appeal."""
        comment_id = self.pick(chance, self.told)
        if comment_id is None or chance.decision == Decision.HOLD:
            return
        told, ruling, now = self.told[comment_id], Ruling(chance.decision, Reason.FINE), self.cast.clock()
        settled = self.at_desk(lambda session: settle_appeal(session, self.present(comment_id), ruling, "second", now))
        assert (settled is not None) == told.is_appealed
        if settled is not None:
            told.rule("second", is_out=chance.decision == Decision.PUBLISH,
                      is_refusal=chance.decision == Decision.REFUSE)

    def mute(self, chance: Chance) -> None:
        """One author cannot say anything for a while; by the end of it the mute is over, or was taken back."""
        comment_id, now = self.pick(chance, self.told), self.cast.clock()
        if comment_id is not None:
            self.at_desk(lambda session: mute_author(session, comment_id, 1, Reason.SPAM, MONA, now))
            self.say(self.authors.index(self.author_of(self.told[comment_id])), chance.spice)
            self.at_desk(lambda session: unmute_author(session, comment_id))

    def erase(self, chance: Chance) -> None:
        author = self.authors.pop(chance.who)
        assert author.delete("/players/me").status_code == 204
        self.forget({one for one, told in self.told.items() if told.author == author.id})
        self.authors.append(self.cast.player())

    def let_time_pass(self, chance: Chance) -> None:
        self.cast.clock.now += timedelta(minutes=0.3 if chance.is_late else chance.times ** 7)
        self.at_desk(lambda session: run_all_due(session, PLAY_TERMS, "walk", self.cast.clock))

    def restart(self, chance: Chance) -> None:
        """From here on authors may, or may not, be trusted."""
        self.switch(CommentsMode.TRUSTED if chance.times > 1 else CommentsMode.PRE)
        self.page.close()
        self.start()

    def take_no_comments(self, chance: Chance) -> None:
        """For a while."""
        before = self.mode
        self.switch(CommentsMode.OFF)
        self.say(chance.who, chance.spice)
        self.no_door_shows_what_the_last_word_did_not_let_out()
        self.switch(before)

    def pause(self, chance: Chance) -> None:
        self.turn(Turn.PAUSE)
        self.say(chance.who, chance.spice)
        self.no_door_shows_what_the_last_word_did_not_let_out()
        self.turn(Turn.RESUME)

    def end(self, _chance: Chance) -> None:
        """A run that is over soon would come to nothing."""
        if len(self.ids) > MANY:
            self.turn(Turn.END)

    @invariant()
    def no_door_shows_what_the_last_word_did_not_let_out(self) -> None:
        self.cast.clock.advance(seconds=15)
        self.announcer.look()
        self.page.hear()
        found = leaks(self)
        assert not found, found
        self.looks += 1
        for process in (self.cast.client, self.other):
            for order in ("newest", "best"):
                shown = listed(process, order)
                assert shown == self.public_texts, f"{order}: {shown} instead of {self.public_texts}"
        self.trace.most_public = max(self.trace.most_public, len(self.public))


def code_of(answer: TestResponse) -> str:
    return str(answer.get_json()["code"])
