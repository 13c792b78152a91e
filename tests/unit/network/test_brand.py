"""A brand and own texts in a network file."""

import tomllib

import pytest

from desk.admin.brand_pages import FACES
from qms.domain.brand import FONTS, Brand
from qms.domain.network_file import NetworkFileErrors, read_network
from qms.domain.network_file.difference import differences
from qms.domain.network_file.json_schema import network_schema
from qms.domain.network_file.writer import write_network

FILE = """[account]
slug = "acme"
brand = { logo = "acme.svg", accent = "#FE0", font = "serif" }

[translations.ar]
"Trámites" = "معاملات"

[translations.pt-BR]
"Trámites" = "Serviços"

[[branch]]
key = "main"
brand = { bar = "#123456", font = "Acme.woff2" }
"""


def test_a_brand_is_read_and_a_branch_has_what_it_says_itself():
    network = read_network(FILE, "acme.toml")

    assert network.account.brand == Brand(logo="acme.svg", accent="#ffee00", font="serif")
    branch = Brand.of(network.account.brand.as_kept(), network.branches[0].brand.as_kept())
    assert branch == Brand(logo="acme.svg", accent="#ffee00", bar="#123456", font="Acme.woff2")
    assert branch.files == ("acme.svg", "Acme.woff2")


def test_translations_are_read_by_language_and_text():
    assert read_network(FILE, "acme.toml").translations == {
        "ar": {"Trámites": "معاملات"},
        "pt-BR": {"Trámites": "Serviços"},
    }


def test_what_is_written_is_read_again_the_same():
    document = tomllib.loads(FILE)

    assert tomllib.loads(write_network(document)) == document


def test_a_translation_that_changes_is_told_by_language_and_text():
    after = tomllib.loads(FILE.replace("Serviços", "Assuntos"))

    (found,) = differences(tomllib.loads(FILE), after)

    assert (found.kind, found.values[0].path) == ("translations", ("pt-BR", "Trámites"))
    assert (found.values[0].before, found.values[0].after) == ("Serviços", "Assuntos")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ('brand = { logo = "../acme.svg" }', "without a folder"),
        ('brand = { logo = "acme.exe" }', "ending in .svg"),
        ('brand = { accent = "red" }', 'a colour such as "#ffb71b"'),
        ('brand = { font = "serrif" }', 'did you mean "serif"'),
        ('[translations]\n"what language" = { a = "b" }', 'a language such as "es"'),
        ("[translations.es]\na = 1", "expected a text"),
    ],
)
def test_what_is_wrong_is_said(said, wrong):
    with pytest.raises(NetworkFileErrors, match=wrong):
        read_network(f'[account]\nslug = "acme"\n{said}\n', "acme.toml")


def test_every_font_that_needs_no_file_has_a_name_on_the_page():
    assert FACES.keys() == FONTS.keys()


def test_the_schema_knows_both():
    schema = network_schema()["properties"]

    assert "accent" in schema["account"]["properties"]["brand"]["properties"]
    assert "translations" in schema
