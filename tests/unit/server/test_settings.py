"""Settings: read once, refused in one line that says which and what was expected."""

from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from server.clock import Sandbox
from server.setting_forms import SettingsError
from server.settings import ROLES, Settings

SECRET = "a secret of at least thirty-two characters"


def test_without_any_there_is_one_process_with_everything_on_sqlite():
    settings = Settings.read({"PATH": "/bin", "HOME": "/home/ana"})

    assert (settings.database_url, settings.host, settings.port) == ("sqlite:///turnero.db", "127.0.0.1", 8080)
    assert settings.role_set == set(ROLES)
    assert (settings.rate_limit, settings.sandbox, settings.allowed_networks) == (20, None, ())


def test_text_is_converted_where_a_number_is_expected():
    settings = Settings.read({"TURNERO_PORT": "0", "TURNERO_RATE_LIMIT": "2.5"})

    assert (settings.port, settings.rate_limit) == (0, 2.5)


def test_an_empty_variable_is_as_good_as_none():
    assert Settings.read({"TURNERO_REDIS_URL": "", "TURNERO_SECRET_KEY": "", "TURNERO_PORT": ""}) == Settings.read({})


def test_lists_are_separated_by_commas():
    settings = Settings.read(
        {"TURNERO_ROLES": "acd, desk", "TURNERO_WEBHOOK_ALLOW_CIDRS": "10.0.0.0/8, ::1/128", "TURNERO_CLOCK": ""}
    )

    assert settings.role_set == {"acd", "desk"}
    assert settings.allowed_networks == (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TURNERO_PROT", "1", "TURNERO_PROT is unknown; the nearest name is TURNERO_PORT"),
        ("TURNERO_CONFI", "x", "TURNERO_CONFI is unknown; the nearest name is TURNERO_CONFIG"),
        ("TURNERO_PORT", "eighty", "TURNERO_PORT: expected a whole number, got a text"),
        ("TURNERO_PORT", "70000", "TURNERO_PORT: expected a whole number <= 65535"),
        ("TURNERO_RATE_LIMIT", "-1", "TURNERO_RATE_LIMIT: expected a number >= 0"),
        ("TURNERO_ROLES", "gateway,dsk", "TURNERO_ROLES: dsk is unknown; the nearest name is desk"),
        ("TURNERO_DATABASE_URL", "mysql://x/y", "TURNERO_DATABASE_URL: expected sqlite:///file or postgresql://"),
        ("TURNERO_DATABASE_URL", "sqlite://", "TURNERO_DATABASE_URL: expected sqlite:///file"),
        ("TURNERO_DATABASE_URL", "sqlite:///:memory:", "TURNERO_DATABASE_URL: expected sqlite:///file"),
        ("TURNERO_DATABASE_URL", "postgresql://h:x/y", "TURNERO_DATABASE_URL: expected sqlite:///file"),
        ("TURNERO_DATABASE_URL", "postgresql://h/y", "TURNERO_SECRET_KEY: required with PostgreSQL"),
        ("TURNERO_SECRET_KEY", "short", "TURNERO_SECRET_KEY: expected a text of length >= 32"),
        ("TURNERO_REDIS_URL", "localhost:6379", "TURNERO_REDIS_URL: expected an address that begins with redis://"),
        ("TURNERO_PUBLIC_URL", "turnero.example", "TURNERO_PUBLIC_URL: expected an address that begins with http://"),
        ("TURNERO_SMTP_URL", "smtp:", "TURNERO_SMTP_URL: expected an address that begins with smtp://"),
        ("TURNERO_WEBHOOK_ALLOW_CIDRS", "10.0.0.0/33", "TURNERO_WEBHOOK_ALLOW_CIDRS: '10.0.0.0/33'"),
        ("TURNERO_TRUSTED_PROXIES", "proxy", "TURNERO_TRUSTED_PROXIES: 'proxy'"),
        ("TURNERO_LOG_LEVEL", "warn", "TURNERO_LOG_LEVEL: warn is unknown; the nearest name is warning"),
        ("TURNERO_CLOCK", "soon", "TURNERO_CLOCK: expected 2026-03-01T00:00:00Z*60, not 'soon'"),
        ("TURNERO_CLOCK", "2026-03-01T00:00:00", "TURNERO_CLOCK: expected an instant with a zone"),
        ("TURNERO_CLOCK", "2026-03-01T00:00:00Z*0", "a rate above 0"),
        ("TURNERO_CLOCK", "2026-03-01T00:00:00Z*nan", "a rate above 0"),
        ("TURNERO_CLOCK", "9999-12-31T00:00:00Z", "TURNERO_CLOCK: expected an instant"),
    ],
)
def test_what_is_wrong_is_told_with_its_name_and_what_was_expected(name, value, told):
    with pytest.raises(SettingsError) as refused:
        Settings.read({name: value})

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_secret_is_never_repeated():
    with pytest.raises(SettingsError) as refused:
        Settings.read({"TURNERO_SECRET_KEY": "hush"})

    assert "hush" not in str(refused.value)


# -- a file ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def read(tmp_path):
    def read(text, **environ):
        file = tmp_path / "turnero.toml"
        file.write_text(text)
        return Settings.read({"TURNERO_CONFIG": str(file), **environ})

    return read


def test_a_file_has_the_same_names(read):
    settings = read('port = 9000\nroles = ["acd", "desk"]\nTURNERO_HOST = "0.0.0.0"\nRATE_LIMIT = 1')

    assert (settings.port, settings.host, settings.rate_limit) == (9000, "0.0.0.0", 1)
    assert settings.role_set == {"acd", "desk"}


def test_the_environment_wins(read):
    assert read("port = 9000", TURNERO_PORT="9001").port == 9001


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prot = 1", "turnero.toml: prot is unknown; the nearest name is port"),
        ("port = \n", "turnero.toml: Invalid value (at line 1"),
        ('port = "x"', "TURNERO_PORT: expected a whole number, got a text"),
    ],
)
def test_a_wrong_file_is_refused(read, text, told):
    with pytest.raises(SettingsError) as refused:
        read(text)

    assert told in str(refused.value)


def test_a_file_that_is_not_there_is_refused():
    with pytest.raises(SettingsError, match=r"TURNERO_CONFIG: nowhere\.toml"):
        Settings.read({"TURNERO_CONFIG": "nowhere.toml"})


# -- the sandbox -----------------------------------------------------------------------------------------------------


def test_a_sandbox_starts_at_an_instant_and_runs_at_a_rate():
    at = datetime(2026, 3, 1, tzinfo=UTC)

    assert Sandbox.parse("2026-03-01T00:00:00Z") == Sandbox(text="2026-03-01T00:00:00Z", start=at, rate=1)
    assert Sandbox.parse("2026-03-01T00:00:00Z*60").rate == 60
    assert Sandbox.parse("2026-02-28T21:00:00-03:00*0.5").start == at
