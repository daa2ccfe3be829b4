"""What anyone may know of a campaign's draw: enough to recompute it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, AwardState, Way
from prizes.draw import (
    DrawCommitment,
    DrawEntry,
    DrawFreeze,
    DrawResult,
    DrawStruck,
    DrawTerms,
    DrawWitness,
    SeedBy,
    entries_of,
    secret_of,
)
from prizes.fate import Drawn, drawn_line, struck_entries
from prizes.prize import Prize
from prizes.slots import Given, slots_of
from server.campaigns.campaign import Campaign
from server.clock import rfc3339
from server.db import Database
from server.errors import Problem
from server.play.close_campaign import close_campaign
from server.play.terms import PlayTerms
from server.players.player import Player


@dataclass(frozen=True)
class ShownDraw:
    """A draw as it stands. What is None is not known yet, or not used by this draw."""

    state: str
    terms: DrawTerms
    entries: int
    frozen: DrawFreeze | None
    result: DrawResult | None
    witness: DrawWitness | None
    commitment: str | None
    value: str | None
    slots: list[dict[str, Any]]
    struck: list[DrawStruck]
    line: list[Drawn]

    def as_json(self) -> dict[str, Any]:
        known = {"commitment": self.commitment, "root": self.frozen and self.frozen.root, "value": self.value,
                 "frozen_at": self.frozen and rfc3339(self.frozen.at), "seed": self.result and self.result.seed,
                 "drawn_at": self.result and rfc3339(self.result.at), "witness": self.witness and self.witness.name}
        return {"state": self.state, "seed_by": self.terms.seed_by, "entries": self.entries, "slots": self.slots,
                "most_entries": self.terms.most_entries, "reserves": self.terms.reserves,
                "struck": [_struck(entry) for entry in self.struck], "line": [_drawn(drawn) for drawn in self.line],
                **{key: value for key, value in known.items() if value}}


def show_draw(session: Session, campaign: Campaign, terms: PlayTerms, locale: str, now: datetime) -> ShownDraw:
    """A campaign's draw, closed in passing when it is due.

    Raises Problem not_found for a campaign without one.
    """
    close_campaign(session, campaign, terms, now)
    own = _terms_of(session, campaign)
    frozen, result = session.get(DrawFreeze, campaign.id), session.get(DrawResult, campaign.id)
    witness, commitment = session.get(DrawWitness, campaign.id), session.get(DrawCommitment, campaign.id)
    return ShownDraw(
        state="drawn" if result else "frozen" if frozen else "open", terms=own, frozen=frozen, result=result,
        entries=frozen.entries if frozen else _count_entries(session, campaign.id), witness=witness,
        commitment=commitment.hash if commitment else None, value=_value(own, result, witness, terms),
        slots=[_slot(session, given, locale) for given in slots_of(session, campaign.id, Way.DRAW)],
        struck=struck_entries(session, campaign.id), line=drawn_line(session, campaign.id))


def require_frozen(session: Session, campaign: Campaign) -> None:
    """Raises Problem not_found before the freeze, or without a draw."""
    _terms_of(session, campaign)
    if session.get(DrawFreeze, campaign.id) is None:
        raise Problem("not_found", "The entries of this draw are not frozen yet.")


def entry_lines(database: Database, campaign_id: str) -> Iterator[str]:
    """The frozen entries, a line each; the root is taken of the text without its line end.

    With a session of its own: it is read while it is sent, when the request's session is closed already.
    """
    with database.sessions() as session:
        for entry in entries_of(session, campaign_id):
            yield f"{entry}\n"


def _terms_of(session: Session, campaign: Campaign) -> DrawTerms:
    own = session.get(DrawTerms, campaign.id)
    if own is None:
        raise Problem("not_found", "This campaign has no draw.")
    return own


def _count_entries(session: Session, campaign_id: str) -> int:
    count = select(func.count()).select_from(DrawEntry).where(DrawEntry.campaign_id == campaign_id)
    return session.scalar(count) or 0


def _value(own: DrawTerms, result: DrawResult | None, witness: DrawWitness | None, terms: PlayTerms) -> str | None:
    """What went into the seed beside the root: the witness's text, or the secret in hex once the draw is made."""
    if result is None:
        return None
    if own.seed_by == SeedBy.SECRET:
        secret = secret_of(terms.plan_key, own.campaign_id)
        return secret.hex() if hashlib.sha256(secret).hexdigest() == result.value_hash else None
    return witness.value if witness else None


def _struck(entry: DrawStruck) -> dict[str, str]:
    return {"entry": entry.round_id, **({"at": rfc3339(entry.at)} if entry.at else {})}


def _drawn(drawn: Drawn) -> dict[str, Any]:
    shown = {"drawn": drawn.place, "entry": drawn.round_id, "player": drawn.player, "fate": drawn.fate}
    return shown if drawn.slot is None else {**shown, "slot": drawn.slot, "turn": drawn.turn}


def _slot(session: Session, given: Given, locale: str) -> dict[str, Any]:
    prize = session.get_one(Prize, given.slot.prize_id)
    shown = {"slot": given.slot.number, "prize": {"id": prize.id, "name": prize.name(locale)}}
    award = given.award
    if award is None or award.state in GIVEN_UP:
        return {**shown, "state": "unclaimed" if given.slot.is_over else "waiting"}
    alias = session.scalar(select(Player.alias).where(Player.id == award.player_id))
    is_claimed = award.state not in (AwardState.OPEN, AwardState.KEPT_BACK)
    return {**shown, "entry": award.round_id, "alias": alias, "turn": given.slot.turn,
            "state": "claimed" if is_claimed else "drawn"}
