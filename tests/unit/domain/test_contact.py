"""Contacts: what looks like one, and when two spellings mean the same."""

import pytest

from qms.domain.contact import checked, is_email, is_phone, normal
from qms.domain.errors import Invalid


@pytest.mark.parametrize("text", ["a@b", "user@provider.net", "ñandú@dominio.cl", "a+b@c.d.e"])
def test_an_address_has_a_name_and_a_place(text):
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["", "a", "@b", "a@", "a b@c", "a@b\r\nBcc: c@d", "a@b,c@d", "<a@b>", "a@b\0", "a" * 400]
)
def test_what_could_mean_something_else_is_no_address(text):
    assert not is_email(text)


@pytest.mark.parametrize("text", ["2102234988", "+30 210 2234988", "(210) 223-4988", "0030/210.2234988"])
def test_a_number_is_spelled_in_many_ways(text):
    assert is_phone(text)


@pytest.mark.parametrize("text", ["", "1234", "call me", "+", "12345x", "1" * 41, "\u0661\u0662\u0663\u0664\u0665"])
def test_what_has_no_digits_or_too_many_is_no_number(text):
    assert not is_phone(text)


@pytest.mark.parametrize(
    ("one", "another"),
    [("User@Provider.NET ", "user@provider.net"), ("+30 210 22", "0030-210-22"), ("(210) 223", "210223")],
)
def test_spellings_of_one_contact_are_alike(one, another):
    assert normal(one) == normal(another)


def test_a_channel_reaches_its_own_contacts():
    assert checked(" a@b ", "EMAIL", "to") == "a@b"
    with pytest.raises(Invalid):
        checked("a@b", "SMS", "to")
    with pytest.raises(Invalid):
        checked("2102234988", "EMAIL", "to")
