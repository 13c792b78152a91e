"""What is said for a call in each language, so that a synthesiser pronounces it rightly.

A letter followed by a comma is read by its name, alone: "A 47" would be the article "a forty-seven" in English. Zeros
in front are not said, and a long number is said digit by digit. Only words come out: nothing that a synthesiser might
take for a command.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

SPELLED_UP_TO = 3
"""So many letters are spelled; more are a word."""

COUNTED_UP_TO = 4
"""So many digits are a number; more are said one by one."""

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_UNSAYABLE = re.compile(r"[^\w\s.,'’/-]|_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a language calls: the synthesiser's voice, the sentence with and without a place, letters it says wrongly."""

    voice: str
    called: str
    called_nowhere: str
    test: str
    letters: Mapping[str, str] = field(default_factory=dict)


WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        voice="en-us",
        called="Number {number}. Please go to {poc}.",
        called_nowhere="Number {number}, please.",
        test="This is a test.",
    ),
    "es": Wording(
        voice="es-419",
        called="Número {number}. Por favor, diríjase a {poc}.",
        called_nowhere="Número {number}, por favor.",
        test="Esto es una prueba.",
        letters={"W": "doble ve", "Y": "i griega"},
    ),
    "pt-BR": Wording(
        voice="pt-br",
        called="Senha {number}. Por favor, dirija-se a {poc}.",
        called_nowhere="Senha {number}, por favor.",
        test="Isto é um teste.",
        letters={"W": "dáblio", "Y": "ípsilon"},
    ),
    "fr": Wording(
        voice="fr-fr",
        called="Numéro {number}. Veuillez vous rendre à {poc}.",
        called_nowhere="Numéro {number}, s'il vous plaît.",
        test="Ceci est un test.",
    ),
    "de": Wording(
        voice="de",
        called="Nummer {number}. Bitte gehen Sie zu {poc}.",
        called_nowhere="Nummer {number}, bitte.",
        test="Dies ist ein Test.",
    ),
    "it": Wording(
        voice="it",
        called="Numero {number}. Si prega di recarsi a {poc}.",
        called_nowhere="Numero {number}, prego.",
        test="Questa è una prova.",
        letters={"J": "i lunga"},
    ),
    "ar": Wording(
        voice="ar",
        called="الرقم {number}. يرجى التوجه إلى {poc}.",
        called_nowhere="الرقم {number}، تفضل.",
        test="هذا اختبار.",
    ),
}
"""Language → its wording; a language that is missing is not spoken."""


@lru_cache(maxsize=256)
def spoken_language(tag: str) -> str | None:
    """The language that we speak for a tag: the same, else one of the same primary language; None: we speak none."""
    wanted = tag.replace("_", "-").lower()
    known = {language.lower(): language for language in WORDINGS}
    primary = {language.partition("-")[0]: language for language in WORDINGS}
    return known.get(wanted) or primary.get(wanted.partition("-")[0])


def sentence(language: str, number: str, where: Sequence[str] = ()) -> str:
    """What is said when a number is called somewhere, the larger place first; without either it is a test."""
    wording = WORDINGS[language]
    said = ", ".join(number_parts(language, number))
    if not said:
        return wording.test
    place = ", ".join(said_name for name in where if (said_name := words(name)))
    text = wording.called if place else wording.called_nowhere
    return text.format(number=said, poc=place)


def number_parts(language: str, number: str) -> list[str]:
    """The parts of a ticket's number in order, each as it is said: `A047` is A, 47."""
    names = WORDINGS[language].letters
    return [said for part in _PARTS.findall(number) for said in _said(part, names)]


def words(text: str) -> str:
    """A text with nothing in it but words, figures and pauses."""
    return " ".join(_UNSAYABLE.sub(" ", text).split())


def _said(part: str, names: Mapping[str, str]) -> list[str]:
    if part.isdecimal():
        short = str(int(part)) if part.isascii() else part
        return [short] if len(short) <= COUNTED_UP_TO else list(short)
    if len(part) > SPELLED_UP_TO:
        return [part]
    return [names.get(letter, letter) for letter in part.upper()]
