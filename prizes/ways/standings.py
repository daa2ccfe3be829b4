"""The standings: the best players at the close win the prizes of their places, once a person has confirmed them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.award import Award, AwardState, Way
from prizes.db import Base
from prizes.forecast_course import AtClose
from prizes.seal import sealed_by
from prizes.slots import InLine, Slot, fill_slots, has_slots, is_fillable, open_slots, strike, vacate
from prizes.way import AwardTerms, BadSettings, CampaignFacts, Flaw, Ranking, Settings, WayToWin

MOST_PLACES = 1_000
RESERVES = 20  # in line behind the places; ours


class PlacePrize(Base):
    """The places from `first` to `last` win the prize."""

    __tablename__ = "place_prize"
    __table_args__ = (CheckConstraint("1 <= first AND first <= last", name="places"),
                      {"info": sealed_by("campaign_id")})

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    first: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))


class Standings(WayToWin):
    """In a campaign's file: [{"from": 1, "to": 3, "prize": "trip"}, …], without a gap from place 1 on."""

    way = Way.STANDINGS
    comes_later = True

    def is_used(self, session: Session, campaign_id: str) -> bool:
        return bool(places_of(session, campaign_id))

    def set_up(self, session: Session, campaign_id: str, settings: Settings, prize_ids: Mapping[str, str]) -> None:
        if not isinstance(settings, list) or not settings:
            raise BadSettings("standings must be a list of places")
        free = 1
        for number, place in enumerate(settings, start=1):
            row = _read_place(place, number, free, prize_ids)
            session.add(PlacePrize(campaign_id=campaign_id, **row))
            free = int(row["last"]) + 1

    def settings_of(self, session: Session, campaign_id: str, names: Mapping[str, str]) -> Settings | None:
        return [{"from": place.first, "to": place.last, "prize": names[place.prize_id]}
                for place in places_of(session, campaign_id)] or None

    def flaws(self, session: Session, campaign: CampaignFacts) -> Sequence[Flaw]:
        if not has_slots(session, campaign.id, Way.STANDINGS):
            return ()
        return [Flaw("places_over", "The places of this campaign were given before; load it under another slug.")]

    def most_awards(self, session: Session, campaign: CampaignFacts) -> Mapping[str, int | None]:
        return _units(places_of(session, campaign.id))

    def demands(self, session: Session, campaign: CampaignFacts) -> Sequence[AtClose]:
        return [AtClose(prize_id, units) for prize_id, units in _units(places_of(session, campaign.id)).items()]

    def close(self, session: Session, campaign: CampaignFacts, ranking: Ranking, terms: AwardTerms,
              now: datetime) -> int:
        """Freeze the places at the first call; every award is kept back until a person has looked at its round."""
        prizes = [place.prize_id for place in places_of(session, campaign.id)
                  for _ in range(place.first, place.last + 1)]
        if prizes and not has_slots(session, campaign.id, Way.STANDINGS):
            open_slots(session, campaign.id, Way.STANDINGS, prizes, _line(ranking, len(prizes) + RESERVES))
        return fill_slots(session, campaign.id, Way.STANDINGS, terms.kept_back(), now)

    def is_due(self, session: Session, campaign: CampaignFacts, terms: AwardTerms, now: datetime) -> bool:
        if has_slots(session, campaign.id, Way.STANDINGS):
            return is_fillable(session, campaign.id, Way.STANDINGS, terms, now)
        return bool(places_of(session, campaign.id))

    def reject_round(self, session: Session, campaign: CampaignFacts, round_id: str, now: datetime) -> None:
        strike(session, campaign.id, Way.STANDINGS, round_id)

    def give_again(self, session: Session, award: Award, now: datetime) -> None:
        vacate(session, award)

    def shown(self, session: Session, campaign: CampaignFacts, now: datetime) -> Mapping[str, object]:
        places = [{"from": place.first, "to": place.last, "prize_id": place.prize_id}
                  for place in places_of(session, campaign.id)]
        return {"places": places} if places else {}


def _line(ranking: Ranking, wanted: int) -> list[InLine]:
    """The best so many players who may win; who left their best round in the middle is ranked and passed over."""
    most = wanted
    while True:
        ranked = ranking(most)
        line = [InLine(one.player_id, one.round_id, one.score) for one in ranked if one.may_win]
        if len(line) >= wanted or len(ranked) < most:
            return line[:wanted]
        most *= 2


def places_of(session: Session, campaign_id: str) -> list[PlacePrize]:
    own = select(PlacePrize).where(PlacePrize.campaign_id == campaign_id)
    return list(session.scalars(own.order_by(PlacePrize.first)))


def confirm_places(session: Session, campaign_id: str, places: Sequence[int], claim_days: int,
                   now: datetime) -> list[Award]:
    """Let the awards of these places be claimed from now on, of all of them when none is named; those that were let."""
    awards = select(Slot.award_id).where(Slot.campaign_id == campaign_id, Slot.way == Way.STANDINGS)
    if places:
        awards = awards.where(Slot.number.in_(places))
    opened = update(Award).where(Award.id.in_(awards), Award.state == AwardState.KEPT_BACK).values(
        state=AwardState.OPEN, claim_before=now + timedelta(days=claim_days))
    confirmed = session.scalars(opened.returning(Award).execution_options(populate_existing=True))
    return sorted(confirmed, key=lambda award: int(award.cause.partition(".")[0]))


def _units(places: Sequence[PlacePrize]) -> dict[str, int]:
    units: dict[str, int] = {}
    for place in places:
        units[place.prize_id] = units.get(place.prize_id, 0) + place.last - place.first + 1
    return units


def _read_place(place: object, number: int, free: int, prize_ids: Mapping[str, str]) -> dict[str, int | str]:
    where = f"standings, line {number}"
    if not isinstance(place, dict) or set(place) != {"from", "to", "prize"}:
        raise BadSettings(f"{where} must have from, to and prize, and nothing else")
    first, last, name = place["from"], place["to"], place["prize"]
    if type(first) is not int or type(last) is not int or not 1 <= first <= last <= MOST_PLACES:
        raise BadSettings(f"{where}: places must be whole numbers from 1 to {MOST_PLACES}, from before to",
                          f"{number}.from", "places", most=MOST_PLACES)
    if first != free:
        raise BadSettings(f"{where}: place {free} has no prize yet, or has one already", f"{number}.from", "place_free",
                          place=free)
    if not isinstance(name, str) or name not in prize_ids:
        raise BadSettings(f"{where}: there is no prize {name!r}", f"{number}.prize", "no_prize")
    return {"first": first, "last": last, "prize_id": prize_ids[name]}
