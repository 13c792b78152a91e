"""Logs: one JSON object a line on standard error."""

import contextlib
import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, TextIO, cast

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from structlog.types import Processor

REQUEST: ContextVar[Mapping[str, str]] = ContextVar("request", default=MappingProxyType({}))
"""What every line says that is written while a request is answered; structlog's own way costs ten times as much."""


def add_request(logger: Any, method: str, line: Any) -> Any:
    """Put what is known of the request on a line, unless the line says it itself."""
    return {**REQUEST.get(), **line}


_TOLD: tuple[Processor, ...] = (
    add_request,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
    structlog.processors.format_exc_info,
)
_WRITTEN = structlog.processors.JSONRenderer(ensure_ascii=False)


def configure(level: str) -> None:
    """Let structlog and the standard library write JSON lines from this level up."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    logging.basicConfig(level=number, handlers=[_libraries()])
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.server").addFilter(without_nonsense)
    structlog.configure(
        processors=[*_TOLD, _WRITTEN],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Sparing(sys.stderr))),
        cache_logger_on_first_use=True,
    )


class Sparing:
    """A stream that spares whoever writes: what a full disk does not take is left out, and the work goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, if that is possible."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Let go of what was written, if that is possible."""
        with contextlib.suppress(OSError):
            self._stream.flush()


def without_nonsense(record: logging.LogRecord) -> bool:
    """Whether a record tells of us: what came over the line and was no HTTP is whoever sent it to blame for."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


def _libraries() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    written: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _WRITTEN]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_TOLD, processors=written))
    return handler
