"""Where somebody came from: read strictly, kept in closed words, and never a person."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.campaigns.came_from import CameFrom, SourceKind, friend_in, listed_site, read_source, utm_query, word_of
from server.campaigns.campaign import Campaign

CAMPAIGN = Campaign(framed_by=["https://www.shop.example", "https://*.town.example", "'self'"])
OURS = "play.example"


def read(query: str = "", referrer: str = "", *, framed: bool = False) -> CameFrom:
    return read_source({"query": query, "referrer": referrer, "framed": framed}, CAMPAIGN, OURS)


def test_utm_values_are_kept_in_a_strict_alphabet() -> None:
    found = read("?utm_source=News+Letter&utm_medium=E-Mail&utm_campaign=Été 2027!")
    assert found == CameFrom(SourceKind.LINK, "news-letter", "e-mail", "t-2027")


def test_a_link_comes_before_the_site_that_it_stood_on_and_a_code_is_told_by_its_medium() -> None:
    assert read("?utm_source=ad", "www.facebook.com").kind == SourceKind.LINK
    assert read("?utm_source=poster&utm_medium=QR&utm_campaign=station").kind == SourceKind.QR


@pytest.mark.parametrize(("referrer", "expected"), [
    ("", (SourceKind.DIRECT, "")), ("play.example", (SourceKind.DIRECT, "")),
    ("m.facebook.com", (SourceKind.SOCIAL, "facebook")),
    ("l.instagram.com", (SourceKind.SOCIAL, "instagram")), ("t.co", (SourceKind.SOCIAL, "x")),
    ("www.google.co.uk", (SourceKind.SEARCH, "google")), ("duckduckgo.com", (SourceKind.SEARCH, "duckduckgo")),
    ("google.fr", (SourceKind.SEARCH, "google")), ("google.com.br", (SourceKind.SEARCH, "google")),
    ("r.search.yahoo.co.jp", (SourceKind.SEARCH, "yahoo")), ("google", (SourceKind.SITE, "")),
    ("google.evil.example", (SourceKind.SITE, "")), ("google.com.evil.example", (SourceKind.SITE, "")),
    ("google.co.example", (SourceKind.SITE, "")), ("not-google.com", (SourceKind.SITE, "")),
    ("secret-forum.example", (SourceKind.SITE, "")), ("not-facebook.com", (SourceKind.SITE, "")),
    ("facebook.com.evil.example", (SourceKind.SITE, "")), ("fr.town.example", (SourceKind.SITE, "*.town.example")),
    ("HTTP://x/../", (SourceKind.SITE, "")), ("a b", (SourceKind.DIRECT, "")),
])  # fmt: skip
def test_only_listed_sites_and_big_networks_are_kept_by_name(referrer: str, expected: tuple[SourceKind, str]) -> None:
    found = read(referrer=referrer)
    assert (found.kind, found.name) == expected
    assert "forum" not in found.name


@pytest.mark.parametrize("own", ["play.example", "www.play.example"])
@pytest.mark.parametrize("referrer", ["play.example", "www.play.example"])
def test_our_own_page_is_no_source_with_www_or_without(own: str, referrer: str) -> None:
    assert read_source({"referrer": referrer}, CAMPAIGN, own) == CameFrom(SourceKind.DIRECT)


@pytest.mark.parametrize("referrer", ["shop.example", "www.shop.example", "WWW.shop.example:443"])
def test_a_site_is_listed_with_www_or_without_and_named_as_it_is_listed(referrer: str) -> None:
    assert read(referrer=referrer) == CameFrom(SourceKind.SITE, "www.shop.example")
    assert read(referrer=referrer, framed=True) == CameFrom(SourceKind.EMBED, "www.shop.example")


def test_a_frame_is_told_by_its_site_when_it_is_listed() -> None:
    assert read(referrer="fr.town.example", framed=True) == CameFrom(SourceKind.EMBED, "*.town.example")
    assert read(referrer="evil.example", framed=True) == CameFrom(SourceKind.EMBED)
    assert read(framed=True) == CameFrom(SourceKind.EMBED)


def test_a_friend_s_link_is_a_source_without_saying_whose() -> None:
    assert read(f"?friend={'a' * 32}") == CameFrom(SourceKind.FRIEND)
    assert read(f"?beat={'a' * 32}") == CameFrom(SourceKind.FRIEND)
    assert friend_in({"query": f"?friend={'a' * 32}&friend=b"}) == "a" * 32


@pytest.mark.parametrize("value", ["alice@example.com", "alice%40example.com", "+33 6 12 34 56 78", "0612345678",
                                   "id-123456789", "06/12/34/56/78", "06_12_34_56_78", "jean%2540x.fr",
                                   "jean%252540x.fr", "jean＠x.fr", "jean%25EF%25BC%25A0x.fr", "jean(at)x.fr",
                                   "５５５５５５５５５", "5d41402abc4b2a76b9719d911017c592",
                                   "U-5D41402ABC4B2A76", "c56a4180-65aa-42ec-a945-5fd21dec0538",
                                   "x_C56A4180 65AA 42EC A945 5FD21DEC0538"])
def test_what_may_be_somebody_s_counts_as_other(value: str) -> None:
    assert read(f"?utm_source={value}").name == "other"


@pytest.mark.parametrize("value", ["2027-06-01", "user-8f14e45fceea", "spring-at-the-sea", "facade-decade-2027"])
def test_a_date_or_a_short_mark_is_nobody_s(value: str) -> None:
    assert read(f"?utm_campaign={value}").tag == value


@pytest.mark.parametrize("value", ["x%0d%0aSet-Cookie:%20a=b", "x%00y", "<script>alert(1)</script>", "a" * 3_000,
                                   "%ff%fe", "%F0%9F%8E%AF", "'; DROP TABLE round; --", "../../etc", "%u0000"])
def test_nothing_of_an_attack_stays(value: str) -> None:
    for part in read(f"?utm_source={value}&utm_medium={value}")[1:]:
        assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-")
        assert len(part) <= 40


@pytest.mark.parametrize("told", [None, 7, "x", [], {}, {"query": ["utm_source=a"]}, {"query": {"utm_source": "a"}},
                                  {"query": 5, "referrer": [], "framed": "yes"}, {"referrer": {"a": 1}}])
def test_what_has_another_shape_tells_nothing(told: Any) -> None:
    assert read_source(told, CAMPAIGN, OURS) == CameFrom(SourceKind.DIRECT)
    assert friend_in(told) is None


@given(st.text(max_size=200), st.text(max_size=80), st.booleans())
def test_any_text_at_all_becomes_closed_words(query: str, referrer: str, framed: bool) -> None:
    found = read(f"?utm_source={query}", referrer, framed=framed)
    assert all(set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-") for part in found[1:])


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_made_link_leads_to_what_was_made(name: str, medium: str, tag: str) -> None:
    made = tuple(word_of(value) for value in (name, medium, tag))
    if any(made):
        assert read("?" + utm_query(name, medium, tag))[1:] == made


def test_a_listed_site_covers_what_it_says_and_no_more() -> None:
    sites = ["https://*.brand.example:443", "http://one.example"]
    assert listed_site("a.brand.example", sites) == listed_site("www.brand.example", sites) == "*.brand.example"
    assert listed_site("one.example", sites) == "one.example"
    assert not any(listed_site(host, sites) for host in ("brand.example", "xbrand.example", "a.one.example", ""))
