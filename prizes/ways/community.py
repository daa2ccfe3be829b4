"""Together: every accepted hit drains the boss's shared life; each step on the way opens something for all.

A step with a prize opens it for everyone who took part, so it must be one without an end. A step that releases only
names what a prize's own release plan (`Release.at_hits`) sets free for the other ways to give.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.award import Award, Way
from prizes.award_prize import award_prize, find_award
from prizes.db import Base
from prizes.forecast_course import ByHits
from prizes.prize import Prize, Release, SharedLife
from prizes.seal import sealed_by
from prizes.way import AwardTerms, BadSettings, CampaignFacts, FinishedRound, Flaw, Settings, WayToWin, Win

MOST_LIFE = 1_000_000_000
MOST_STEPS = 20


class CommunityStep(Base):
    """At `at` hits by all together `prize_id` opens, or more of it is released for the other ways."""

    __tablename__ = "community_step"
    __table_args__ = (CheckConstraint("at >= 1", name="at"), {"info": sealed_by("campaign_id")})

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[int] = mapped_column(Integer)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    releases: Mapped[bool] = mapped_column(Boolean)


class Community(WayToWin):
    """In a campaign's file: {"life": 1000000, "steps": [{"at": 500, "prize": "badge"}, {"at": 900, "release": "cap"}]}.

    Callers lock the campaign's desk first: a round moves units of several prizes, and whoever looks at how much is
    drained must be the only one who drains.
    """

    way = Way.COMMUNITY
    comes_later = True  # a step may open long after the round that went before it

    def is_used(self, session: Session, campaign_id: str) -> bool:
        return has_life(session, campaign_id)

    def set_up(self, session: Session, campaign_id: str, settings: Settings, prize_ids: Mapping[str, str]) -> None:
        life, steps = _read_settings(settings)
        session.add(SharedLife(campaign_id=campaign_id, life=life, drained=0))
        for number, step in enumerate(steps, start=1):
            at, prize_id, releases = _read_step(step, number, prize_ids)
            session.add(CommunityStep(campaign_id=campaign_id, number=number, at=at, prize_id=prize_id,
                                      releases=releases))

    def settings_of(self, session: Session, campaign_id: str, names: Mapping[str, str]) -> Settings | None:
        life = session.get(SharedLife, campaign_id)
        if life is None:
            return None
        return {"life": life.life, "steps": [{"at": step.at, _word(step): names[step.prize_id]}
                                             for step in steps_of(session, campaign_id)]}

    def flaws(self, session: Session, campaign: CampaignFacts) -> Sequence[Flaw]:
        life = session.get(SharedLife, campaign.id)
        if life is None:
            return ()
        steps = _steps_with_prizes(session, campaign.id)
        return [*_finite(steps), *_beyond(steps, life.life), *_twice(steps), *_without_release(session, steps)]

    def most_awards(self, session: Session, campaign: CampaignFacts) -> Mapping[str, int | None]:
        """What a step releases is given by other ways, which count it."""
        return {step.prize_id: None for step in steps_of(session, campaign.id) if not step.releases}

    def demands(self, session: Session, campaign: CampaignFacts) -> Sequence[ByHits]:
        return [ByHits(step.prize_id, step.at) for step in steps_of(session, campaign.id)]

    def accept_round(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                     now: datetime) -> Sequence[Award]:
        """Give first and drain last: the row of the life comes after all others, and nobody waits for it in a circle.

        With the desk locked nobody drains meanwhile, so what the hits will have opened is known before.
        """
        life = session.scalar(select(SharedLife.drained).where(SharedLife.campaign_id == campaign.id))
        if life is None:
            return ()
        awards = _give(session, campaign, round_, life + round_.hits, terms, now)
        drain(session, campaign.id, round_.hits)
        return awards

    def catch_up(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                 now: datetime) -> Sequence[Award]:
        return _give(session, campaign, round_, drained_of(session, campaign.id), terms, now)

    def shown(self, session: Session, campaign: CampaignFacts, now: datetime) -> Mapping[str, Any]:
        life = session.get(SharedLife, campaign.id, populate_existing=True)
        if life is None:
            return {}
        steps = [{"at": step.at, "open": step.at <= life.drained, _shown_word(step): step.prize_id}
                 for step in sorted(steps_of(session, campaign.id), key=lambda step: step.at)]
        return {"boss_life": {"life": life.life, "left": max(0, life.life - life.drained), "steps": steps}}


def has_life(session: Session, campaign_id: str) -> bool:
    """Whether a campaign's players drain one life together."""
    return session.scalar(select(SharedLife.life).where(SharedLife.campaign_id == campaign_id)) is not None


def drained_of(session: Session, campaign_id: str) -> int:
    return session.scalar(select(SharedLife.drained).where(SharedLife.campaign_id == campaign_id)) or 0


def drain(session: Session, campaign_id: str, hits: int) -> None:
    """Count hits, in one statement. What a round has drained stays so: a step that opened never closes again."""
    if hits > 0:
        session.execute(update(SharedLife).where(SharedLife.campaign_id == campaign_id)
                        .values(drained=SharedLife.drained + hits))


def steps_of(session: Session, campaign_id: str) -> list[CommunityStep]:
    """A campaign's steps in the order of its file."""
    steps = select(CommunityStep).where(CommunityStep.campaign_id == campaign_id)
    return list(session.scalars(steps.order_by(CommunityStep.number)))


def _give(session: Session, campaign: CampaignFacts, round_: FinishedRound, drained: int, terms: AwardTerms,
          now: datetime) -> list[Award]:
    """Give what is open and the player has not had; no cap on networks: a whole school may have taken part."""
    if not round_.may_win:
        return []
    given = []
    for step, prize in sorted(_steps_with_prizes(session, campaign.id), key=lambda one: (one[1].id, one[0].at)):
        win = Win(campaign.id, Way.COMMUNITY, f"{step.at}:{round_.player_id}", round_.player_id, round_.id)
        if step.at <= drained and not step.releases and find_award(session, win) is None:
            given.append(award_prize(session, win, prize, now, terms))
    return [award for award in given if award is not None]


def _steps_with_prizes(session: Session, campaign_id: str) -> list[tuple[CommunityStep, Prize]]:
    steps = select(CommunityStep, Prize).join(Prize, Prize.id == CommunityStep.prize_id)
    found = session.execute(steps.where(CommunityStep.campaign_id == campaign_id).order_by(CommunityStep.number))
    return [(step, prize) for step, prize in found]


def _word(step: CommunityStep) -> str:
    return "release" if step.releases else "prize"


def _shown_word(step: CommunityStep) -> str:
    return "releases" if step.releases else "prize_id"


def _read_settings(settings: object) -> tuple[int, list[Any]]:
    if not isinstance(settings, dict) or set(settings) != {"life", "steps"}:
        raise BadSettings("community must have a life and steps, and nothing else")
    life, steps = settings["life"], settings["steps"]
    if type(life) is not int or not 1 <= life <= MOST_LIFE:
        raise BadSettings(f"community life must be a whole number from 1 to {MOST_LIFE}, not {life!r:.80}", "life",
                          "number", least=1, most=MOST_LIFE)
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise BadSettings(f"community steps must be a list of 1 to {MOST_STEPS} steps", "steps", "steps",
                          most=MOST_STEPS)
    return life, steps


def _read_step(step: object, number: int, prize_ids: Mapping[str, str]) -> tuple[int, str, bool]:
    where = f"community step {number}"
    if not isinstance(step, dict) or set(step) not in ({"at", "prize"}, {"at", "release"}):
        raise BadSettings(f"{where} must have an at, and either a prize or a release, and nothing else")
    at, name = step["at"], step.get("prize", step.get("release"))
    if type(at) is not int or not 1 <= at <= MOST_LIFE:
        raise BadSettings(f"{where}: at must be a whole number from 1 to {MOST_LIFE}, not {at!r:.80}",
                          f"{number}.at", "number", least=1, most=MOST_LIFE)
    if not isinstance(name, str) or name not in prize_ids:
        raise BadSettings(f"{where}: there is no prize {name!r}", f"{number}.prize", "no_prize")
    return at, prize_ids[name], "release" in step


Steps = Sequence[tuple[CommunityStep, Prize]]


def _finite(steps: Steps) -> Iterable[Flaw]:
    return [Flaw("promised_to_everyone", f"The community step at {step.at} hits promises {prize.name('en')} to "
                 "everybody who took part, but there is only so much of it; make the prize unlimited.",
                 {"prize": prize.names, "prize_id": prize.id})
            for step, prize in steps if not step.releases and not prize.is_unlimited]


def _beyond(steps: Steps, life: int) -> Iterable[Flaw]:
    return [Flaw("step_beyond_life", f"The community step at {step.at} hits is never reached: the boss's life is "
                 f"{life} hits.", {"at": step.at, "life": life}) for step, _ in steps if step.at > life]


def _twice(steps: Steps) -> Iterable[Flaw]:
    """The cause of an award names its step by the hits: two of them would be one."""
    marks = [step.at for step, _ in steps]
    return [Flaw("step_twice", f"There are {marks.count(at)} community steps at {at} hits; one step opens one thing.",
                 {"at": at})
            for at in sorted(set(marks)) if marks.count(at) > 1]


def _without_release(session: Session, steps: Steps) -> Iterable[Flaw]:
    return [Flaw("step_without_release", f"The community step at {step.at} hits releases {prize.name('en')}, but its "
                 "release plan has nothing at so many hits.",
                 {"at": step.at, "prize": prize.names, "prize_id": prize.id})
            for step, prize in steps if step.releases and not _has_release(session, step)]


def _has_release(session: Session, step: CommunityStep) -> bool:
    own = (Release.prize_id == step.prize_id, Release.at_hits == step.at)
    return session.scalar(select(Release.number).where(*own).limit(1)) is not None
