"""Random bytes that are drawn many at a time: nobody is given some twice, whatever the thread and the process."""

import os
import threading

from qms.domain.chance import WORD, WORDS_PER_DRAW, random_bytes


def test_any_number_of_bytes():
    assert [len(random_bytes(size)) for size in range(40)] == list(range(40))


def test_threads_that_draw_at_once_share_none():
    drawn: list[bytes] = []

    def draw() -> None:
        drawn.extend([random_bytes(WORD) for _ in range(4 * WORDS_PER_DRAW)])

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(drawn)) == len(drawn) == 8 * 4 * WORDS_PER_DRAW


def test_a_child_of_this_process_draws_its_own():
    random_bytes(WORD)  # what is left of the draw would be the child's too
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, random_bytes(WORD))
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(reading, WORD) != random_bytes(WORD)
