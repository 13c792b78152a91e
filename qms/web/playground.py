"""Trying a webhook's templates on a sample, without sending anything: what the faces ask, and who can tell them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from qms.domain.network import Custom


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Templates, and the event that they are tried on; `data` None: a sample of it. Secrets are masked always."""

    event: str
    url: str
    custom: Custom
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The request that would be sent; none where the condition does not want it, or with what is the `problem`."""

    method: str | None = None
    url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    withheld: bool = False
    problem: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


Playground = Callable[[Trial, datetime], Tried]
"""Tries templates at an instant.

Raises:
    Invalid: no such event.
"""

PLAYGROUND: web.AppKey[Playground] = web.AppKey("playground")
