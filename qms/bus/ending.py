"""Ending what runs beside everything else."""

import asyncio
from collections.abc import Iterable
from typing import Any

AGAIN_SECONDS = 1.0


async def end(tasks: Iterable["asyncio.Task[Any]"]) -> None:
    """Cancel tasks until they have ended, whatever they raise: a library may lose a cancellation as it lets go."""
    tasks = list(tasks)
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=AGAIN_SECONDS)
    await asyncio.gather(*tasks, return_exceptions=True)
