"""Which comments are asked about twice."""

from server.comments.second_look import is_sampled


def test_about_one_in_twenty_is_sampled() -> None:
    sampled = sum(is_sampled(f"{number:020x}") for number in range(4_000))
    assert 150 < sampled < 260
