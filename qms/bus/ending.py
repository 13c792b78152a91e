"""Ending what runs beside everything else."""

import asyncio
from collections.abc import Iterable
from typing import Any

AGAIN_SECONDS = 1.0


async def end(tasks: Iterable["asyncio.Task[Any]"], *, again_seconds: float = AGAIN_SECONDS) -> None:
    """Cancel tasks until they have ended, whatever they raise: a library may lose a cancellation as it lets go.

    `again_seconds`: how long they have before they are cancelled once more, which breaks off what they put in order.
    """
    tasks = list(tasks)
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=again_seconds)
    await asyncio.gather(*tasks, return_exceptions=True)
