"""An account's own texts in templates: apart, marked where they are in another language, and never markup."""

from qms.domain.own import Own
from qms.domain.own_texts import OwnTexts
from qms.web.pages.languages import SHIPPED
from qms.web.pages.own import words_of

LANGUAGES = {language.tag: language for language in SHIPPED}
OWN = Own(texts=OwnTexts.of({"ar": {"Caja": "<b>الصندوق</b>"}}, ["es"]))


def test_a_text_is_apart_from_what_stands_around_it_and_never_markup():
    assert words_of(OWN, LANGUAGES["ar"])("Caja") == "<bdi>&lt;b&gt;الصندوق&lt;/b&gt;</bdi>"
    assert words_of(None, LANGUAGES["ar"])("<script>") == "<bdi>&lt;script&gt;</bdi>"


def test_one_in_another_language_says_so():
    assert words_of(OWN, LANGUAGES["de"])("Caja & Co") == '<bdi lang="es" dir="ltr">Caja &amp; Co</bdi>'


def test_in_titles_there_are_no_marks():
    assert words_of(OWN, LANGUAGES["de"]).text("Caja") == "Caja"
