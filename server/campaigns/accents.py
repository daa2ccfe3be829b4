"""A campaign's accent for the page: the colour of its buttons, and what goes with it."""

from server.campaigns.theme import Theme
from server.drawings import mix

INK, PAPER, NIGHT = "#14213d", "#ffffff", "#000000"  # as in static/base.css
READABLE = 4.5  # WCAG's contrast for small text
SUN, SHADE = "#fff6dd", "#1b1d5c"  # as in static/game/art/svg.js


def accents_css(theme: Theme) -> str:
    """A tiny stylesheet: the accent, a deep one readable on paper, two lighter ones, ink for it; the darts' foam."""
    accent = theme.palette.accent
    tones = {"accent": accent, "accent-deep": deepen(accent), "accent-light": mix(accent, SUN, 0.3),
             "accent-shine": mix(accent, SUN, 0.65), "on-accent": readable_on(accent), "foam": theme.palette.blaster}
    return f":root{{{';'.join(f'--{name}:{colour}' for name, colour in tones.items())}}}\n"


def deepen(accent: str) -> str:
    """The accent in the same hue, as dark as a small text on paper must be, and always somewhat darker."""
    deep = mix(accent, NIGHT, 0.25)
    while contrast(deep, PAPER) < READABLE:
        deep = mix(deep, NIGHT, 0.06)
    return deep


def readable_on(colour: str) -> str:
    """Ink or paper, whichever reads better on a colour; on the few middle tones where neither does, black."""
    best = max(INK, PAPER, key=lambda writing: contrast(writing, colour))
    return best if contrast(best, colour) >= READABLE else NIGHT


def contrast(first: str, second: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
