"""What waits to be packed: each parcel with where it goes, alike ones together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import AwardState
from prizes.claim import ClaimContact
from prizes.prize import PrizeKind
from server.backoffice.rights import Right
from server.backoffice.winners.desk import MOST_AT_ONCE, awards_to, reach
from server.backoffice.winners.filter_form import filter_form, wanted_by
from server.backoffice.winners.list_awards import AwardRow, list_awards, rows_of
from server.campaigns.campaign import Campaign


@dataclass(frozen=True)
class Parcel:
    """`contact` is None when the person has had it erased."""

    row: AwardRow
    campaign: Campaign
    contact: ClaimContact | None


@dataclass(frozen=True)
class Parcels:
    """`has_more` when there are more than a list holds."""

    parcels: list[Parcel]
    has_more: bool


def parcels_to_pack(session: Session, filters: Mapping[str, Any], ticked: list[str]) -> Parcels:
    """The parcels that were ticked and still wait, else the newest of the filters that do.

    Raises Problem signed_out, not_found, not_allowed for what is not the asker's.
    """
    found = reach(session).only(Right.SERVE)
    if ticked:
        campaigns = {award.campaign_id: campaign for award, campaign in awards_to(Right.SERVE, ticked).values()}
        rows, has_more = [row for row in rows_of(session, ticked) if _waits(row)], False
    else:
        campaigns, form = found.by_id, filter_form(session, found, filters)
        wanted = wanted_by(session, found, form if form.validate() else filter_form(session, found, {}))
        page = list_awards(session, replace(wanted, state=AwardState.CLAIMED, kind=PrizeKind.PARCEL),
                           most=MOST_AT_ONCE)
        rows, has_more = page.rows, page.next is not None
    contacts = {contact.award_id: contact for contact in session.scalars(
        select(ClaimContact).where(ClaimContact.award_id.in_([row.award.id for row in rows])))}
    parcels = [Parcel(row, campaigns[row.award.campaign_id], contacts.get(row.award.id)) for row in rows]
    return Parcels(sorted(parcels, key=lambda one: (one.campaign.slug, one.row.prize.id, one.row.award.awarded_at)),
                   has_more)


def _waits(row: AwardRow) -> bool:
    return row.award.state == AwardState.CLAIMED and row.prize.kind == PrizeKind.PARCEL
