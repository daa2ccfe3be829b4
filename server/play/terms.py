"""What the use cases of play need of the settings and secrets, as one value that app.py makes."""

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from prizes.ladder import AwardTerms
from server.campaigns.campaign import Campaign


@dataclass(frozen=True, repr=False)  # a key in a log line would be a leak
class PlayTerms:
    """`stretch_ms` is the allowance of a round; the keys are 32 bytes each."""

    round_key: bytes
    claim_key: bytes
    look_key: bytes
    public_url: str
    stretch_ms: int
    abandoned_after: timedelta
    claim_days: int

    def award_terms(self, campaign: Campaign, *, keep_back: bool) -> AwardTerms:
        return AwardTerms(claim_key=self.claim_key, claim_days=self.claim_days, keep_back=keep_back,
                          value_limit_cents=campaign.value_limit_cents)


def play_terms() -> PlayTerms:
    """The terms of the running app."""
    terms: PlayTerms = current_app.extensions["popshot_play_terms"]
    return terms
