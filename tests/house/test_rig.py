"""What the tests stand on is what they think it is."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.rig.chromium import find_chromium, find_shell
from tests.rig.postgres import running_postgres


def test_postgres_is_18_also_for_root_in_a_closed_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with running_postgres(tmp_path / "data") as url, create_engine(url).connect() as connection:
        version: int = connection.scalar(text("SELECT current_setting('server_version_num')::int")) or 0
        assert version // 10_000 == 18


@pytest.mark.parametrize(("durable", "fsync"), [(False, "off"), (True, "on")])
def test_postgres_survives_a_power_cut_only_where_a_test_asks_for_it(tmp_path: Path, durable: bool, fsync: str) -> None:
    with running_postgres(tmp_path, durable=durable) as url, create_engine(url).connect() as connection:
        assert connection.scalar(text("SHOW fsync")) == fsync


def test_postgres_is_gone_when_the_test_is_over(tmp_path: Path) -> None:
    with running_postgres(tmp_path):
        pid = int((tmp_path / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_cluster_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    with pytest.raises(RuntimeError, match="exists but is not empty"), running_postgres(tmp_path):
        pass


@pytest.mark.parametrize("find", [find_chromium, find_shell])
def test_the_chromium_found_is_one(find: Callable[[], str]) -> None:
    told = subprocess.run([find(), "--version"], capture_output=True, text=True, check=True).stdout
    assert "Chrom" in told
