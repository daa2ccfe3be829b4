"""How much of the most a number is: a bar, drawn by the server."""

from markupsafe import Markup

WIDTH, HEIGHT, LEAST = 100, 6, 1.5


def draw_bar(number: int, most: int) -> Markup:
    """An SVG bar that only the eye needs: the number stands beside it."""
    width = 0 if number == 0 else max(LEAST, WIDTH * number / most)
    return Markup('<svg class="source-bar" viewBox="0 0 {full} {height}" preserveAspectRatio="none" aria-hidden="true">'
                  '<rect width="{full}" height="{height}" fill="currentColor" fill-opacity=".12"/>'
                  '<rect width="{width}" height="{height}" fill="currentColor"/></svg>').format(
                      full=WIDTH, height=HEIGHT, width=f"{width:.1f}")
