"""From the text of a network file to its declarations, or to everything that is wrong with it."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn

from qms.domain.almanac import Almanac
from qms.domain.complaint import Complaint, complaint
from qms.domain.network_file.account import read_account
from qms.domain.network_file.agent import read_agent
from qms.domain.network_file.branch import read_branch
from qms.domain.network_file.crosscheck import check_overflows, check_places, check_references, warn_of_oddities
from qms.domain.network_file.declared.form import FormDecl
from qms.domain.network_file.declared.network import NetworkFile
from qms.domain.network_file.device import read_kiosk, read_screen
from qms.domain.network_file.form import CONTACT, read_form, usual_contact_form
from qms.domain.network_file.lines import Lines, flatten
from qms.domain.network_file.malformed import reason_of
from qms.domain.network_file.messages import read_messages
from qms.domain.network_file.problems import NetworkFileErrors, Problem, in_order
from qms.domain.network_file.queue import read_queues
from qms.domain.network_file.reading import Reading, Table
from qms.domain.network_file.service import read_service
from qms.domain.network_file.translations import read_translations
from qms.domain.network_file.webhook import read_webhook
from qms.domain.network_file.writer import TRANSLATIONS

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_network(text: str, filename: str, almanac: Almanac | None = None) -> NetworkFile:
    """Read a network file: TOML, with inline tables over several lines as in TOML 1.1.

    `almanac` knows the countries whose holidays may be asked for; without one, any two letters will do.

    Raises:
        NetworkFileErrors: with all problems found, each with its line; where the text is not TOML, the first.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    values, lines = _parse(text, filename)
    reading = Reading(lines, almanac)
    network = _read(Table(reading, (), values), filename)
    check_references(reading)
    check_places(reading, network)
    check_overflows(reading, network)
    if reading.problems:
        raise NetworkFileErrors(filename, reading.problems)
    warn_of_oddities(reading, network)
    return replace(network, warnings=in_order(reading.warnings))


def _read(root: Table, filename: str) -> NetworkFile:
    if not root.has("account"):
        root.lack("[account]")
    account = read_account(root.table("account") or Table(root.reading, ("account",), {"slug": "x"}))
    queues = read_queues(root.tables("queue"))
    agents = tuple(read_agent(table, account) for table in root.tables("agent"))
    queues_of = _by_place((branch, queue.key) for queue in queues for branch in queue.branches)
    agents_of = _by_place((queue, agent.key) for agent in agents for queue in agent.queues)
    screens = tuple(read_screen(table, account, queues_of) for table in root.tables("screen"))
    announced = _by_place((screen.branch, language) for screen in screens for language in screen.languages)
    network = NetworkFile(
        filename=filename,
        account=account,
        messages=read_messages(root.table("messages")),
        translations=read_translations(root.table(TRANSLATIONS)),
        branches=tuple(read_branch(table, account) for table in root.tables("branch")),
        queues=queues,
        agents=agents,
        services=tuple(read_service(table, agents_of) for table in root.tables("service")),
        forms=_forms(root.tables("form"), root.reading),
        webhooks=tuple(read_webhook(table) for table in root.tables("webhook")),
        screens=screens,
        kiosks=tuple(read_kiosk(table, account, queues_of, announced) for table in root.tables("kiosk")),
    )
    root.done()
    return network


def _by_place(named: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Where → who or what is there, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for where, key in named:
        found[where].append(key)
    return found


def _forms(tables: Iterable[Table], reading: Reading) -> tuple[FormDecl, ...]:
    """The forms declared, and the usual contact form where it is named without being declared."""
    declared = tuple(read_form(table) for table in tables)
    named = next((one for one in reading.references if (one.kind, one.key) == ("form", CONTACT)), None)
    if named is None or any(form.key == CONTACT for form in declared):
        return declared
    reading.assume("form", CONTACT)
    said = complaint('no form has the key "%(key)s"; the usual one is taken: first and last name, e-mail, phone')
    reading.warn(named.path, said.about(key=CONTACT))
    return (*declared, usual_contact_form(reading.slug))


def _parse(text: str, filename: str) -> tuple[dict[str, Any], Lines]:
    flat = flatten(text)
    try:
        flat.encode()  # a lone surrogate could be read, but never be stored
        return tomllib.loads(flat), Lines(flat, text)
    except UnicodeEncodeError as error:
        _refuse(filename, text.count("\n", 0, error.start) + 1, complaint("a character that is not Unicode text"))
    except RecursionError:
        _refuse(filename, 1, complaint("lists or tables nested too deep"))
    except ValueError as error:
        _refuse(filename, *_where(str(error), flat, text))


def _where(message: str, flat: str, text: str) -> tuple[int, Complaint]:
    """The line that the parser complains of, and its complaint without it; it has seen the flattened text."""
    place = _PLACE.search(message)
    reason = reason_of(_PLACE.sub("", message))
    if place is None:
        return 1, complaint("not TOML: %(reason)s", reason=reason)
    if place[1] is None:
        said = complaint("not TOML at the end of the file: %(reason)s", reason=reason)
        return text.rstrip("\n").count("\n") + 1, said
    line, column = int(place[1]), int(place[2])
    at = sum(len(before) + 1 for before in flat.split("\n")[: line - 1]) + column - 1
    said = complaint("not TOML: %(reason)s (column %(column)s)", reason=reason, column=at - text.rfind("\n", 0, at))
    return text.count("\n", 0, at) + 1, said


def _refuse(filename: str, line: int, said: Complaint) -> NoReturn:
    raise NetworkFileErrors(filename, [Problem(line=line, path="", complaint=said)])
