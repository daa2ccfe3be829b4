"""The draw at the close, among those who played: an entry an accepted round, slots as `prizes/draw.py` draws them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from prizes.award import Award, Way
from prizes.caps import Cap, Limit, count_one, uncount_one
from prizes.draw import (
    DrawCommitment,
    DrawEntry,
    DrawPrize,
    DrawStruck,
    DrawTerms,
    SeedBy,
    draw,
    drawn_prizes,
    freeze_entries,
    frozen_at,
    player_key_of,
    result_of,
    secret_of,
)
from prizes.forecast_course import AtClose
from prizes.slots import fill_slots, has_slots, is_fillable, strike, vacate
from prizes.way import AwardTerms, BadSettings, CampaignFacts, FinishedRound, Flaw, Ranking, Settings, WayToWin

MOST = 100_000  # entries of a player, reserves, units of a prize
KEYS = {"prizes", "most_entries", "reserves", "seed"}


class Draw(WayToWin):
    """In a campaign's file: {"prizes": [{"prize": "trip", "units": 3}], "most_entries": 10, "reserves": 10,
    "seed": "witness" or "secret"}.
    """

    way = Way.DRAW
    comes_later = True

    def is_used(self, session: Session, campaign_id: str) -> bool:
        return session.get(DrawTerms, campaign_id) is not None

    def set_up(self, session: Session, campaign_id: str, settings: Settings, prize_ids: Mapping[str, str]) -> None:
        if not isinstance(settings, dict) or set(settings) != KEYS:
            raise BadSettings(f"draw must have {', '.join(sorted(KEYS))}, and nothing else")
        if settings["seed"] not in list(SeedBy):
            raise BadSettings(f"draw: seed must be witness or secret, not {settings['seed']!r}", "seed", "one_of")
        session.add(DrawTerms(campaign_id=campaign_id, seed_by=SeedBy(settings["seed"]),
                              most_entries=_number(settings, "most_entries", 1),
                              reserves=_number(settings, "reserves", 0)))
        if not isinstance(settings["prizes"], list) or not settings["prizes"]:
            raise BadSettings("draw: prizes must be a list", "prizes", "no_drawn_prize")
        for number, prize in enumerate(settings["prizes"], start=1):
            session.add(_read_prize(prize, campaign_id, number, prize_ids))

    def settings_of(self, session: Session, campaign_id: str, names: Mapping[str, str]) -> Settings | None:
        terms = session.get(DrawTerms, campaign_id)
        return terms and {
            "prizes": [{"prize": names[prize.prize_id], "units": prize.units}
                       for prize in drawn_prizes(session, campaign_id)],
            "most_entries": terms.most_entries, "reserves": terms.reserves, "seed": str(terms.seed_by)}

    def flaws(self, session: Session, campaign: CampaignFacts) -> Sequence[Flaw]:
        if frozen_at(session, campaign.id) is None and not has_slots(session, campaign.id, Way.DRAW):
            return ()
        return [Flaw("draw_over", "The draw of this campaign was closed before, and nobody can enter it any more; load "
                     "the campaign under another slug.")]

    def most_awards(self, session: Session, campaign: CampaignFacts) -> Mapping[str, int | None]:
        units: dict[str, int | None] = {}
        for prize in drawn_prizes(session, campaign.id):
            units[prize.prize_id] = (units.get(prize.prize_id) or 0) + prize.units
        return units

    def demands(self, session: Session, campaign: CampaignFacts) -> Sequence[AtClose]:
        return [AtClose(prize.prize_id, prize.units) for prize in drawn_prizes(session, campaign.id)]

    def seal(self, session: Session, campaign: CampaignFacts, terms: AwardTerms, now: datetime) -> None:
        own = session.get(DrawTerms, campaign.id)
        if own is not None and own.seed_by == SeedBy.SECRET:
            shown = hashlib.sha256(secret_of(terms.plan_key, campaign.id)).hexdigest()
            session.add(DrawCommitment(campaign_id=campaign.id, hash=shown, at=now))

    def accept_round(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                     now: datetime) -> Sequence[Award]:
        """An entry for each accepted round, as long as the player has not enough of them."""
        own = session.get(DrawTerms, campaign.id)
        if own is not None and round_.may_win and frozen_at(session, campaign.id) is None:
            limit = Limit(Cap.ENTRIES, campaign.id, round_.player_id, own.most_entries)
            if count_one(session, limit):
                session.add(DrawEntry(campaign_id=campaign.id, round_id=round_.id, player_id=round_.player_id))
                session.flush()
        return ()

    def reject_round(self, session: Session, campaign: CampaignFacts, round_id: str, now: datetime) -> None:
        """Before the freeze its entry goes; after it the entry stays in the list, out of the line."""
        if frozen_at(session, campaign.id) is not None:
            session.merge(DrawStruck(campaign_id=campaign.id, round_id=round_id, at=now))
            strike(session, campaign.id, Way.DRAW, round_id)
            return
        own = (DrawEntry.campaign_id == campaign.id, DrawEntry.round_id == round_id)
        player_id = session.scalar(delete(DrawEntry).where(*own).returning(DrawEntry.player_id))
        if player_id is not None:
            uncount_one(session, Limit(Cap.ENTRIES, campaign.id, player_id, None))

    def close(self, session: Session, campaign: CampaignFacts, ranking: Ranking, terms: AwardTerms,
              now: datetime) -> int:
        """Freeze, draw when the seed is a secret, and pass on what was given up."""
        own = session.get(DrawTerms, campaign.id)
        if own is None:
            return 0
        done = freeze_entries(session, campaign.id, player_key_of(terms.plan_key, campaign.id), now)
        if own.seed_by == SeedBy.SECRET:
            done += draw(session, own, secret_of(terms.plan_key, campaign.id), now)
        if result_of(session, campaign.id) is None:
            return done
        return done + fill_slots(session, campaign.id, Way.DRAW, terms, now)

    def is_due(self, session: Session, campaign: CampaignFacts, terms: AwardTerms, now: datetime) -> bool:
        own = session.get(DrawTerms, campaign.id)
        if own is None or result_of(session, campaign.id) is not None:
            return own is not None and is_fillable(session, campaign.id, Way.DRAW, terms, now)
        return own.seed_by == SeedBy.SECRET or frozen_at(session, campaign.id) is None

    def give_again(self, session: Session, award: Award, now: datetime) -> None:
        vacate(session, award)

    def shown(self, session: Session, campaign: CampaignFacts, now: datetime) -> Mapping[str, Any]:
        """How much is drawn, and what the seed is bound to once a secret's hash was published."""
        own = session.get(DrawTerms, campaign.id)
        if own is None:
            return {}
        told = {"units": sum(prize.units for prize in drawn_prizes(session, campaign.id)),
                "most_entries": own.most_entries, "seed_by": str(own.seed_by)}
        bound = session.get(DrawCommitment, campaign.id)
        return {"draw": told | ({"commitment": bound.hash} if bound else {})}


def _number(settings: Mapping[str, object], key: str, least: int, where: str = "") -> int:
    number = settings[key]
    if type(number) is not int or not least <= number <= 100_000:
        raise BadSettings(f"draw: {key} must be a whole number from {least} to {MOST}, not {number!r:.80}",
                          f"{where}{key}", "number", least=least, most=MOST)
    return number


def _read_prize(prize: object, campaign_id: str, number: int, prize_ids: Mapping[str, str]) -> DrawPrize:
    if not isinstance(prize, dict) or set(prize) != {"prize", "units"}:
        raise BadSettings(f"draw: prize {number} must have prize and units, and nothing else")
    if not isinstance(prize["prize"], str) or prize["prize"] not in prize_ids:
        raise BadSettings(f"draw: there is no prize {prize['prize']!r}", f"prizes {number}.prize", "no_prize")
    return DrawPrize(campaign_id=campaign_id, number=number, prize_id=prize_ids[prize["prize"]],
                     units=_number(prize, "units", 1, f"prizes {number}."))
