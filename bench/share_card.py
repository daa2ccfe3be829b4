"""Measure the CPU time and the bytes of a share card, for each ready theme: `python -m bench.share_card`.

"New look" draws the backdrop too; "known look" writes the words on a backdrop that is kept.
"""

import statistics
import time

from server.campaigns.theme import Theme, load_themes
from server.play.card_picture import backdrop, draw_card
from server.play.share_card import CardPictures, ShareCard
from server.texts import FALLBACK, load_texts

REPEATS = 9
NO_PICTURES = CardPictures(boss=None, logo=None)


def card_in(theme: Theme) -> ShareCard:
    return ShareCard(over="Sunny Otter 482", headline="12,450", title="Hit the boss!", brand="Zapp & Co", theme=theme)


def time_card(card: ShareCard) -> float:
    """CPU milliseconds of one card."""
    start = time.process_time_ns()
    draw_card(card, NO_PICTURES)
    return (time.process_time_ns() - start) / 1e6


def time_new_look(card: ShareCard) -> float:
    backdrop.cache_clear()
    return time_card(card)


def main() -> None:
    """Print one row a theme, medians of nine."""
    print("| theme | new look, CPU ms | known look, CPU ms | bytes |\n|---|---|---|---|")
    for name, theme in load_themes(load_texts().of(FALLBACK)).items():
        card = card_in(theme)
        new = statistics.median(time_new_look(card) for _ in range(REPEATS))
        known = statistics.median(time_card(card) for _ in range(REPEATS))
        print(f"| {name} | {new:.0f} | {known:.1f} | {len(draw_card(card, NO_PICTURES)):,} |")


if __name__ == "__main__":
    main()
