"""Counts of people that are too small to be told to the unit: who came by a rare link is nobody's business."""

FEW = 5


def told(count: int) -> int | None:
    """A count as it may be told; None is fewer than `FEW`, and not none (the macro `count` writes it)."""
    return None if 0 < count < FEW else count
