"""What lies under /static/: compressed once, told apart by content, readable from any origin, and nothing else."""

import brotli
import pytest
from flask.testing import FlaskClient

from server.static_files import FOLDER, Shelf


def test_a_file_comes_compressed_to_who_can_read_that_and_plain_to_who_cannot(client: FlaskClient) -> None:
    plain = (FOLDER / "base.css").read_bytes()
    packed = client.get("/static/base.css", headers={"Accept-Encoding": "gzip, br"})
    assert (packed.headers["Content-Encoding"], brotli.decompress(packed.data)) == ("br", plain)
    unpacked = client.get("/static/base.css")
    assert "Content-Encoding" not in unpacked.headers
    assert unpacked.data == plain
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["ETag"] != unpacked.headers["ETag"]


def test_a_file_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/static/base.css")
    again = client.get("/static/base.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"


def test_any_origin_may_read_a_file_since_a_sandboxed_frame_has_none(client: FlaskClient) -> None:
    response = client.get("/static/game/main.js", headers={"Origin": "null"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.mimetype == "text/javascript"


@pytest.mark.parametrize("name", ["nothing.js", "../config.toml", "..%2fconfig.toml", "%2fetc/passwd", "game",
                                  "base.css%00.js", "%2e%2e/config.toml"])
def test_nothing_outside_the_folder_is_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_file_is_kept_once_under_however_many_names_it_is_asked_for() -> None:
    shelf = Shelf()
    assert shelf.find("game/./main.js") is shelf.find("game//main.js") is shelf.find("game/main.js")


def test_a_name_longer_than_any_file_s_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"/static/{'a' * 1_000}.js").status_code == 404


def test_the_line_for_other_sites_is_small_kept_for_an_hour_and_readable_from_anywhere(client: FlaskClient) -> None:
    response = client.get("/embed.js", headers={"Accept-Encoding": "br"})
    assert brotli.decompress(response.data) == (FOLDER / "embed.js").read_bytes()
    assert len(response.data) <= 2_048
    assert response.headers["Cache-Control"].startswith("public, max-age=3600")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in response.headers
    again = client.get("/embed.js", headers={"Accept-Encoding": "br", "If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
