"""The servers of the tests themselves: what a killed session leaves behind is no reason to fail."""

from pathlib import Path

from tests.servers import stop_all


def test_what_a_killed_session_left_is_removed_though_its_servers_are_gone(tmp_path: Path) -> None:
    session = tmp_path / "turnero-tests-1-gone"
    (session / "redis-1").mkdir(parents=True)
    (session / "redis-1" / "redis.pid").write_text("1\n")  # somebody else's by now
    (session / "postgres" / "data").mkdir(parents=True)
    (session / "postgres" / "data" / "postmaster.pid").write_text("999999999\n/gone\n")

    stop_all(session)

    assert not session.exists()
