"""Passwords that are too easily guessed."""

import pytest

from qms.domain.passwords import COMMON, SHORTEST, too_easy


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "121212121212", "Password1234", "qwertyuiop123", ""])
def test_what_is_tried_first_is_no_password(password):
    assert too_easy(password)


@pytest.mark.parametrize("password", ["correct horse battery", "ñandú 🦤 مرحبا y más", "        a b c d e"])
def test_letters_of_any_kind_will_do(password):
    assert not too_easy(password)


def test_the_list_holds_what_the_length_alone_lets_through():
    assert all(len(one) >= SHORTEST and one == one.casefold() for one in COMMON)
