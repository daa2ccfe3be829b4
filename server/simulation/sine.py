"""A sine in integers, the same in both languages. Twin: static/game/sim/sine.js."""

TURN_MASK = 16383  # angles are 1/16,384 of a turn


def _sine_table() -> tuple[int, ...]:
    half = [16384 * 16 * i * (512 - i) // (5 * 512 * 512 - 4 * i * (512 - i)) for i in range(512)]
    return tuple(half + [-value for value in half])


# A whole turn in 1,024 steps, Q14: the rational approximation of Bhaskara I (7th century), floored.
SINE = _sine_table()
