"""Logs: one JSON object a line on standard error."""

import logging
import sys

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from structlog.types import Processor

_TOLD: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def without_nonsense(record: logging.LogRecord) -> bool:
    """Whether a record tells of us: what came over the line and was no HTTP is whoever sent it to blame for."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


def _libraries() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    written: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _WRITTEN]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_TOLD, processors=written))
    return handler
