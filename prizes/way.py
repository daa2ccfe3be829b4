"""What a way to win is: the moments of a campaign and of a round at which it may give a prize.

A sixth way is one file beside `prizes/ways/ladder.py` and one line in `prizes/ways/__init__.py`. Whatever a way does
not care for it leaves as it is here: nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.fault import Fault
from prizes.forecast_course import Demand
from prizes.prize import Prize

Settings = Any  # what a campaign's file says of one way: JSON values


class BadSettings(Fault):
    """A way cannot be set up so; the sentence names the key."""


@dataclass(frozen=True)
class CampaignFacts:
    """What a way needs to know of its campaign, whose id is opaque here. The window is [opens_at, closes_at).

    `gift_waves` are the waves of a round in which a gift is hidden.
    """

    id: str
    opens_at: datetime
    closes_at: datetime
    timezone: str
    gift_waves: tuple[int, ...] = ()


@dataclass(frozen=True)
class FinishedRound:
    """A round that is over. `gifts` names each gift target that was hit, in order, as "wave.index".

    `may_win` is false for a round that nobody finished. `network` is a keyed hash of the player's network.
    """

    id: str
    player_id: str
    network: str | None
    score: int
    hits: int
    gifts: tuple[str, ...]
    secret: bytes
    closed_at: datetime
    may_win: bool


@dataclass(frozen=True, repr=False)  # a key in a log line would be a leak
class AwardTerms:
    """`keep_back` (a held round) keeps every award back, the value limit (in cents) those of dear prizes.

    `per_network` caps a campaign's awards to one network in a day; None is no cap. The keys are 32 bytes each.
    """

    claim_key: bytes
    claim_days: int
    value_limit_cents: int | None
    keep_back: bool
    plan_key: bytes = b""
    timezone: str = "UTC"
    per_network: int | None = None

    def first_state(self, prize: Prize) -> AwardState:
        too_dear = self.value_limit_cents is not None and prize.value_cents > self.value_limit_cents
        return AwardState.KEPT_BACK if self.keep_back or too_dear else AwardState.OPEN

    def kept_back(self) -> "AwardTerms":
        return replace(self, keep_back=True)


@dataclass(frozen=True, repr=False)
class ClaimTerms:
    """What a claim needs beside the award's terms: keys of 32 bytes, and a campaign's caps by person and household."""

    person_key: bytes = b""
    voucher_key: bytes = b""
    per_person: int | None = None
    per_household: int | None = None


@dataclass(frozen=True)
class Win:
    """What was won by whom: the cause is what may happen only once in a campaign by this way.

    `hold` is how long the unit waits for its claim, when that is shorter than the terms'.
    """

    campaign_id: str
    way: Way
    cause: str
    player_id: str
    round_id: str
    network: str | None = None
    hold: timedelta | None = None


@dataclass(frozen=True)
class Flaw:
    """Why a campaign cannot be published: a stable code, a sentence for people, and what any other wording of it
    names: numbers, `cents` with their `currency`, languages, a prize by its names and its id.
    """

    code: str
    sentence: str
    places: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Ranked:
    """A player's place: the best accepted round, its score, and when it was reached.

    `may_win` is false when nobody finished that round: it is ranked and wins nothing.
    """

    player_id: str
    round_id: str
    score: int
    reached_at: datetime
    may_win: bool = True


Ranking = Callable[[int], Sequence[Ranked]]  # the best so many players of the campaign, the first one first


class WayToWin:
    """One way. Everything runs inside the caller's transaction unless it says that it only reads."""

    way: ClassVar[Way]
    comes_later: ClassVar[bool] = False  # its prizes are given after the round: the round gets a keepsake

    def is_used(self, session: Session, campaign_id: str) -> bool:
        """Whether the campaign gives prizes this way."""
        raise NotImplementedError

    def set_up(self, session: Session, campaign_id: str, settings: Settings, prize_ids: Mapping[str, str]) -> None:
        """Store what a campaign's file says; `prize_ids` finds the prizes by the names that the file gives them.

        Raises BadSettings.
        """
        raise NotImplementedError

    def settings_of(self, session: Session, campaign_id: str, names: Mapping[str, str]) -> Settings | None:
        """The settings as `set_up` would take them, None when the way is not used; `names` by prize id. Reads."""
        raise NotImplementedError

    def flaws(self, session: Session, campaign: CampaignFacts) -> Sequence[Flaw]:
        """What must be mended before the campaign may be published. Reads."""
        return ()

    def most_awards(self, session: Session, campaign: CampaignFacts) -> Mapping[str, int | None]:
        """By prize id the most awards that this way can give, None when only the stock ends it. Reads."""
        return {}

    def seal(self, session: Session, campaign: CampaignFacts, terms: AwardTerms, now: datetime) -> None:
        """The campaign is being published: make what must stand before it opens (a plan, a commitment)."""

    def award_round(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                    now: datetime) -> Sequence[Award]:
        """A round ended, accepted or held (`terms.keep_back`), and may win: give what it wins at once."""
        return ()

    def accept_round(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                     now: datetime) -> Sequence[Award]:
        """A round was accepted, at its end or by a person later: count it. Called once a round."""
        return ()

    def reject_round(self, session: Session, campaign: CampaignFacts, round_id: str, now: datetime) -> None:
        """A round was rejected by a person; its own awards are given back by the caller."""

    def close(self, session: Session, campaign: CampaignFacts, ranking: Ranking, terms: AwardTerms,
              now: datetime) -> int:
        """The campaign is over and no round of it is open: give what is given at the end; how much was done.

        Called again and again, long after the end too: what is done stays done, and what was given up meanwhile
        goes to the next in line.
        """
        return 0

    def is_due(self, session: Session, campaign: CampaignFacts, terms: AwardTerms, now: datetime) -> bool:
        """Whether `close` would do anything now, once the campaign is over. Reads."""
        return False

    def catch_up(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                 now: datetime) -> Sequence[Award]:
        """Somebody looks at an accepted round of theirs again: give what has opened for it meanwhile."""
        return ()

    def give_again(self, session: Session, award: Award, now: datetime) -> None:
        """An award of this way was given up and its unit is free: let it go to somebody else."""

    def demands(self, session: Session, campaign: CampaignFacts) -> Sequence[Demand]:
        """How this way will ask for its prizes, for the forecast. Reads."""
        return ()

    def audience_hours(self, session: Session, campaign: CampaignFacts) -> Sequence[int] | None:
        """24 weights of the local hours in which the campaign's file expects its players, for the forecast; None when
        it says nothing of them to this way. Reads.
        """
        return None

    def shown(self, session: Session, campaign: CampaignFacts, now: datetime) -> Mapping[str, Any]:
        """Members that this way adds to a campaign's public answer. Reads."""
        return {}
