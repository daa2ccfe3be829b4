"""Which ways to win a campaign uses: asked of the database once, for what is sealed never changes."""

from sqlalchemy.orm import Session

from prizes.way import WayToWin
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign

MOST_KNOWN = 1_000  # campaigns; beyond that the oldest is asked for again

_known: dict[str, tuple[WayToWin, ...]] = {}  # the ways of each sealed campaign, in the order of WAYS


def ways_in_use(session: Session, campaign: Campaign) -> tuple[WayToWin, ...]:
    """The ways that give prizes in a campaign. Of one that is not sealed they are looked up each time."""
    if campaign.id in _known:
        return _known[campaign.id]
    used = tuple(way for way in WAYS.values() if way.is_used(session, campaign.id))
    if campaign.sealed_at is not None:
        if len(_known) >= MOST_KNOWN:
            _known.pop(next(iter(_known)))
        _known[campaign.id] = used
    return used
