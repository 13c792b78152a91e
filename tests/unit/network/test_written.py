"""The texts that an account has written itself, and what they are in other languages."""

import tomllib

from qms.domain.network_file.written import Written, spoken, translated, written_texts

DOCUMENT = tomllib.loads("""
[account]
slug = "acme"
name = "Acme"
languages = ["es"]
absences = ["lunch", "Terreno"]
receipt_footer = "Gracias"

[translations.ar]
"Caja" = "الصندوق"

[[branch]]
key = "main"
label = "Centro"
pocs = [{ key = "1", label = "Caja" }, { key = "2", label = "2" }]

[[queue]]
key = "caja"
name = "Caja"
credit_seconds = { embarazada = 60 }

[[form]]
key = "f"
fields = [{ name = "why", label = "Motivo", options = ["Pagar", { value = "x", label = "Otro" }] }]

[[screen]]
key = "s"
languages = ["es", "en"]
ticker = ["Hoy hasta las 14:00"]
closed_text = "Urgencias: puerta 2"
""")


def test_each_text_is_there_once_with_where_it_stands():
    assert written_texts(DOCUMENT) == [
        Written(text="Acme", places=(("account", ""),)),
        Written(text="Terreno", places=(("account", ""),)),
        Written(text="Gracias", places=(("account", ""),)),
        Written(text="Centro", places=(("branch", "main"),)),
        Written(text="Caja", places=(("branch", "main"), ("queue", "caja"))),
        Written(text="embarazada", places=(("queue", "caja"),)),
        Written(text="Motivo", places=(("form", "f"),)),
        Written(text="Pagar", places=(("form", "f"),)),
        Written(text="Otro", places=(("form", "f"),)),
        Written(text="Hoy hasta las 14:00", places=(("screen", "s"),)),
        Written(text="Urgencias: puerta 2", places=(("screen", "s"),)),
    ]


def test_the_languages_are_those_that_anybody_is_spoken_to_in():
    assert spoken(DOCUMENT) == ["es", "en", "ar"]


def test_what_is_given_is_added_and_what_is_emptied_is_gone():
    given = translated(DOCUMENT, {("en", "Caja"): "Cash desk", ("ar", "Caja"): ""})

    assert given["translations"] == {"en": {"Caja": "Cash desk"}}
    assert "translations" not in translated(given, {("en", "Caja"): ""})
    assert DOCUMENT["translations"] == {"ar": {"Caja": "الصندوق"}}
