"""What only `server` keeps in an application."""

from collections.abc import Callable

from aiohttp import web

from server.settings import Settings

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)
WORKER_BEAT: web.AppKey[Callable[[], float]] = web.AppKey("worker_beat")
"""Seconds since the worker last looked for deadlines."""
