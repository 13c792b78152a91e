"""`turnero secrets`: the installation's secret is changed, lost and given up, and nobody goes on with a wrong one."""

import pytest
import typer

from server.applying import apply
from server.doctoring import examine
from server.opened import open_installation
from server.sealing import forget, rotate
from server.settings import Settings

NETWORK = """
[account]
slug = "bank"
[[webhook]]
key = "crm"
url = "https://crm.example/"
events = ["*"]
dialect = "native"
secret = "canary-of-webhook"
"""
NEXT = "the next secret has thirty-two characters"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """An installation with a webhook, in a folder that commands are given in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank.toml").write_text(NETWORK)
    apply(tmp_path / "bank.toml")
    return Settings.read({})


def secret_of_webhook(settings):
    opened = open_installation(settings, tool=True)
    try:
        account = opened.store.read(lambda tx: tx.raw("SELECT id FROM account", {}))[0][0]
        return opened.store.read(lambda tx: tx.network(account).webhooks.find("crm").secret)
    finally:
        opened.store.close()


def test_a_kept_secret_is_replaced_and_everything_sealed_anew(settings, tmp_path, capsys):
    file = tmp_path / "turnero.db.secret"
    before = file.read_bytes()

    rotate()

    assert file.read_bytes() != before
    assert "sealed anew: 3\n" in capsys.readouterr().out  # its secret, its headers, and what templates name
    assert secret_of_webhook(settings) == "canary-of-webhook"
    assert sorted(path.name for path in tmp_path.glob("*secret*")) == ["turnero.db.secret"]
    assert b"canary" not in (tmp_path / "turnero.db").read_bytes()


def test_a_secret_that_is_set_is_replaced_by_way_of_both(settings, tmp_path, monkeypatch, capsys):
    kept = (tmp_path / "turnero.db.secret").read_text()
    monkeypatch.setenv("TURNERO_SECRET_KEY", kept)
    with pytest.raises(typer.Exit):
        rotate()
    monkeypatch.setenv("TURNERO_SECRET_KEY", NEXT)
    monkeypatch.setenv("TURNERO_SECRET_KEY_BEFORE", kept)
    both = dict(examine(Settings.read({"TURNERO_SECRET_KEY": NEXT, "TURNERO_SECRET_KEY_BEFORE": kept})))
    rotate()

    assert "TURNERO_SECRET_KEY_BEFORE to the present one" in capsys.readouterr().err
    assert (both["secret"], both["sealed"]) == (None, "3 with the secret of before: run turnero secrets rotate")
    assert secret_of_webhook(Settings.of({"secret_key": NEXT})) == "canary-of-webhook"


def test_with_a_wrong_secret_nothing_starts_and_the_doctor_says_why(settings, tmp_path, monkeypatch, capsys):
    wrong = Settings.of({"secret_key": NEXT})
    told = dict(examine(wrong))
    monkeypatch.setenv("TURNERO_SECRET_KEY", NEXT)
    with pytest.raises(typer.Exit):
        forget(yes=False)

    forget(yes=True)

    assert str(told["secret"]).endswith("put that one back, or give up what it sealed with turnero secrets forget")
    assert f"webhook bank/crm: secret {secret_of_webhook(wrong)} (shown once)" in capsys.readouterr().out
    assert dict(examine(wrong))["secret"] is None
