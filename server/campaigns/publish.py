"""Publishing a campaign: what forbids it, and the moment from which nothing of what was promised changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.forecast_course import AtClose
from prizes.liability import Exposure, exposures, liability
from prizes.planned import is_planned
from prizes.prize import Prize, PrizeKind
from prizes.way import AwardTerms, Flaw
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign, CampaignState, find_locked
from server.db import transaction
from server.errors import Problem

COSTS_SOMETHING = (PrizeKind.PARCEL, PrizeKind.VOUCHER)


class SealedCampaign(Exception):
    """What a sealed campaign forbids; the sentence says why."""


class _NotPublished(Exception):
    """What was to be written beside it is not written either."""

    def __init__(self, report: "Report") -> None:
        super().__init__("it has flaws")
        self.report = report


TermsOf = Callable[[Campaign], AwardTerms]


@dataclass(frozen=True)
class Report:
    """`flaws` forbid publishing, `warnings` deserve a look."""

    flaws: list[Flaw]
    warnings: list[Flaw]


def publish(session: Session, slug: str, terms_of: TermsOf, now: datetime) -> Report:
    """Publish and seal a draft, unless it has flaws.

    Raises Problem campaign_not_found.
    """
    try:
        with transaction(session):
            return _without_flaws(publish_within(session, lock_campaign(session, slug), terms_of, now))
    except _NotPublished as refused:
        return refused.report


def _without_flaws(report: Report) -> Report:
    if report.flaws:
        raise _NotPublished(report)
    return report


def publish_within(session: Session, campaign: Campaign, terms_of: TermsOf, now: datetime) -> Report:
    """`publish`, inside the caller's transaction; the campaign's row is locked or new.

    The ways make what must stand before the opening first: the seal closes their tables too.
    """
    report = check(session, campaign, now)
    if not report.flaws:
        for way in WAYS.values():
            if way.is_used(session, campaign.id):
                way.seal(session, campaign.facts, terms_of(campaign), now)
        session.flush()
        campaign.state, campaign.sealed_at = CampaignState.PUBLISHED, now
        session.flush()
    return report


def lock_campaign(session: Session, slug: str) -> Campaign:
    """The campaign of a slug, a draft too; nobody else publishes or changes it until the transaction ends.

    Raises Problem campaign_not_found.
    """
    campaign = find_locked(session, slug)
    if campaign is None:
        raise Problem("campaign_not_found", f"There is no campaign {slug!r}; `popshot campaign list` lists them.")
    return campaign


def check(session: Session, campaign: Campaign, now: datetime) -> Report:
    """What forbids publishing a campaign, and what deserves a look. Reads."""
    found = exposures(session, campaign.facts)
    used = [way for way in WAYS.values() if way.is_used(session, campaign.id)]
    of_ways = [flaw for way in used for flaw in way.flaws(session, campaign.facts)]
    promised = [demand for way in used for demand in way.demands(session, campaign.facts)
                if isinstance(demand, AtClose)]
    return Report([*_flaws_of_time(campaign, now), *_flaws_of_money(campaign, found), *_flaws_of_words(campaign, found),
                   *_flaws_of_promises(found, promised), *of_ways], list(_warnings(found)))


def require_movable(session: Session, prize_id: str, units: int) -> None:
    """Before staff move a prize's stock, inside the transaction that does, with the units that it would gain at most:
    the stock of a sealed plan stays as it is, and a sealed campaign's limit has to bear what comes.

    The campaign's row is locked first. So nobody publishes between this look and the move, and two deliveries that
    only fit one by one cannot come at once.

    Raises SealedCampaign.
    """
    of_prize = select(Prize.campaign_id).where(Prize.id == prize_id).scalar_subquery()
    campaign = session.scalar(select(Campaign).where(Campaign.id == of_prize).with_for_update(key_share=True))
    if is_planned(session, prize_id):
        raise SealedCampaign(f"Each unit of prize {prize_id} has its winning moment, and the plan is sealed: its stock "
                             "can neither grow nor shrink.")
    if campaign is None or campaign.sealed_at is None:
        return
    for flaw in _flaws_of_money(campaign, exposures(session, campaign.facts, {prize_id: units})):
        if flaw.code == "liability_exceeded":
            raise SealedCampaign(flaw.sentence)


def lock_unsealed(session: Session, slug: str) -> Campaign:
    """`lock_campaign`, of one whose prizes may still change.

    Raises SealedCampaign, as the database would in its own words, or Problem campaign_not_found.
    """
    campaign = lock_campaign(session, slug)
    if campaign.sealed_at is not None:
        raise SealedCampaign(f"{campaign.slug} was published at {campaign.local(campaign.sealed_at)}; "
                             "its prizes, rules, limits and dates do not change any more.")
    return campaign


def _flaws_of_time(campaign: Campaign, now: datetime) -> Iterator[Flaw]:
    if campaign.state != CampaignState.DRAFT:
        yield Flaw("not_a_draft", f"{campaign.slug} is {campaign.state}; only a draft can be published.",
                   {"state": str(campaign.state)})
    if campaign.closes_at <= now:
        yield Flaw("window_is_over", f"The campaign closes at {campaign.local(campaign.closes_at)}, and that is over.",
                   {"closes_at": campaign.closes_at})


def _flaws_of_money(campaign: Campaign, found: list[Exposure]) -> Iterator[Flaw]:
    """The value of each prize, one currency, a limit, and a sum that keeps to it."""
    for exposure in found:
        yield from _flaws_of_value(exposure)
    currencies = sorted({exposure.prize.currency for exposure in found if exposure.prize.value_cents})
    if len(currencies) > 1:
        yield Flaw("mixed_currencies", f"The prizes are worth {' and '.join(currencies)}, but one limit counts one "
                   "currency; give all values in it.", {"currencies": currencies})
    currency = currencies[0] if currencies else "EUR"
    limit, most = campaign.liability_limit_cents, liability(found)
    if limit is None:
        yield Flaw("no_liability_limit", "The campaign has no liability limit: say how much all prizes together may "
                   f"come to; now that is {_money(most, currencies)}.", {"cents": most, "currency": currency})
    elif most is not None and most > limit:
        yield Flaw("liability_exceeded", f"All prizes together may come to {_money(most, currencies)}; the limit is "
                   f"{_money(limit, currencies)}.", {"cents": most, "limit": limit, "currency": currency})


def _flaws_of_value(exposure: Exposure) -> Iterator[Flaw]:
    prize = exposure.prize
    about = _about(exposure)
    if prize.kind in COSTS_SOMETHING and prize.value_cents == 0:
        yield Flaw("no_value", f"{prize.name('en')} has no value; without it nobody knows what the prizes may come to.",
                   about)
    if exposure.cents is None:
        yield Flaw("liability_endless", f"{prize.name('en')} has a value and no end, so there is no limit to what it "
                   "may come to; limit it, or let it have no value.", about)


def _flaws_of_words(campaign: Campaign, found: list[Exposure]) -> Iterator[Flaw]:
    for exposure in found:
        lacking = [locale for locale in campaign.locales if locale not in exposure.prize.names]
        if lacking:
            yield Flaw("name_missing", f"{exposure.prize.name('en')} has no name in {', '.join(lacking)}, "
                       "which the campaign speaks.", {**_about(exposure), "languages": lacking})


def _flaws_of_promises(found: list[Exposure], promised: Sequence[AtClose]) -> Iterator[Flaw]:
    """Each place and each slot of a draw has its winner, so each needs a unit of its own."""
    for exposure in found:
        units = sum(demand.units for demand in promised if demand.prize_id == exposure.prize.id)
        if exposure.stock is not None and units > exposure.stock:
            yield Flaw("promised_above_stock", f"Places and draws promise {units} of {exposure.prize.name('en')}, but "
                       f"{exposure.stock} are in stock; receive more first, or promise fewer.",
                       {**_about(exposure), "promised": units, "stock": exposure.stock})


def _warnings(found: list[Exposure]) -> Iterator[Flaw]:
    for exposure in found:
        if exposure.awards == 0:
            yield Flaw("never_given", f"No way to win gives {exposure.prize.name('en')}.", _about(exposure))
        if exposure.stock == 0:
            yield Flaw("no_stock", f"There is no stock of {exposure.prize.name('en')} yet.", _about(exposure))


def _about(exposure: Exposure) -> dict[str, Any]:
    return {"prize": exposure.prize.names, "prize_id": exposure.prize.id}


def _money(cents: int | None, currencies: list[str]) -> str:
    return "without an end" if cents is None else f"{cents / 100:,.2f} {'/'.join(currencies) or 'EUR'}"
