"""A command on its way into a transaction, and what came of it."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import field, replace
from typing import Any

from qms.domain.value import value

TRACEPARENT: ContextVar[str | None] = ContextVar("traceparent", default=None)
"""The trace that whoever is asking has begun, as W3C's header says it; what comes of a command belongs to it."""


@value(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The value that a service returned, or the error it raised."""

    value: Any = None
    error: Exception | None = None

    def settle(self, future: concurrent.futures.Future[Any]) -> None:
        """Answer whoever waits on the future."""
        if not future.set_running_or_notify_cancel():
            return
        if self.error is not None:
            future.set_exception(self.error)
        else:
            future.set_result(self.value)


@value(frozen=True, slots=True, kw_only=True)
class Command:
    """A service with its arguments and the domains it wants held, in id order."""

    service: Callable[..., Any]
    arguments: Mapping[str, Any]
    domains: tuple[str, ...]
    done: Callable[[Outcome], None]
    batch: bool = False
    moves: int = 0
    traceparent: str | None = field(default_factory=TRACEPARENT.get)

    @classmethod
    def of(
        cls,
        service: Callable[..., Any],
        arguments: Mapping[str, Any],
        domain: str | Iterable[str] | None,
        done: Callable[[Outcome], None],
    ) -> Command:
        """A command for a service that is called with keywords."""
        held = (domain,) if isinstance(domain, str) else tuple(sorted(set(domain or ())))
        return cls(service=service, arguments=arguments, domains=held, done=done)

    @classmethod
    def item(
        cls, service: Callable[..., Any], item: Any, domain: str | None, done: Callable[[Outcome], None]
    ) -> Command:
        """One item for a service that takes many."""
        held = () if domain is None else (domain,)
        return cls(service=service, arguments={"item": item}, domains=held, done=done, batch=True)

    @property
    def lane(self) -> str:
        """Commands of one lane run one after the other."""
        return self.domains[0] if self.domains else ""

    def moved_to(self, domain: str) -> Command:
        """The same command, holding this domain too."""
        return replace(self, domains=tuple(sorted({*self.domains, domain})), moves=self.moves + 1)
