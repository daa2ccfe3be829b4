"""One of everything for Bob's brand, and names for it: what fills the addresses and bodies that the walls try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.claim import Contact, claim, claim_code
from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from prizes.vouchers import VoucherCode, fingerprinter, sealer
from prizes.way import Win
from prizes.ways.ladder import add_step, climb
from server.backoffice.acts.act import StaffAct
from server.backoffice.rights import Role
from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from server.comments.comment import THE_RULES, Comment, CommentState, ruling_entry
from server.comments.report import CommentReport, ReportReason
from server.comments.ruling import Decision, Reason, Ruling
from server.db import transaction
from server.fairplay.review import ask_review
from server.fairplay.signs import Sign
from server.play.round import Ending, Round, RoundState, Verdict
from server.players.player import add_player
from server.simulation.rules import Rules
from tests.office.cast import BRAND, OTHER_BRAND, Office
from tests.office.matrix import Upload, preparations
from tests.rig.app import PLAY_TERMS, add_campaign, terms_of

TITLE, PRIZE, WINNER, SAID, WHY = "Zapptastic summer", "Whizzbanger", "Alice Example", "Sploosh said", "Because zounds"


@dataclass
class Scene:
    """`names` are what a desk's rows call by `$name`; `secrets` are what nobody of another brand may ever be shown."""

    office: Office
    names: dict[str, str] = field(default_factory=dict)
    who: str = "owner"
    secrets: set[str] = field(default_factory=lambda: {TITLE, PRIZE, WINNER, SAID, WHY})

    def name(self, **ids: str) -> None:
        """Name things; an id is a secret too."""
        self.names.update(ids)
        self.secrets.update(one for one in ids.values() if len(one) >= 12)

    def fill(self, told: Any) -> Any:
        """A body, query or argument with its `$names` and uploads filled in, deeply."""
        if isinstance(told, Mapping):
            return {key: self.fill(value) for key, value in told.items()}
        if isinstance(told, list):
            return [self.fill(one) for one in told]
        if isinstance(told, Upload):
            return BytesIO(told.content), told.name, told.media_type
        if isinstance(told, str) and told.startswith("$"):
            return self.names[told[1:].replace("{who}", self.who)]
        return told


def build_scene(office: Office) -> Scene:
    """A live campaign with all that can happen in one, a draft, a colleague; then what the desks add."""
    scene = Scene(office)
    scene.name(brand_id=office.brand_id, staff_id=office.hire(Role.ANALYST, name="mona"))
    for state, slug in ((CampaignState.PUBLISHED, "zapp-live"), (CampaignState.DRAFT, "zapp-draft")):
        add_campaign(office.database, slug, brand=BRAND, titles={"en": TITLE, "fr": TITLE}, state=state,
                     liability_limit_cents=1_000_000, value_limit_cents=5_000)
    add_campaign(office.database, "acme-live", brand=OTHER_BRAND)
    with office.database.sessions() as session, transaction(session):
        live, draft = find_campaign(session, "zapp-live"), find_campaign(session, "zapp-draft")
        assert live is not None
        assert draft is not None
        scene.name(slug=live.slug, draft=draft.slug, campaign_id=live.id, draft_id=draft.id)
        _stock(scene, session, live)
        _play(scene, session, live)
        _talk(scene, session, live)
        _note(scene, session, live)
    for prepare in preparations():
        prepare(scene)
    return scene


def _prize(session: Session, campaign: Campaign, kind: PrizeKind, score: int, now: Any) -> Prize:
    prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": PRIZE, "fr": PRIZE}, kind=kind,
                                     value_cents=500, per_player=9, created_at=now))
    restock(session, prize.id, 5, now, "opening_stock")
    add_step(session, campaign.id, score, prize.id)
    return prize


def _stock(scene: Scene, session: Session, live: Campaign) -> None:
    """A parcel and a voucher with codes; a round that wins, an award that is claimed and one that is not."""
    now, keys = scene.office.clock(), scene.office.app.extensions["popshot_keys"]
    parcel = _prize(session, live, PrizeKind.PARCEL, 100, now)
    voucher = _prize(session, live, PrizeKind.VOUCHER, 10_000, now)
    session.add_all(VoucherCode(prize_id=voucher.id, sealed=sealer(keys.vouchers, voucher.id)(code),
                                fingerprint=fingerprinter(keys.vouchers, voucher.id)(code))
                    for code in ("ZAPP-1", "ZAPP-2", "ZAPP-3", "ZAPP-4", "ZAPP-5"))
    claimed, sent, waiting = (_award(session, live, now) for _ in range(3))
    for award in (claimed, sent):
        claim(session, claim_code(PLAY_TERMS.claim_key, award.id), Contact("alice@example.org", WINNER, "1 Dart Lane"),
              now)
    scene.name(prize_id=parcel.id, voucher_id=voucher.id, award_id=claimed.id, open_award_id=waiting.id,
               sent_award_id=sent.id,
               player_id=claimed.player_id, won_round_id=claimed.round_id)


def _award(session: Session, live: Campaign, now: Any) -> Award:
    round_id, player_id = _round(session, live, now, Verdict.ACCEPTED)
    award = climb(session, Win(live.id, "ladder", round_id, player_id, round_id), 150, now,  # type: ignore[arg-type]
                  terms_of(live))
    assert award is not None
    return award


def _round(session: Session, campaign: Campaign, now: Any, verdict: Verdict) -> tuple[str, str]:
    player, _ = add_player(session, now)
    round_ = Round(id=new_id(), campaign_id=campaign.id, player_id=player.id, rules=Rules().as_json(), opened_at=now,
                   wave_starts_at=now, closes_by=now + timedelta(minutes=3), closed_at=now, state=RoundState.CLOSED,
                   ending=Ending.FINISHED, verdict=verdict, score=150, shots=0, hits=0, best_combo=0, submitted=9,
                   secret="0" * 64, gifts=0)
    session.add(round_)
    session.flush()
    return round_.id, player.id


def _play(scene: Scene, session: Session, live: Campaign) -> None:
    now = scene.office.clock()
    round_id, _ = _round(session, live, now, Verdict.HELD)
    ask_review(session, round_id, live.id, [Sign.SCORE_ABOVE_LINE], now)
    scene.name(round_id=round_id)


def _talk(scene: Scene, session: Session, live: Campaign) -> None:
    """A comment that waits, with a report."""
    now = scene.office.clock()
    author, _ = add_player(session, now)
    comment = Comment(id=new_id(), campaign_id=live.id, player_id=author.id, text=SAID, state=CommentState.HELD,
                      reason=Reason.AWAITS_REVIEW, rulings=1, revision=1, posted_at=now)
    session.add(comment)
    session.flush()
    session.add(ruling_entry(comment, 1, Ruling(Decision.HOLD, Reason.AWAITS_REVIEW), THE_RULES, now))
    session.add(CommentReport(comment_id=comment.id, reason=ReportReason.SPAM, text="Please look.",
                              network_hash="network", at=now))
    scene.name(comment_id=comment.id)


def _note(scene: Scene, session: Session, live: Campaign) -> None:
    act = StaffAct(id=new_id(), at=scene.office.clock(), staff_id=scene.names["staff_id"],
                   brand_id=scene.names["brand_id"], word="stock.restock", subject_kind="prize",
                   subject_id=scene.names["prize_id"], before={"free": 0}, after={"free": 5}, address="0" * 32)
    session.add(act)
    scene.name(act_id=act.id)
