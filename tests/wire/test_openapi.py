"""The published description of the wire is true: it names what is there, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from server.errors import STATUS
from server.openapi import description

UNNAMED = {"method_not_allowed", "internal",  # of any address
           "not_embeddable", "format_unknown",  # of /oembed, which is described at https://oembed.com
           # of staff
           "signed_out", "step_up_needed", "second_factor_needed", "own_role", "own_ruling",
           "mute_appealed", "appeal_settled", "last_owner", "factor_needed", "too_many", "email_taken", "link_over",
           "passkey_refused", "campaign_sealed", "not_rehearsable", "picture_refused",
           "award_changed", "poster_revoked"}
DOCUMENT: dict[str, Any] = description()


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) of all that is described."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


def find(reference: str) -> Any:
    """What a local reference points to; KeyError when nothing is there."""
    found: Any = DOCUMENT
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from references(child)


def codes_of(response: dict[str, Any]) -> list[str]:
    """The problem codes that a described refusal may carry."""
    body = find(response["$ref"])["content"]["application/problem+json"]["schema"]
    codes: list[str] = body["allOf"][1]["properties"]["code"]["enum"]
    return codes


def refusals() -> Iterator[tuple[int, str]]:
    """(status, code) of every refusal of every call."""
    for _, _, operation in operations():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                yield from ((int(status), code) for code in codes_of(response))


def routes(app: Flask) -> set[tuple[str, str]]:
    """(path, method) of the app's own API, as the document writes paths."""
    return {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/healthz", "/readyz"))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_document_and_the_app_name_the_same_calls(app: Flask) -> None:
    assert routes(app) == {(path, method) for path, method, _ in operations()}


def test_the_server_publishes_the_document(client: FlaskClient) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.get_json() == DOCUMENT
    assert DOCUMENT["openapi"] == "3.1.0"


def test_the_document_is_openapi_3_1() -> None:
    schemathesis.openapi.from_dict(DOCUMENT).validate()


def test_a_document_without_its_info_would_be_refused() -> None:
    broken = {key: value for key, value in DOCUMENT.items() if key != "info"}
    with pytest.raises(Exception, match="info"):
        schemathesis.openapi.from_dict(broken).validate()


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_a_schema_is_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"][name])
    with pytest.raises(SchemaError):
        Draft202012Validator.check_schema({"type": "text"})


def test_every_reference_leads_somewhere_and_every_component_is_used() -> None:
    used = set(references(DOCUMENT))
    assert all(find(reference) for reference in used)
    kinds = ("parameters", "responses", "schemas")
    assert used == {f"#/components/{kind}/{name}" for kind in kinds for name in DOCUMENT["components"][kind]}


def test_every_code_has_the_status_that_the_server_gives_it() -> None:
    assert {(STATUS[code], code) for _, code in refusals()} == set(refusals())


def test_every_code_of_the_server_is_described() -> None:
    assert {code for _, code in refusals()} == set(STATUS) - UNNAMED
    assert DOCUMENT["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == list(STATUS)


def test_who_is_told_to_wait_is_told_how_long() -> None:
    waits = [response for name, response in DOCUMENT["components"]["responses"].items() if "slow_down" in name]
    assert waits
    assert all(response["headers"]["Retry-After"]["required"] for response in waits)


def test_calls_have_names_of_their_own() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))
