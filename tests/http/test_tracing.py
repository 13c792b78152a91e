"""Traces for those who collect them."""

import asyncio
import sys

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from qms.store.command import TRACEPARENT
from server import logs, tracing
from server.metrics.requests import measured

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


async def test_a_request_is_a_span_of_the_caller_s_trace_and_names_no_token():
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    app = web.Application(middlewares=[tracing.traced(provider.get_tracer("test")), measured])

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=503)

    app.router.add_get("/screens/{token}", handler)
    async with TestClient(TestServer(app)) as client:
        await client.get("/screens/a-secret", headers={"traceparent": PARENT})
    (span,) = spans.get_finished_spans()

    assert span.name == "GET /screens/{token}"
    assert f"{span.context.trace_id:032x}" == TRACE
    assert (span.attributes or {})["http.response.status_code"] == 503
    assert "a-secret" not in span.to_json()


async def test_a_trace_ends_with_its_request_though_the_next_waits_on_the_same_connection():
    app = web.Application(middlewares=[measured])

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=f"{TRACEPARENT.get()} {'trace_id' in logs.REQUEST.get()}\n")

    app.router.add_get("/", handler)
    ask = "GET / HTTP/1.1\r\nHost: us\r\n"
    async with TestServer(app) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(f"{ask}traceparent: {PARENT}\r\n\r\n{ask}Connection: close\r\n\r\n".encode())
        said = (await reader.read()).decode().splitlines()
        writer.close()

    assert [line for line in said if line.endswith((" True", " False"))] == [f"{PARENT} True", "None False"]


@pytest.mark.parametrize("endpoint", ["", "http://127.0.0.1:4318"])
def test_nobody_traces_where_nobody_collects_or_the_extra_is_missing(monkeypatch, endpoint):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)

    assert tracing.tracer_of("1") is None
