"""What staff do leaves exactly one row in the log of acts; what is refused leaves none, and nothing else either.

Seen to fail: with `begin_act` not registered nothing was noted; with `end_act` blind to refusals a stranger's redirect
was noted; a use case in a transaction before its check was told as stored.
"""

from server.backoffice.words import office_texts
from tests.office.matrix import BY_HAND
from tests.office.walls.walk import Answer, World

QUIET = {"sign in", "no", "hidden", "prove"}


def is_right(world: World, answer: Answer) -> bool:
    """Whether a call did what it is for: none that is made by hand did, and none that found nothing of its own."""
    row = world.row(answer.route)
    return row.needs != BY_HAND and answer.who not in row.met


def test_every_deed_that_is_done_is_noted_once(world: World, walked: list[Answer]) -> None:
    deeds = [answer for answer in walked if answer.route.is_writing and answer.status < 400 and answer.word == "yes"]
    due = {answer: 1 if is_right(world, answer) else int(answer.is_stored) for answer in deeds}
    assert {f"{answer.route} as {answer.who}": answer.acts for answer in deeds if answer.acts != due[answer]} == {}


def test_what_is_refused_leaves_nothing(walked: list[Answer]) -> None:
    refused = [answer for answer in walked if answer.word in QUIET and answer.route.is_writing]
    assert {f"{answer.route} as {answer.who}": answer.acts for answer in refused if answer.acts} == {}
    assert [f"{answer.route} as {answer.who}" for answer in refused if answer.is_stored] == []


def test_who_only_looks_is_not_noted(walked: list[Answer]) -> None:
    looks = [answer for answer in walked if not answer.route.is_writing]
    assert {f"{answer.route} as {answer.who}": answer.acts for answer in looks if answer.acts} == {}


def test_every_deed_has_a_right_body_in_its_desks_file(world: World) -> None:
    assert sorted({route.endpoint for route in world.routes()
                   if route.is_writing and world.row(route).body is None}) == []


def test_every_deed_has_a_sentence_in_the_log(world: World) -> None:
    deeds = {f"act.{route.endpoint}" for route in world.routes() if route.is_writing}
    assert sorted(deeds - office_texts().of("en").keys()) == []
