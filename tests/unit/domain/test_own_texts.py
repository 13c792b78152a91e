"""An account's own texts, for somebody who reads a language."""

from qms.domain.own_texts import NO_TEXTS, OwnTexts, Said

TEXTS = OwnTexts.of(
    {
        "es": {"Loans": "Préstamos"},
        "es-CL": {"Cash": "Caja"},
        "ar": {"Loans": "القروض", "Box": "كشك"},
    },
    ["ar", "en"],
)


def test_a_text_is_said_in_the_wished_language_then_in_the_language_at_large():
    assert TEXTS.say("Cash", "es-CL") == Said(text="Caja")
    assert TEXTS.say("Loans", "es-CL") == Said(text="Préstamos")


def test_then_in_the_accounts_own_language_which_is_told():
    found = TEXTS.say("Box", "de")

    assert found == Said(text="كشك", language="ar")
    assert found.direction == "rtl"


def test_else_as_it_was_written():
    assert TEXTS.say("Nowhere", "de") == Said(text="Nowhere", language="ar")
    assert TEXTS.say("Nowhere", "ar") == Said(text="Nowhere")


def test_who_translates_nothing_need_not_say_what_he_writes_in():
    assert OwnTexts.of({}, ["en"]).say("Trámites", "de") == Said(text="Trámites")
    assert NO_TEXTS.for_pages() is None
