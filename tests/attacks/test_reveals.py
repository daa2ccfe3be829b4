"""Fair seeds: API.md's formulas, computed here with hashlib alone; nothing is known before its time."""

import hashlib
import hmac
import json
import re

from tests.rig.play import Player, json_of

HEX_OF_SECRET = re.compile(r"[0-9a-f]{64}")


def test_the_seeds_and_the_commitment_follow_from_the_secret(alice: Player) -> None:
    play = alice.play(1)
    secret = bytes.fromhex(play.outcome["secret"])
    assert len(secret) == 32
    assert play.opened["round"]["commitment"] == hashlib.sha256(secret).hexdigest()
    waves = [hmac.new(secret, str(wave).encode("ascii"), hashlib.sha256).hexdigest()[:32] for wave in range(1, 10)]
    assert play.seeds == waves
    assert json_of(alice.get(f"{play.path}/replay"), 200)["secret"] == play.outcome["secret"]


def test_another_secret_would_not_fit_the_commitment(alice: Player) -> None:
    play = alice.play(1)
    secret = bytearray.fromhex(play.outcome["secret"])
    secret[31] ^= 1
    assert hashlib.sha256(secret).hexdigest() != play.opened["round"]["commitment"]


def test_nothing_but_the_commitment_is_told_before_the_end(alice: Player) -> None:
    play = alice.open()
    for waves in range(1, 9):
        present = play.present()
        assert len(present["waves"]) == waves
        told = json.dumps([present, json_of(alice.get("/players/me"), 200)])
        assert set(HEX_OF_SECRET.findall(told)) == {play.opened["round"]["commitment"]}
        play.pass_waves(1)
    play.pass_waves(1)
    assert play.outcome["secret"] in json.dumps(play.present())


def test_no_replay_is_shown_before_the_end(alice: Player, charlie: Player) -> None:
    play = alice.open()
    for viewer in (alice, charlie):
        assert viewer.get(f"{play.path}/replay").status_code == 404
    play.pass_waves(9)
    for viewer in (alice, charlie):
        assert json_of(viewer.get(f"{play.path}/replay"), 200)["secret"] == play.outcome["secret"]


def test_every_round_has_a_secret_of_its_own(alice: Player) -> None:
    secrets = {alice.open().pass_waves(9).outcome["secret"] for _ in range(3)}
    assert len(secrets) == 3
