"""Bodies: bounded whether or not their length is told."""

import io

from flask.testing import FlaskClient


def test_a_body_whose_length_is_not_told_is_bounded_too(client: FlaskClient) -> None:
    body = b'{"claim_code": "' + b"A" * 70_000 + b'"}'
    answer = client.post("/api/v1/claims", input_stream=io.BytesIO(body),
                         environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"})
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
