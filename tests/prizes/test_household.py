"""The same person and the same household, however they write themselves."""

import pytest

from prizes.household import household_hash, normal_address, normal_email, person_hash

KEY = b"k" * 32


@pytest.mark.parametrize("written", ["alice.a@gmail.com", "Alice.A+toys@Gmail.com", "alicea@googlemail.com",
                                     " a.l.i.c.e.a@gmail.com ",
                                     "alicea@ｇｍａｉｌ.com", "alicea@gm\u00adail.com", "ali\u200bcea@gmail.com",
                                     '"alicea"@gmail.com', '"alice\\a"@GMAIL.com'])
def test_one_mailbox_is_one_person(written: str) -> None:
    assert normal_email(written) == "alicea@gmail.com"
    assert person_hash(KEY, written) == person_hash(KEY, "alicea@gmail.com")


def test_a_domain_is_what_the_network_makes_of_it() -> None:
    assert normal_email("alice@münchen.example") == normal_email("alice@xn--mnchen-3ya.example")
    assert normal_email("alice@" + "x" * 80) == "alice@" + "x" * 80  # no name of the network's, and no error


def test_dots_count_where_the_provider_counts_them() -> None:
    assert normal_email("al.ice@example.org") != normal_email("alice@example.org")
    assert normal_email("alice+a@example.org") == "alice@example.org"


@pytest.mark.parametrize(("first", "second"), [
    ("12 rue de l’Église\n75001 Paris", "12, Rue de l'Eglise, 75001 PARIS"),
    ("Hauptstraße 5\n10115 Berlin", "Hauptstr. 5, 10115 Berlin"),
    ("Hauptstraße 5\n10115 Berlin", "Haupt Strasse 5 10115 berlin"),
    ("1 Main Street", "1 MAIN ST."),
    ("Kerkstraat 9, Gent", "Kerk str 9 Gent"),
])  # fmt: skip
def test_one_address_in_two_spellings_is_one_household(first: str, second: str) -> None:
    assert normal_address("Alice A.", first) == normal_address("a, ALICE", second)
    assert household_hash(KEY, "Alice A.", first) == household_hash(KEY, "a, ALICE", second)


@pytest.mark.parametrize("other", ["13 rue de l’Église\n75001 Paris", "12 rue de l’Église\n75002 Paris"])
def test_a_neighbour_is_another_household(other: str) -> None:
    assert normal_address("Alice", "12 rue de l’Église\n75001 Paris") != normal_address("Alice", other)


@pytest.mark.parametrize(("one", "other"), [("Αθήνα", "Πάτρα"), ("улица Ленина", "улица Мира"), ("中山路", "人民路")])
def test_streets_of_other_scripts_are_told_apart(one: str, other: str) -> None:
    assert normal_address("Alice", f"{one} 5") != normal_address("Alice", f"{other} 5")


def test_nobody_tries_a_hash_out_without_the_key() -> None:
    assert person_hash(KEY, "alice@example.org") != person_hash(b"x" * 32, "alice@example.org")
    assert person_hash(KEY, "a") != household_hash(KEY, "a", "")
