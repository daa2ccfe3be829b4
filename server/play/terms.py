"""What the use cases of play need of the settings and secrets, as one value that app.py makes."""

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from prizes.way import AwardTerms, ClaimTerms
from server.campaigns.campaign import Campaign
from server.config import Config
from server.keys import Keys


@dataclass(frozen=True, repr=False)  # a key in a log line would be a leak
class PlayTerms:
    """`stretch_ms` is the allowance of a round; the keys are 32 bytes each. `root` is what the paths of all our pages
    begin with: nothing, or the address of a rehearsal. `offline_practice` is whether devices may keep a practice.
    """

    round_key: bytes
    claim_key: bytes
    look_key: bytes
    plan_key: bytes
    person_key: bytes
    voucher_key: bytes
    friend_key: bytes
    poster_key: bytes
    public_url: str
    stretch_ms: int
    abandoned_after: timedelta
    claim_days: int
    root: str = ""
    offline_practice: bool = True

    def award_terms(self, campaign: Campaign, *, keep_back: bool) -> AwardTerms:
        return AwardTerms(
            claim_key=self.claim_key, claim_days=self.claim_days, plan_key=self.plan_key, keep_back=keep_back,
            value_limit_cents=campaign.value_limit_cents, timezone=campaign.timezone,
            per_network=campaign.per_network)

    def claim_terms(self, campaign: Campaign) -> ClaimTerms:
        return ClaimTerms(person_key=self.person_key, voucher_key=self.voucher_key, per_person=campaign.per_person,
                          per_household=campaign.per_household)


def make_terms(config: Config, keys: Keys, root: str = "") -> PlayTerms:
    """The terms of an installation's settings and secrets, or of a rehearsal's."""
    return PlayTerms(round_key=keys.round, claim_key=keys.claim, look_key=keys.look, plan_key=keys.plan,
                     person_key=keys.person, voucher_key=keys.vouchers, friend_key=keys.friend,
                     poster_key=keys.poster,
                     public_url=config.public_url, stretch_ms=config.play.stretch_ms,
                     claim_days=config.play.claim_days, root=root,
                     offline_practice=config.server.offline_practice == "on" and not root,
                     abandoned_after=timedelta(seconds=config.play.abandoned_after_s))


def play_terms() -> PlayTerms:
    """The terms of the running app."""
    terms: PlayTerms = current_app.extensions["popshot_play_terms"]
    return terms
