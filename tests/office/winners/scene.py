"""Awards of Bob's brand, won and claimed without playing for each."""

import itertools
from dataclasses import dataclass, field

from prizes.award import Award, AwardState, Way
from prizes.claim import Claim, Contact, claim, claim_code
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from prizes.way import Win
from prizes.ways.ladder import add_step, climb
from server.campaigns.campaign import find_campaign
from server.db import Database, transaction
from server.play.terms import PlayTerms
from server.players.player import add_player
from tests.rig.app import PLAY_TERMS, add_campaign
from tests.rig.clock import FakeClock

HOME = Contact("alice@example.org", "Alice Martin", "1 rue du Tir\n75001 Paris\nFrance")
POINTS = 100


@dataclass
class Winners:
    """A campaign of Zapp & Co with one prize on its ladder; each deed is a transaction of its own."""

    database: Database
    clock: FakeClock
    slug: str = "party"
    kind: PrizeKind = PrizeKind.PARCEL
    brand: str = "Zapp & Co"
    terms: PlayTerms = PLAY_TERMS
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        add_campaign(self.database, self.slug, brand=self.brand)
        with self.database.sessions() as session, transaction(session):
            campaign = find_campaign(session, self.slug)
            assert campaign is not None
            self.campaign_id = campaign.id
            prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Dart blaster", "fr": "Lanceur"},
                                             kind=self.kind, value_cents=2_990, per_player=9, created_at=self.clock()))
            restock(session, prize.id, 100, self.clock(), "delivered")
            add_step(session, campaign.id, POINTS, prize.id)
            self.prize_id = prize.id

    def win(self, alias: str = "Sunny Otter 482") -> Award:
        """An award that waits for its claim."""
        round_id = f"{next(self.numbers):020x}"
        with self.database.sessions() as session, transaction(session):
            player, _ = add_player(session, self.clock())
            player.alias = alias
            campaign = find_campaign(session, self.slug)
            assert campaign is not None
            won = climb(session, Win(campaign.id, Way.LADDER, round_id, player.id, round_id), POINTS, self.clock(),
                        self.terms.award_terms(campaign, keep_back=False))
            assert won is not None
            return won

    def claim(self, award: Award, contact: Contact = HOME) -> Award:
        with self.database.sessions() as session, transaction(session):
            campaign = find_campaign(session, self.slug)
            assert campaign is not None
            claimed = claim(session, self.code_of(award), contact, self.clock(), self.terms.claim_terms(campaign))
            assert isinstance(claimed, Claim)
        return award

    def code_of(self, award: Award) -> str:
        return claim_code(self.terms.claim_key, award.id)

    def claimed(self, alias: str = "Sunny Otter 482", contact: Contact = HOME) -> Award:
        """An award that waits to be sent."""
        return self.claim(self.win(alias), contact)

    def state(self, award: Award) -> AwardState:
        with self.database.sessions() as session:
            return session.get_one(Award, award.id).state
