"""Traces, for those who collect them with OpenTelemetry: the extra `turnero[otel]` and `OTEL_EXPORTER_OTLP_ENDPOINT`.

A span names the route and never the address, which holds tokens. It belongs to the trace of whoever asked, where they
sent a `traceparent`.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from server.metrics.requests import route_of

log = structlog.get_logger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def tracer_of(version: str) -> Any:
    """The tracer that this process exports with; None where nobody collects."""
    if not any(os.environ.get(name) for name in ENDPOINTS):
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.warning("no_traces", reason="the extra turnero[otel] is not installed")
        return None
    about = {"service.name": os.environ.get("OTEL_SERVICE_NAME", "turnero"), "service.version": version}
    provider = TracerProvider(resource=Resource.create(about))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider.get_tracer("turnero", version)


def traced(tracer: Any) -> Any:
    """A middleware that puts each request into a span of this tracer."""
    from opentelemetry.trace import SpanKind, Status, StatusCode
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    propagator = TraceContextTextMapPropagator()

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        route = route_of(request)
        said = {"http.request.method": request.method, "http.route": route}
        context = propagator.extract({name.lower(): value for name, value in request.headers.items()})
        name = f"{request.method} {route}"
        with tracer.start_as_current_span(name, context=context, kind=SpanKind.SERVER, attributes=said) as span:
            response = await handler(request)
            span.set_attribute("http.response.status_code", response.status)
            if response.status >= 500:
                span.set_status(Status(StatusCode.ERROR))
            return response

    return middleware
