"""The message of a lobby screen, made from values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from qms.domain.own_texts import OwnTexts
from screens.snapshot import Call, Clip, InLine, Line, Lobby, Place, Selection, snapshot, together

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LOBBY = Lobby(
    seq=77,
    branch=Place(id="b1", key="main", name="branch-main", label="Main", timezone="America/Santiago"),
    calls=[
        Call(
            seq=9,
            number="T002",
            poc="Box 1",
            queue_id="q1",
            called_at=AT,
            recall=1,
            language="es",
        ),
        Call(seq=8, number="C001", poc=None, queue_id="q2", called_at=AT, recall=0),
    ],
    waiting=[InLine(number="T003", queue_id="q1"), InLine(number="C002", queue_id="q2")],
    queues=[Line(id="q1", name="Trámites", waiting=1, wait=(5, 15)), Line(id="q2", name="Caja", waiting=1, wait=None)],
    queue_names={"q1": "Trámites", "q2": "Caja"},
)


def test_a_screen_is_told_everything_in_one_message():
    message = snapshot(LOBBY, Selection(), {"volume": 80, "ticker": ["Welcome"]}, spoken)

    assert message == {
        "branch": {
            "id": "b1",
            "key": "main",
            "name": "branch-main",
            "label": "Main",
            "timezone": "America/Santiago",
        },
        "calls": [
            {
                "seq": 9,
                "number": "T002",
                "poc": "Box 1",
                "queue": "Trámites",
                "called_at": AT,
                "recall": 1,
                "say": [{"language": "es", "url": "/T002/Box 1"}],
            },
            {"seq": 8, "number": "C001", "poc": None, "queue": "Caja", "called_at": AT, "recall": 0, "say": []},
        ],
        "waiting": [{"number": "T003", "queue": "Trámites"}, {"number": "C002", "queue": "Caja"}],
        "queues": [
            {"name": "Trámites", "waiting": 1, "wait_minutes": {"p50": 5, "p90": 15}},
            {"name": "Caja", "waiting": 1, "wait_minutes": None},
        ],
        "screen": {"open": True, "opens_at": None, "volume": 80, "ticker": ["Welcome"], "test": []},
    }


def spoken(language: str, number: str, where: Sequence[str]) -> Clip | None:
    """Only Spanish and English are spoken here."""
    return Clip(language=language, url="/".join(("", number, *where))) if language in ("es", "en") else None


def test_a_call_is_said_in_the_tickets_language_and_then_in_the_screens():
    two = snapshot(LOBBY, Selection(languages=("en", "fr")), {}, spoken)["calls"][0]["say"]
    one = snapshot(LOBBY, Selection(languages=("es", "en")), {}, spoken)["calls"][0]["say"]
    none = snapshot(LOBBY, Selection.of({"voice": False}, ("en",)), {}, spoken)["calls"][0]["say"]

    assert [clip["language"] for clip in two] == ["es", "en"]
    assert [clip["language"] for clip in one] == ["es"]
    assert none == []


def test_a_place_is_said_as_its_screen_pronounces_it():
    selection = Selection.of({"pronounce": {"Box 1": "caja uno"}}, ("es",))

    (clip,) = snapshot(LOBBY, selection, {}, spoken)["calls"][0]["say"]

    assert clip["url"] == "/T002/caja uno"


def test_a_place_is_said_by_its_name_in_the_language_that_is_spoken():
    own = OwnTexts(translations={"es": {"Box 1": "Caja 1"}})
    lobby = replace(LOBBY, own_texts=own)

    clips = snapshot(lobby, Selection(languages=("en",)), {}, spoken)["calls"][0]["say"]

    assert [clip["url"] for clip in clips] == ["/T002/Caja 1", "/T002/Box 1"]


def test_what_supervisors_say_comes_first_on_the_ticker():
    lobby = replace(LOBBY, messages=["Back in ten minutes"])

    assert snapshot(lobby, Selection(), {"ticker": ["Welcome"]})["screen"]["ticker"] == [
        "Back in ten minutes",
        "Welcome",
    ]


def test_a_screen_shows_only_its_own_queues():
    message = snapshot(LOBBY, Selection.of({"queues": ["q2"]}))

    assert [call["number"] for call in message["calls"]] == ["C001"]
    assert [one["number"] for one in message["waiting"]] == ["C002"]
    assert [line["name"] for line in message["queues"]] == ["Caja"]


def test_a_screen_may_keep_who_waits_and_how_long_to_itself():
    message = snapshot(LOBBY, Selection.of({"show_waiting": False, "show_waits": False}))

    assert message["waiting"] == []
    assert [line["wait_minutes"] for line in message["queues"]] == [None, None]
    assert [line["waiting"] for line in message["queues"]] == [1, 1]


def test_without_settings_everything_is_shown():
    assert Selection.of({}) == Selection() == Selection.of({"queues": []})


def test_several_branches_are_one_lobby_that_names_the_branch_of_each_call_and_says_it():
    north = replace(LOBBY.branch, id="b2", key="north", label="North")
    closed = replace(LOBBY, branch=north, open=False, opens_at=AT, messages=["Welcome"], queues=LOBBY.queues[:1])
    lobby = together([LOBBY, closed], [replace(LOBBY.calls[0], seq=3, branch="North")])

    message = snapshot(lobby, Selection(languages=("es",)), {}, spoken)

    assert [one["label"] for one in message["branches"]] == ["Main", "North"]
    (call,) = message["calls"]
    assert (call["seq"], call["branch"], call["say"][0]["url"]) == (3, "North", "/T002/North/Box 1")
    assert [line["branch"] for line in message["queues"]] == ["Main", "Main", "North"]
    assert [one["branch"] for one in message["waiting"]] == ["Main", "Main", "North", "North"]
    assert (message["screen"]["open"], message["screen"]["ticker"]) == (True, ["Welcome"])
