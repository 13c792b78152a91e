"""Every message is collected and translated, and reaches Python, templates and scripts alike."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from qms.web.pages import catalogues
from qms.web.pages.catalogues import LIGHT, plural_categories, script_messages, translations
from qms.web.pages.languages import PSEUDO, SHIPPED, first_shipped
from qms.web.pages.pseudo import pseudo
from tools.script_messages import NotALiteral, extract

ROOT = Path(__file__).resolve().parents[3]


def shipped(tag):
    return first_shipped([tag])


def test_every_message_is_collected_and_translated():
    done = subprocess.run(
        [sys.executable, "tools/i18n.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_message_is_translated_in_python():
    assert translations(shipped("es")).gettext("Language") == "Idioma"
    assert translations(shipped("en")).gettext("Language") == "Language"


def test_a_scripts_catalogue_holds_the_messages_of_its_faces_scripts_only():
    kiosk, desk, shared = (script_messages(shipped("es"), face) for face in ("kiosk", "desk", ""))

    assert kiosk["No connection. Trying to reconnect…"] == "Sin conexión. Intentando reconectar…"
    assert "Skip to the content" not in kiosk
    assert "You are next" in kiosk.keys() - desk.keys() - shared.keys()
    assert shared
    assert shared.items() <= kiosk.items() & desk.items()


SCRIPT = re.compile(r"static\('([\w/-]+\.js)'\)")
IMPORT = re.compile(r"""(?:from|import|import\() ?["']((?:\./|\.\./)[\w./-]+\.js)["']""")
SAYS = re.compile(r"\b(?:N_|_|ngettext)\(")


@pytest.mark.parametrize("page", LIGHT)
def test_a_light_page_brings_the_words_of_just_the_scripts_that_it_runs(page):
    face, _, name = page.partition("/")
    asked = SCRIPT.findall((ROOT / face / "templates" / f"{name}.html.j2").read_text())
    run = with_imports(ROOT / one.replace("/", "/static/", 1) for one in asked)

    says = {file.relative_to(ROOT).as_posix() for file in run if SAYS.search(file.read_text())}

    assert {file for file in says if file.startswith(f"{face}/")} == set(LIGHT[page])


def with_imports(scripts):
    """These scripts and all that they import."""
    found, left = set(), set(scripts)
    while left:
        script = left.pop()
        found.add(script)
        for name in IMPORT.findall(script.read_text()):
            shared = ROOT / "qms/web/pages/static" / name.removeprefix("../")
            left |= {shared if name.startswith("../") else script.parent / name.removeprefix("./")} - found
    return found


def test_a_plural_that_is_not_translated_yet_stays_english_instead_of_empty(monkeypatch):
    half = Catalog(locale="es")
    half.add(("%(num)s waits", "%(num)s wait"), ("", ""), locations=[("desk/static/side.js", 1)])
    half.add("Away", "Ausente", locations=[("desk/static/work.js", 1)])
    monkeypatch.setattr(catalogues, "catalogue", lambda _: half)

    assert script_messages(shipped("es"), "desk") == {"Away": "Ausente"}


def test_english_needs_no_catalogue():
    assert script_messages(shipped("en"), "desk") == {}


def test_each_plural_category_has_its_form():
    assert plural_categories(shipped("ar")) == {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 5, "other": 4}
    assert plural_categories(shipped("es")) == {"one": 0, "many": 1, "other": 1}
    assert plural_categories(shipped("fr")) == {"one": 0, "many": 1, "other": 1}
    assert plural_categories(shipped("en")) == {"one": 0, "other": 1}


def test_every_language_says_its_own_name():
    names = ["English", "Español", "Português (Brasil)", "Français", "Deutsch", "Italiano", "العربية"]

    assert [language.name for language in SHIPPED] == names


def test_the_strange_language_keeps_the_places_for_values_and_marks_both_ends():
    assert pseudo("%(num)s people, 100%% of {all}") == "[%(num)s pééôôpļéé, 100%% ôôf {all}]"
    assert script_messages(PSEUDO, "kiosk")["%(num)s person waiting"] == {
        "one": "[%(num)s pééŕšôôñ ŵååîîţîîñĝ]",
        "other": "[%(num)s pééôôpļéé ŵååîîţîîñĝ]",
    }


def found(script: str) -> list[tuple]:
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    return [messages for _, _, messages, _ in extract(io.BytesIO(script.encode()), keywords, [], {})]


def test_a_message_in_a_template_within_a_template_is_found():
    script = "html`<ul>${list.map((x) => html`<li>don't ${_('inner')}</li>`)} it's ${_('outer')}</ul>`; _('after')"

    assert found(script) == [("inner",), ("outer",), ("after",)]


def test_neither_comments_nor_expressions_nor_quotes_mislead():
    script = """
    // _("no")  it's
    /* _("neither") ` */
    const slash = /['"`]/.test(x) ? a / b / _("divided") : _("multi" + "line");
    const plain = _(`tick`), wait = ngettext("one", "many", f(a, [b, c]), { a });
    const object = { a: { b: `x${ { y: 1 }.y }z` } }; _("last \\u00e9\\n");
    """

    assert found(script) == [("divided",), ("multiline",), ("tick",), ("one", "many", None, None), ("last é\n",)]


def test_a_message_known_elsewhere_is_no_mistake():
    assert found("_(NAMES[state]); const f = (_) => _(x);") == []


def test_a_message_put_together_is_refused():
    with pytest.raises(NotALiteral):
        found("_(`hello ${name}`)")
