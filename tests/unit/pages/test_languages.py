"""Who gets which language."""

import pytest
from aiohttp.test_utils import make_mocked_request

from qms.web.pages.languages import accepted, first_shipped, language_of, match


def request(path="/desk", accept=None):
    return make_mocked_request("GET", path, headers={"Accept-Language": accept} if accept else {})


def test_the_address_goes_before_the_page_and_the_browser():
    assert language_of(request("/t/x?lang=ar", accept="es"), "pt-BR").tag == "ar"


def test_the_page_goes_before_the_browser():
    assert language_of(request(accept="es"), "pt-BR").tag == "pt-BR"


def test_the_browser_goes_before_english():
    assert language_of(request(accept="nl, pt;q=0.8, es;q=0.9")).tag == "es"


def test_nothing_that_we_ship_is_english():
    assert language_of(request("/?lang=xx", accept="nl"), "tlh").tag == "en"
    assert language_of(request()).tag == "en"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("es-CL", "es"),
        ("pt", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("PT-pt", "pt-BR"),
        ("ar-EG", "ar"),
        ("en-GB", "en"),
        ("de-CH", "de"),
        (" es ", "es"),
    ],
)
def test_a_language_serves_its_kin(asked, given):
    assert getattr(match(asked), "tag", None) == given


@pytest.mark.parametrize("asked", ["", "xx", "e", "spanish", "../es", "*"])
def test_what_is_no_language_of_ours_is_none(asked):
    assert match(asked) is None


def test_a_refused_or_malformed_language_is_left_out():
    assert accepted("es;q=0, ar;q=x, ,en;q=0.5,pt") == ["pt", "en"]
    assert accepted("") == []


def test_arabic_runs_from_right_to_left():
    assert [first_shipped([tag]).direction for tag in ("ar", "es")] == ["rtl", "ltr"]
