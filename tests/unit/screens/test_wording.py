# ruff: noqa: RUF001 - the alphabet of sounds
"""What is said for a call, as the synthesiser pronounces it: heard through the alphabet of sounds."""

import shutil
import subprocess

import pytest

from screens.voice.wording import WORDINGS, number_parts, sentence, spoken_language, words

ESPEAK = shutil.which("espeak-ng")
PRONOUNCED = {
    "en": (("A047", "Counter 3"), "nˈʌmbɚɹ ˈeɪ fˈoːɹɾi sˈɛvən plˈiːz ɡˌoʊ tə kˈaʊntɚ θɹˈiː"),
    "es": (("CY12", "Caja 1"), "nˈumeɾo sˈe ˈi ɣɾiˈeɣa dˈose poɾ faβˈoɾ diɾˈixase a kˈaxa ˈuno"),
    "pt-BR": (("W007", None), "sˈeɲæ dˈabljʊ sˈɛtʃy por favˈor"),
    "fr": (("B012", None), "nymeʁˈo bˈe dˈuz sil vu plˈɛ"),
    "de": (("V100", "Schalter 2"), "nˈʊmɜ fˈaʊ ˈaɪnhˈʊndɜt bˈɪtə ɡˈeːən ziː tsuː ʃˈaltɜ tsvˈaɪ"),
    "it": (("J003", None), "nˈumero i lˈuŋɡa trˈe prˈɛɡo"),
    "ar": (("12", None), "ʔarrˈaqm ʔˈiθnˈaː ʕʕˌaʃar tˈafadˤdˤˌal"),
}
"""A table of pronunciations; changed only by somebody who has listened."""

EACH_IN_ITS_OWN_WAY = "E-G-H-J-Q-V-W-Y-Z-205"
NAMES = {
    "en": "ˈiː dʒˈiː ˈeɪtʃ dʒˈeɪ kjˈuː vˈiː dˈʌbəljˌuː wˈaɪ zˈiː tˈuːhˈʌndɹɪd fˈaɪv",
    "es": "ˈe xˈe ˈatʃe xˈota kˈu ˈuβe ðˈoβle βˈe ˈi ɣɾiˈeɣa sˈɛta dossjˈentos sˈinko",
    "pt-BR": "ˈɛ ʒˈe aɡˈa ʒˈɔtæ kˈe vˈe dˈabljw ˈipsiloŋ zˈe dˌuzˈeɪŋtʊzi sˈiŋkʊ",
    "fr": "ˈə ʒˈe ˈaʃ ʒˈi kˈy vˈe dubləvˈe iɡʁˈɛk zˈɛd døsɑ̃ sˈɛ̃k",
    "de": "ˈeː ɡˈeː hˈɑː jˈɔt kˈuː fˈaʊ vˈeː ˈypsɪlˌɔn tsˈɛt tsvˈaɪhˈʊndɜt fˈynf",
    "it": "ˈeː dʒˈi ˈakːa i lˈuŋɡa kˈu vˈu dˈopːjavˈu ˈipsilon dzˈɛta dʊetʃˈɛnto tʃˈinkwe",
}
"""The letters, and a number, that no two languages say alike; Arabic names Latin letters as English does."""


@pytest.mark.skipif(ESPEAK is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize("language", PRONOUNCED)
def test_every_language_pronounces_its_call(language: str):
    (number, place), expected = PRONOUNCED[language]

    assert pronounced(language, sentence(language, number, [place] if place else [])) == expected


@pytest.mark.skipif(ESPEAK is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize("language", NAMES)
def test_every_language_has_its_own_names_of_letters(language: str):
    said = ". ".join(number_parts(language, EACH_IN_ITS_OWN_WAY))

    assert pronounced(language, f"{said}.") == NAMES[language]


def pronounced(language: str, text: str) -> str:
    """The sounds of a text, on one line."""
    command = [str(ESPEAK), "-q", "--ipa", "-b1", "-v", WORDINGS[language].voice, "--stdin"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_the_table_has_every_language():
    assert set(PRONOUNCED) == {*NAMES, "ar"} == set(WORDINGS)


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("A047", ["A", "47"]),
        ("T001", ["T", "1"]),
        ("t-12", ["T", "12"]),
        ("1234", ["1234"]),
        ("A12345", ["A", "1", "2", "3", "4", "5"]),
        ("Ana M.", ["A", "N", "A", "M"]),
        ("URGENT7", ["URGENT", "7"]),
        ("000", ["0"]),
        ("", []),
        ("[[x]]<b>", ["X", "B"]),
    ],
)
def test_a_number_is_said_in_parts(number: str, parts: list[str]):
    assert number_parts("en", number) == parts


def test_of_several_branches_the_branch_is_said_before_the_place():
    assert sentence("en", "A047", ["North", "Box 1"]) == "Number A, 47. Please go to North, Box 1."


def test_nothing_that_a_synthesiser_obeys_is_handed_to_it():
    assert words('<break time="9s"/> [[sEcrIt]] {x} Box_1') == "break time 9s / sEcrIt x Box 1"


def test_without_a_number_it_is_a_test():
    assert sentence("es", "") == "Esto es una prueba."


@pytest.mark.parametrize(("tag", "language"), [("es-CL", "es"), ("pt", "pt-BR"), ("EN_gb", "en"), ("mapudungun", None)])
def test_a_tag_is_spoken_in_the_nearest_language(tag: str, language: str | None):
    assert spoken_language(tag) == language
