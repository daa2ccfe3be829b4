"""Which sites may be listed, and which pages a browser would then let frame a campaign."""

import pytest

from server.campaigns.framing import MOST_SITES, as_site, may_frame, read_sites
from server.campaigns.strict_table import BadDraft

OWN = "https://play.example"


@pytest.mark.parametrize("site", [
    "'self'", "https://brand.com", "http://brand.com", "https://www.brand.com:8443", "https://brand.com:*",
    "https://*.brand.com", "http://localhost:*", "http://*.localhost:*", "http://127.0.0.1:8080", "https://intranet",
    "https://xn--bcher-kva.example",
])
def test_a_site_may_be_listed(site: str) -> None:
    assert read_sites([site], "framed_by") == [site]


@pytest.mark.parametrize("site", [
    "*", "https://*", "https://*.com", "https:", "https://", "'none'", "'unsafe-inline'", "self", "data:", "brand.com",
    "ftp://brand.com", "javascript://brand.com", "https://brand.com/", "https://brand.com/x", "https://brand.com?x",
    "https://brand.com#x", "https://me@brand.com", "https://brand.com:0", "https://brand.com:65536",
    "https://brand.com:080", "https://brand.com:", "https://brand..com", "https://.brand.com", "https://brand.com.",
    "https://-brand.com", "https://brand-.com", "https://a.*.com", "https://*.*.com", "https://b\u00fccher.example",
    "https://BRAND.com", "https://brand.com; script-src *", "https://brand.com https://foe.com", "https://brand.com,x",
    "https://brand.com\n", "https://brand.com\r\nX-Evil: 1", " https://brand.com", "https://[::1]", "", None, 7,
    "https://" + "a" * 64 + ".com", "https://" + ".".join("a" * 12),
])
def test_a_site_may_not_be_listed(site: object) -> None:
    with pytest.raises(BadDraft, match="framed_by 1 must be 'self' or an address"):
        read_sites([site], "framed_by")


def test_a_list_has_an_end() -> None:
    sites = [f"https://site-{number}.example" for number in range(MOST_SITES + 1)]
    assert read_sites(sites[1:], "framed_by") == sites[1:]
    with pytest.raises(BadDraft, match="may be 100 at most, not 101"):
        read_sites(sites, "framed_by")


@pytest.mark.parametrize(("typed", "site"), [
    ("www.brand.com/", "https://www.brand.com"), ("HTTPS://Brand.COM", "https://brand.com"),
    ("*.brand.com", "https://*.brand.com"), ("brand.com:8443", "https://brand.com:8443"), ("'self'", "'self'"),
    ("B\u00fccher.example", "https://xn--bcher-kva.example"), ("stra\u00dfe.example", "https://xn--strae-oqa.example"),
    ("*.\u4f8b\u3048.jp", "https://*.xn--r8jz45g.jp"),
    ("https://brand.com/x", "https://brand.com/x"), ("a b", "https://a b"),  # refused as they are
])
def test_a_site_is_taken_as_people_write_it(typed: str, site: str) -> None:
    assert as_site(typed) == site


@pytest.mark.parametrize(("listed", "origin"), [
    ("https://brand.com", "https://brand.com"), ("https://brand.com", "https://BRAND.com"),
    ("https://brand.com:443", "https://brand.com"), ("https://brand.com", "https://brand.com:443"),
    ("http://brand.com", "https://brand.com"), ("http://brand.com:80", "https://brand.com"),
    ("http://brand.com:8080", "http://brand.com:8080"), ("https://brand.com:*", "https://brand.com:8443"),
    ("https://*.brand.com", "https://www.brand.com"), ("https://*.brand.com", "https://a.b.brand.com"),
    ("'self'", OWN),
])
def test_a_listed_page_may_frame(listed: str, origin: str) -> None:
    assert may_frame(["https://other.example", listed], origin, OWN)


@pytest.mark.parametrize(("listed", "origin"), [
    ("https://brand.com", "http://brand.com"), ("https://brand.com", "https://brand.com:8443"),
    ("https://brand.com", "https://www.brand.com"), ("https://*.brand.com", "https://brand.com"),
    ("https://*.brand.com", "https://evilbrand.com"), ("https://brand.com", "https://brand.com.evil.example"),
    ("http://brand.com:8080", "http://brand.com"), ("'self'", "https://brand.com"), ("'self'", "http://play.example"),
    ("https://brand.com", "null"), ("https://brand.com", ""), ("https://brand.com", "https://brand.com:port"),
    ("https://brand.com", "ftp://brand.com"), ("https://brand.com", "https://[brand.com"),
])
def test_no_other_page_may(listed: str, origin: str) -> None:
    assert not may_frame([listed], origin, OWN)
