"""The secrets: made once, readable by their owner only, one for each purpose."""

import stat
import threading
from pathlib import Path

import pytest

from server.keys import FILE_NAME, LEGAL_FILE, LEGAL_PUBLIC_FILE, NOBODY, BadKeys, Keys, load_keys


def test_the_first_start_makes_a_secret_that_only_its_owner_can_read(tmp_path: Path) -> None:
    load_keys(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys" / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_second_start_reads_the_same_secret(tmp_path: Path) -> None:
    assert load_keys(tmp_path) == load_keys(tmp_path)


def test_each_purpose_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert len(set(vars(load_keys(tmp_path)).values())) == len(vars(load_keys(tmp_path)))


def test_two_installations_share_no_key(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "one") != load_keys(tmp_path / "two")


def test_eight_starts_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    barrier, loaded = threading.Barrier(8), list[Keys]()

    def start() -> None:
        barrier.wait()
        loaded.append(load_keys(tmp_path / "keys"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loaded == [loaded[0]] * 8
    assert {path.name for path in (tmp_path / "keys").iterdir()} == {FILE_NAME, LEGAL_FILE, LEGAL_PUBLIC_FILE}


@pytest.mark.parametrize("content", ["", "zz", "00ff", "é"])
def test_a_secret_that_is_short_or_no_hex_stops_the_start(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE_NAME
    path.touch(0o600)
    path.write_text(content, "utf-8")
    with pytest.raises(BadKeys):
        load_keys(tmp_path)


def test_a_secret_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    load_keys(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o644)
    with pytest.raises(BadKeys, match="read by others"):
        load_keys(tmp_path)


def test_no_key_shows_in_a_log_line(tmp_path: Path) -> None:
    keys = load_keys(tmp_path)
    assert keys.round.hex() not in repr(keys)
    assert repr(keys.round) not in repr(keys)


@pytest.mark.parametrize("name", [LEGAL_FILE, LEGAL_PUBLIC_FILE])
def test_the_legal_roles_pair_is_made_once_for_its_owner_alone(tmp_path: Path, name: str) -> None:
    first = load_keys(tmp_path).legal
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert load_keys(tmp_path).legal == first != NOBODY


def test_serving_needs_the_public_half_alone(tmp_path: Path) -> None:
    keys = load_keys(tmp_path)
    (tmp_path / LEGAL_FILE).unlink()  # taken away offline
    assert load_keys(tmp_path) == keys
    assert not (tmp_path / LEGAL_FILE).exists()


def test_a_lost_public_half_is_made_of_the_private_one(tmp_path: Path) -> None:
    keys = load_keys(tmp_path)
    (tmp_path / LEGAL_PUBLIC_FILE).unlink()
    assert load_keys(tmp_path) == keys


@pytest.mark.parametrize(("name", "content"), [(LEGAL_PUBLIC_FILE, "00" * 33), (LEGAL_PUBLIC_FILE, "zz"),
                                               (LEGAL_FILE, "00" * 33), (LEGAL_FILE, "")])
def test_half_a_legal_pair_that_is_no_key_stops_the_start(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.touch(0o600)
    path.write_text(content)
    with pytest.raises(BadKeys, match=name):
        load_keys(tmp_path)
