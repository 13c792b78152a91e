"""Nothing is open that has not said to whom: every route, topic and command names a permission of the one table."""

import itertools
import re
from pathlib import Path

import pytest

from qms.domain import access
from qms.domain.network import ROLES
from qms.web.access import policies
from server.main import COMMANDS, POLICIES
from server.opened import open_installation
from server.settings import Settings
from server.wiring import application

ROOT = Path(__file__).parents[3]
PACKAGES = ("acd", "desk", "kiosk", "qms", "qms_gateway", "screens", "server")
TOPIC = re.compile(r"""(?:tell|listen)\(\s*f?"(\w+)|\btopic\b[^=\n]*= f?"(\w+):""")


async def test_every_route_names_the_permission_that_it_takes(tmp_path):
    opened = open_installation(Settings.read({"TURNERO_DATABASE_URL": f"sqlite:///{tmp_path}/turnero.db"}))
    named = list(policies(application(opened)))
    opened.store.close()

    silent = [f"{method} {path}" for method, path, permission in named if permission is None]

    assert len(named) > 100
    assert silent == [], "say @allows(…) at the handler; the permissions are in qms/domain/access.py"


def test_every_topic_of_the_bus_is_declared_with_those_who_may_follow_it():
    sources = [path.read_text("utf-8") for package in PACKAGES for path in (ROOT / package).rglob("*.py")]

    spoken = {kind for text in sources for found in TOPIC.findall(text) for kind in found if kind}

    assert spoken - access.TOPICS.keys() == set(), "declare it in TOPICS of qms/domain/access.py"


def test_every_command_names_the_permission_that_it_takes():
    assert POLICIES.keys() == COMMANDS.keys()
    assert all(access.grants("operator", permission) for permission in POLICIES.values())


def test_the_table_names_only_what_is_declared():
    known = set(access.PERMISSIONS)

    assert all(given <= known for given in access.GRANTS.values())
    assert all(given <= known for given in access.TOPICS.values())
    assert set(access.SCOPES) <= known


@pytest.mark.parametrize(("lower", "higher"), list(itertools.pairwise(ROLES)))
def test_a_higher_role_may_all_that_a_lower_one_may(lower, higher):
    assert access.GRANTS[lower] < access.GRANTS[higher]
