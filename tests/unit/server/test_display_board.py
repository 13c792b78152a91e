"""Which call a panel shows: each for its time, in order, none left out."""

from itertools import pairwise

from server.display.board import Board


def call(seq: int) -> dict:
    return {"seq": seq, "number": f"A{seq}"}


def shown(board: Board, start: float, end: float) -> list[tuple[float, int]]:
    """When which call is shown, looked at every tenth of a second."""
    found, tick = [], start
    while tick <= end:
        if board.due(tick) == 0:
            one, board = board.next(tick)
            found.append((round(tick, 1), one["seq"]))
        tick += 0.1
    return found


def test_what_was_called_before_is_not_shown_again():
    board = Board().hear([call(3), call(2)])

    assert board.due(0) is None


def test_ten_calls_at_once_are_each_shown_for_their_time_in_order():
    board = Board(seconds=4).hear([call(1)]).hear([call(seq) for seq in range(11, 0, -1)])

    seqs, at = [seq for _, seq in shown(board, 0, 60)], [when for when, _ in shown(board, 0, 60)]

    assert seqs == list(range(2, 12))
    assert all(later - before >= 3.9 for before, later in pairwise(at))


def test_a_message_told_twice_is_taken_in_once():
    board = Board().hear([]).hear([call(1)]).hear([call(1)])

    assert len(board.waiting) == 1


def test_after_a_backup_came_back_the_next_call_is_shown():
    board = Board().hear([call(90)]).hear([call(5)]).hear([call(6), call(5)])

    assert [one["seq"] for one in board.waiting] == [6]


def test_where_other_branches_are_shown_than_before_the_count_begins_anew():
    board = Board().hear([call(90)], ["main"]).hear([call(3), call(2)], ["main", "annex"])

    assert board.waiting == ()
    assert [one["seq"] for one in board.hear([call(4), call(3)], ["annex", "main"]).waiting] == [4]
