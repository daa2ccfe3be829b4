"""Instant win: a gift that was hit draws one in so many, then takes the next winning moment that is due."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audience import WAKING_HOURS
from prizes.award import Award, Way
from prizes.db import new_id
from prizes.forecast_course import ByMoment
from prizes.moments import commitment_to, is_drawn, moments_key
from prizes.plan_moments import plan_units, uneven_because
from prizes.planned import PlannedPrize, RolledMoment, WinningPlan, left_over, planned_prizes
from prizes.prize import Prize
from prizes.stock import Stock
from prizes.take_moment import HOLD, open_gift
from prizes.way import AwardTerms, BadSettings, CampaignFacts, FinishedRound, Flaw, Settings, WayToWin

ONE_IN = 10
MOST_ONE_IN = 10_000
MOST_WEIGHT = 1_000


class InstantWin(WayToWin):
    """In a campaign's file: {"one_in": 10, "prizes": ["plush", …], "hours": [24 weights of the audience]}.

    `all_ways` finds the other ways: no prize of a plan may also be given by one of them.
    """

    way = Way.INSTANT_WIN

    def __init__(self, all_ways: Callable[[], Iterable[WayToWin]] = tuple) -> None:
        self.all_ways = all_ways

    def is_used(self, session: Session, campaign_id: str) -> bool:
        return session.get(WinningPlan, campaign_id) is not None

    def set_up(self, session: Session, campaign_id: str, settings: Settings, prize_ids: Mapping[str, str]) -> None:
        one_in, names, hours = _read_settings(settings, prize_ids)
        session.add(WinningPlan(campaign_id=campaign_id, one_in=one_in, hours=hours))
        session.flush()
        session.add_all(PlannedPrize(campaign_id=campaign_id, prize_id=prize_ids[name]) for name in names)

    def settings_of(self, session: Session, campaign_id: str, names: Mapping[str, str]) -> Settings | None:
        plan = session.get(WinningPlan, campaign_id)
        if plan is None:
            return None
        prizes = [names[prize.prize_id] for prize in planned_prizes(session, campaign_id)]
        return {"one_in": plan.one_in, "prizes": sorted(prizes), "hours": plan.hours}

    def flaws(self, session: Session, campaign: CampaignFacts) -> Sequence[Flaw]:
        if not self.is_used(session, campaign.id):
            return ()
        no_gifts = [] if campaign.gift_waves else [Flaw(
            "no_gifts", "Instant wins hide in gifts, but the rules have none; name the gift_waves.")]
        return [*no_gifts, *_uneven_prizes(session, campaign), *self._shared_prizes(session, campaign)]

    def _shared_prizes(self, session: Session, campaign: CampaignFacts) -> list[Flaw]:
        given = {prize_id: other.way for other in self.all_ways() if other is not self
                 for prize_id in other.most_awards(session, campaign)}
        return [Flaw("moments_shared", f"{prize.name('en')} is an instant win and also given by the way "
                     f"{given[prize.id]}, which could take the unit of a winning moment; make it two prizes.",
                     {"prize": prize.names, "prize_id": prize.id})
                for prize, _ in _stocked(session, campaign.id) if prize.id in given]

    def most_awards(self, session: Session, campaign: CampaignFacts) -> Mapping[str, int | None]:
        """Before sealing whatever is in stock: each unit will have its moment."""
        return {prize.id: stock.received - stock.withdrawn for prize, stock in _stocked(session, campaign.id)}

    def demands(self, session: Session, campaign: CampaignFacts) -> Sequence[ByMoment]:
        plan = session.get(WinningPlan, campaign.id)
        return [ByMoment(prize.id, plan.one_in) for prize, _ in _stocked(session, campaign.id)] if plan else []

    def audience_hours(self, session: Session, campaign: CampaignFacts) -> Sequence[int] | None:
        plan = session.get(WinningPlan, campaign.id)
        return None if plan is None else plan.hours

    def seal(self, session: Session, campaign: CampaignFacts, terms: AwardTerms, now: datetime) -> None:
        """Plan every unit in stock anew, with a new nonce; once the campaign is open its plan stays."""
        plan = session.get(WinningPlan, campaign.id)
        if plan is None or (plan.nonce is not None and now >= campaign.opens_at):
            return
        if not terms.plan_key:
            raise ValueError("winning moments need a plan key")
        for prize, stock in _stocked(session, campaign.id):
            plan_units(session, campaign, prize.id, stock.free)
        plan.nonce, plan.closes_at = new_id(), campaign.closes_at
        plan.commitment = commitment_to(moments_key(terms.plan_key, campaign.id, plan.nonce))
        session.flush()

    def award_round(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                    now: datetime) -> Sequence[Award]:
        plan = session.get(WinningPlan, campaign.id) if round_.gifts and round_.may_win else None
        if plan is None:
            return ()
        drawn = [gift for gift in round_.gifts if is_drawn(round_.secret, gift, plan.one_in)]
        awards = [open_gift(session, plan, campaign, round_, gift, terms, now) for gift in drawn]
        return [award for award in awards if award is not None]

    def give_again(self, session: Session, award: Award, now: datetime) -> None:
        """Roll its moment forward; after the close the unit stays in stock and is listed as left over."""
        plan = session.get(WinningPlan, award.campaign_id)
        if plan is None or plan.closes_at is None or now >= plan.closes_at:
            return
        session.add(RolledMoment(award_id=award.id, campaign_id=award.campaign_id, prize_id=award.prize_id,
                                 given_up_at=now))
        session.flush()

    def shown(self, session: Session, campaign: CampaignFacts, now: datetime) -> Mapping[str, Any]:
        """How it works and what the plan is bound to; what nobody got, once nobody can win or claim any more."""
        plan = session.get(WinningPlan, campaign.id)
        if plan is None:
            return {}
        told: dict[str, Any] = {"one_in": plan.one_in, "commitment": plan.commitment}
        if now >= campaign.closes_at + HOLD:
            told["left_over"] = [{"prize_id": prize_id, "units": units}
                                 for prize_id, units in left_over(session, campaign.id).items()]
        return {"instant_win": told}


def _read_settings(settings: Settings, prize_ids: Mapping[str, str]) -> tuple[int, list[str], list[int]]:
    if not isinstance(settings, dict) or not {"prizes"} <= set(settings) <= {"one_in", "prizes", "hours"}:
        raise BadSettings("instant_win must have prizes, may have one_in and hours, and nothing else")
    one_in = settings.get("one_in", ONE_IN)
    if type(one_in) is not int or not 1 <= one_in <= MOST_ONE_IN:
        raise BadSettings(f"instant_win: one_in must be a whole number from 1 to {MOST_ONE_IN}, not {one_in!r:.80}",
                          "one_in", "number", least=1, most=MOST_ONE_IN)
    return one_in, _read_names(settings["prizes"], prize_ids), _read_hours(settings.get("hours", list(WAKING_HOURS)))


def _read_names(names: object, prize_ids: Mapping[str, str]) -> list[str]:
    if not isinstance(names, list) or not names:
        raise BadSettings("instant_win: prizes must be a list of names", "prizes", "no_instant_prize")
    for name in names:
        if not isinstance(name, str) or name not in prize_ids:
            raise BadSettings(f"instant_win: there is no prize {name!r}")
    if len(set(names)) < len(names):
        raise BadSettings("instant_win: prizes names a prize twice")
    return names


def _read_hours(hours: object) -> list[int]:
    is_weight = isinstance(hours, list) and all(type(hour) is int and 0 <= hour <= MOST_WEIGHT for hour in hours)
    if not isinstance(hours, list) or not is_weight or len(hours) != 24 or not any(hours):
        raise BadSettings(f"instant_win: hours must be 24 whole numbers from 0 to {MOST_WEIGHT}, not all of them 0",
                          "hours", "hours", most=MOST_WEIGHT)
    return hours


def _uneven_prizes(session: Session, campaign: CampaignFacts) -> list[Flaw]:
    flaws = []
    for prize, stock in _stocked(session, campaign.id):
        why = uneven_because(session, campaign, prize, stock)
        if why is not None:
            flaws.append(Flaw("moments_not_units", f"{prize.name('en')} cannot have a winning moment for each of its "
                              f"units: {why.sentence}.",
                              {"prize": prize.names, "prize_id": prize.id, "why": why.code}))
    return flaws


def _stocked(session: Session, campaign_id: str) -> list[tuple[Prize, Stock]]:
    planned = (select(Prize, Stock).join(PlannedPrize, PlannedPrize.prize_id == Prize.id)
               .join(Stock, Stock.prize_id == Prize.id).where(PlannedPrize.campaign_id == campaign_id))
    return [(prize, stock) for prize, stock in session.execute(planned.order_by(Prize.id))]
