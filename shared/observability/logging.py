"""Logs as JSON lines in Elastic Common Schema: an event name and fields, ids bound by context.

Never logged: answer keys, answers, tokens, codes. structlog's own API is used everywhere; this module only sets
it up.
"""

import logging
import sys
from typing import Any

import ecs_logging
import structlog
from structlog.typing import EventDict


def configure_logging(*, service: str, level: str) -> None:
    """Call once, in a composition root. `service` becomes `service.name`; `level` is DEBUG to ERROR."""
    format_ecs = ecs_logging.StructlogFormatter()

    def with_service(_logger: Any, method: str, event: EventDict) -> str:
        event["service.name"] = service
        line: str = format_ecs(_logger, method, dict(event))
        return line

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            with_service,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(levelname)s %(message)s")


def function_logger(*, service: str, level: str) -> structlog.typing.FilteringBoundLogger:
    """The logger of a process that logs seldom: set up on its first use."""
    if not structlog.is_configured():
        configure_logging(service=service, level=level)
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger
