"""The ways to win. A way that is not in this list gives nothing; the order is that in which a round is asked.

Instant wins come before the ladder: who moves units of several prizes locks those of the plan first.
"""

from prizes.award import Way
from prizes.way import WayToWin
from prizes.ways.community import Community
from prizes.ways.draw import Draw
from prizes.ways.instant_win import InstantWin
from prizes.ways.ladder import Ladder
from prizes.ways.standings import Standings

WAYS: dict[Way, WayToWin] = {
    way.way: way
    for way in (InstantWin(lambda: tuple(WAYS.values())), Ladder(), Standings(), Draw(), Community())
}
