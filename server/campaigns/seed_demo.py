"""The demo: one open campaign with prizes in stock, for a first start on an empty database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from prizes.ways.ladder import LadderStep
from server.campaigns.brand import brand_named
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.demo_pictures import demo_picture
from server.campaigns.picture import keep_picture
from server.campaigns.publish import TermsOf, publish_within
from server.campaigns.theme import HOUSE, read_theme_file
from server.db import transaction
from server.simulation.rules import Rules

DEMO_BRAND = "Zapp & Co"
NEVER = datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)
VALUE_LIMIT_CENTS = 5_000
LIABILITY_LIMIT_CENTS = 2_500_000


@dataclass(frozen=True)
class DemoPrize:
    """One step of the demo's ladder: the score that reaches it, the prize, how many there are, its drawing's name."""

    score: int
    names: dict[str, str]
    kind: PrizeKind
    value_cents: int
    units: int
    picture: str
    downloads: dict[str, str] = field(default_factory=dict)


TITLES = {
    "en": "Hit the boss!", "fr": "Visez le patron !", "de": "Triff den Chef!",
    "es": "¡Dale al jefe!", "it": "Colpisci il capo!", "nl": "Raak de baas!",
}  # fmt: skip
PRIZES = (
    DemoPrize(150, {
        "en": "Stickers to print", "fr": "Autocollants à imprimer", "de": "Sticker zum Ausdrucken",
        "es": "Pegatinas para imprimir", "it": "Adesivi da stampare", "nl": "Stickers om te printen",
    }, PrizeKind.DOWNLOAD, 0, 5_000, "stickers", {"en": "/static/prizes/stickers.svg"}),
    DemoPrize(1_500, {
        "en": "Pack of 12 foam darts", "fr": "Pack de 12 fléchettes en mousse", "de": "12 Schaumstoffpfeile",
        "es": "Pack de 12 dardos de espuma", "it": "Confezione da 12 dardi di schiuma", "nl": "Set van 12 foampijlen",
    }, PrizeKind.PARCEL, 490, 800, "darts"),
    DemoPrize(4_000, {
        "en": "Boss-size cap", "fr": "Casquette taille patron", "de": "Mütze in Chefgröße",
        "es": "Gorra talla jefe", "it": "Cappellino taglia capo", "nl": "Pet in baasmaat",
    }, PrizeKind.PARCEL, 1_290, 250, "cap"),
    DemoPrize(10_000, {
        "en": "Pocket blaster", "fr": "Blaster de poche", "de": "Taschenblaster",
        "es": "Lanzador de bolsillo", "it": "Blaster tascabile", "nl": "Zakblaster",
    }, PrizeKind.PARCEL, 2_490, 60, "pocket-blaster"),
    DemoPrize(20_000, {
        "en": "The Mighty Blaster", "fr": "Le Grand Blaster", "de": "Der Mega-Blaster",
        "es": "El gran lanzador", "it": "Il Mega Blaster", "nl": "De Machtige Blaster",
    }, PrizeKind.PARCEL, 7_990, 10, "mighty-blaster"),
)  # fmt: skip


def seed_demo(session: Session, terms_of: TermsOf, now: datetime) -> bool:
    """Publish the demo campaign, unless there is any campaign already; True when it was made."""
    try:
        with transaction(session):
            return _seed(session, terms_of, now)
    except IntegrityError:  # another process that started at the same moment made it
        return False


def _seed(session: Session, terms_of: TermsOf, now: datetime) -> bool:
    if session.scalar(select(Campaign.id).limit(1)) is not None:
        return False
    flaws = publish_within(session, draft_demo(session, now), terms_of, now).flaws
    if flaws:
        raise RuntimeError(f"the demo cannot be published: {flaws[0].sentence}")
    return True


def draft_demo(session: Session, now: datetime) -> Campaign:
    """The demo as it is before it is published; inside the caller's transaction."""
    campaign = _campaign(now)
    campaign.brand_id = brand_named(session, campaign.brand, now)
    session.add(campaign)
    session.flush()
    for prize in PRIZES:
        _add(session, campaign.id, prize, now)
    session.flush()
    return campaign


def _campaign(now: datetime) -> Campaign:
    return Campaign(
        slug="boss", brand=DEMO_BRAND, state=CampaignState.DRAFT, opens_at=now, closes_at=NEVER,
        titles=TITLES, timezone="Europe/Paris", is_demo=True,
        framed_by=["'self'", "http://localhost:*", "http://*.localhost:*", "http://127.0.0.1:*"],  # `make demo-embed`
        rules={"version": Rules().version, "gift_waves": []}, value_limit_cents=VALUE_LIMIT_CENTS,
        liability_limit_cents=LIABILITY_LIMIT_CENTS,
        theme=read_theme_file(HOUSE).as_json())


def _add(session: Session, campaign_id: str, demo: DemoPrize, now: datetime) -> None:
    prize = add_prize(session, Prize(campaign_id=campaign_id, names=demo.names, kind=demo.kind,
                                     value_cents=demo.value_cents, downloads=demo.downloads, created_at=now,
                                     pictures={"en": keep_picture(session, demo_picture(demo.picture), now)}))
    restock(session, prize.id, demo.units, now, "opening_stock")
    session.add(LadderStep(campaign_id=campaign_id, score=demo.score, prize_id=prize.id))
