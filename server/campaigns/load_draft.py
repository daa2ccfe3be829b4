"""Making a draft campaign of its file, or making the draft of the same slug anew; all of it or nothing."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from prizes.db import Base
from prizes.prize import Prize, Release, prizes_of
from prizes.seal import sealed_tables
from prizes.stock import Stock, add_prize, correct, restock
from prizes.way import BadSettings
from prizes.ways import WAYS
from server.campaigns.brand import brand_named
from server.campaigns.campaign import Campaign, CampaignState, find_locked
from server.campaigns.draft_file import Draft, DraftPrize
from server.campaigns.dress_campaign import require_pictures
from server.campaigns.strict_table import BadDraft
from server.db import transaction
from server.simulation.rules import Rules

NO_CAMPAIGN = ""  # of a prize that a draft let go: the ledger keeps its lines for ever, so it cannot be deleted


def load_draft(session: Session, draft: Draft, now: datetime) -> Campaign:
    """Store a draft. Prizes are found again by their keys: they keep their ids, codes, pictures and ledger.

    Raises BadDraft; nothing is changed then.
    """
    with transaction(session):
        return load_within(session, draft, now)


def load_within(session: Session, draft: Draft, now: datetime, brand_id: str | None = None) -> Campaign:
    """`load_draft`, inside the caller's transaction, which must end when this raises. The brand is found by its name
    unless its id is known: a brand may have another name by now.
    """
    require_pictures(session, draft.theme)
    campaign = _campaign(session, draft)
    campaign.brand_id = brand_id or brand_named(session, draft.brand, now)
    _clear_settings(session, campaign.id)
    prize_ids = _store_prizes(session, campaign.id, draft.prizes, now)
    for word, settings in draft.ways.items():
        try:
            WAYS[word].set_up(session, campaign.id, settings, prize_ids)
        except BadSettings as error:
            key = f"ways.{word}.{error.key}"
            raise BadDraft(f"ways.{word}: {error}", key, error.code, **error.places) from None
    session.flush()
    return campaign


def _campaign(session: Session, draft: Draft) -> Campaign:
    """The campaign's row, new or the draft's that is there; as the file says."""
    campaign = find_locked(session, draft.slug)
    if campaign is None:
        campaign = Campaign(slug=draft.slug, state=CampaignState.DRAFT)
        session.add(campaign)
    elif campaign.state != CampaignState.DRAFT:
        raise BadDraft(f"{draft.slug} is {campaign.state}; only a draft can be replaced", "state", "no_draft")
    campaign.brand, campaign.titles, campaign.theme = draft.brand, draft.titles, draft.theme.as_json()
    campaign.opens_at, campaign.closes_at, campaign.timezone = draft.opens_at, draft.closes_at, draft.timezone
    campaign.rules = {"version": Rules().version, "gift_waves": draft.gift_waves}
    campaign.comments_mode, campaign.framed_by = draft.comments, draft.framed_by
    campaign.banned_words, campaign.allowed_words = draft.banned_words, draft.allowed_words
    for column, value in draft.limits.items():
        setattr(campaign, column, value)
    session.flush()
    return campaign


def _clear_settings(session: Session, campaign_id: str) -> None:
    """Take out what the ways and the release plan say: all that is sealed save the campaign and its prizes."""
    own = select(Prize.id).where(Prize.campaign_id == campaign_id)
    for name, sealed in reversed(sealed_tables().items()):
        if name not in (Campaign.__tablename__, Prize.__tablename__):
            table = Base.metadata.tables[name]
            found = table.c[sealed.by].in_(own) if sealed.by == "prize_id" else table.c[sealed.by] == campaign_id
            session.execute(delete(table).where(found))


def _store_prizes(session: Session, campaign_id: str, drafts: tuple[DraftPrize, ...], now: datetime) -> dict[str, str]:
    """Each prize as the file says; the ids by key. They are a microsecond apart, which keeps the file's order."""
    there = {prize.key: prize for prize in prizes_of(session, campaign_id) if prize.key is not None}
    kept = [there[draft.key].id for draft in drafts if draft.key in there]
    for prize in prizes_of(session, campaign_id):
        if prize.id not in kept:
            _let_go(session, prize, now)
    return {draft.key: _store_prize(session, campaign_id, draft, there.get(draft.key),
                                    now + timedelta(microseconds=place)) for place, draft in enumerate(drafts)}


def _store_prize(session: Session, campaign_id: str, draft: DraftPrize, there: Prize | None, now: datetime) -> str:
    values = {"names": draft.names, "kind": draft.kind, "value_cents": draft.value_cents, "currency": draft.currency,
              "per_player": draft.per_player, "per_day": draft.per_day, "per_hour": draft.per_hour,
              "is_unlimited": draft.is_unlimited, "downloads": draft.downloads, "created_at": now}
    prize = there or add_prize(session, Prize(campaign_id=campaign_id, key=draft.key, **values))
    if there is not None and there.kind != draft.kind:
        raise BadDraft(f"the prize {draft.key!r} was a {there.kind}; give the {draft.kind} a key of its own",
                       f"prizes.{draft.key}.kind", "kind_changed")
    for column, value in values.items():
        setattr(prize, column, value)
    session.add_all(Release(prize_id=prize.id, number=number, units=release.units, opens_at=release.opens_at,
                            closes_at=release.closes_at, at_hits=release.at_hits)
                    for number, release in enumerate(draft.releases, start=1))
    if draft.units is not None:
        _bring_stock_to(session, prize.id, draft, draft.units, now)
    return prize.id


def _bring_stock_to(session: Session, prize_id: str, draft: DraftPrize, units: int, now: datetime) -> None:
    """Receive or count away what the stock differs from the file by, through the ledger."""
    stock = session.get_one(Stock, prize_id)
    more = units - (stock.received - stock.withdrawn)
    if stock.received == 0 and more:
        restock(session, prize_id, more, now, "opening_stock")
    elif more and not correct(session, prize_id, more, now, "draft_loaded"):
        raise BadDraft(f"of prize {prize_id} fewer than {-more} units are free", f"prizes.{draft.key}.units",
                       "fewer_free", units=-more)


def _let_go(session: Session, prize: Prize, now: datetime) -> None:
    """The file does not name this prize any more: its stock is counted away and it leaves the campaign."""
    stock = session.get_one(Stock, prize.id)
    if stock.free:
        correct(session, prize.id, -stock.free, now, "draft_loaded")
    prize.campaign_id = NO_CAMPAIGN

