"""The journal of what is being handed over: it outlives its worker, and is left alone while that lives."""

import os
from pathlib import Path

from acd.notification.journal import Journal, left_behind


def killed(folder: Path, worker: str, lines: str) -> None:
    """What a worker that was killed leaves behind: a file, and no lock."""
    (folder / f"sending-{worker}.journal").write_text(lines)


def test_what_a_dead_worker_had_begun_is_found_once_with_what_was_taken(tmp_path):
    killed(tmp_path, "w1", "+a\n+b\n=a\n+c\n-c\n+d")

    with left_behind(tmp_path, "w2") as remains:
        assert remains == {"w1": {"a": True, "b": False, "d": False}}
    with left_behind(tmp_path, "w2") as remains:
        assert remains == {}


def test_what_could_not_be_settled_is_found_again(tmp_path):
    killed(tmp_path, "w1", "+a\n")

    try:
        with left_behind(tmp_path, "w2"):
            raise OSError("no database")
    except OSError:
        pass

    with left_behind(tmp_path, "w2") as remains:
        assert list(remains) == ["w1"]


def test_a_living_worker_is_left_alone(tmp_path):
    journal = Journal(tmp_path, "w1")
    journal.begin("a")

    with left_behind(tmp_path, "w2") as remains:
        assert remains == {}
    journal.close()
    assert os.listdir(tmp_path) == []


def test_it_is_emptied_only_when_nothing_is_under_way(tmp_path):
    journal, file = Journal(tmp_path, "w1"), tmp_path / "sending-w1.journal"
    journal.begin("a")
    journal.clear()
    assert file.read_text() == "+a\n"

    journal.end("a", taken=True)
    journal.clear()
    assert file.read_text() == ""
    journal.close()


def test_without_a_folder_or_where_it_cannot_be_written_it_is_kept_nowhere(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (None, tmp_path / "file"):
        journal = Journal(folder, "w1")
        journal.begin("a")
        journal.end("a", taken=False)
        journal.close()
        with left_behind(folder, "w2") as remains:
            assert remains == {}
