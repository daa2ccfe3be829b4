"""Honest play is never refused: 100 rounds by bots (500 in the long form), with the lateness of ordinary lines."""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from server.db import Database, is_sqlite
from tests.attacks.judge import is_fair
from tests.rig.bot import BEGINNER, GOOD
from tests.rig.long import LONG
from tests.rig.play import Player

ROUNDS = 250 if LONG else 50
ROUNDS_A_PLAYER = 25


@pytest.mark.timeout(300)  # 2,750 calls in the long form
def test_of_many_honest_rounds_none_is_refused_and_every_score_is_its_logs(
    join: Callable[[], Player], database: Database
) -> None:
    chance, verdicts = random.Random("lines"), Counter[str]()
    first = 0 if is_sqlite(database.engine) else ROUNDS
    for number in range(first, first + ROUNDS):
        if number % ROUNDS_A_PLAYER == 0:
            player = join()
        play = player.open()
        bot = play.bot(number, GOOD if number % 2 else BEGINNER)
        play.finish(bot, late=lambda _: chance.choice((-100, 0, 80, 250, 450, 600)))  # a refusal raises
        assert is_fair(play), number
        assert play.log == bot.log
        verdicts[play.outcome["verdict"]] += 1
    assert verdicts["rejected"] == 0
    assert verdicts["held"] <= max(1, ROUNDS // 100)  # a hand may be lucky: a look is no refusal, but it must stay rare
