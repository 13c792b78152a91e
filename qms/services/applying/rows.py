"""Rows as a network file wants them: one function per kind, from a declaration to column values."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from qms.domain.network_file import (
    AgentDecl,
    ApplicationDecl,
    BranchDecl,
    FieldDecl,
    FormDecl,
    KioskDecl,
    MessagesDecl,
    NetworkFile,
    PocDecl,
    QueueDecl,
    RoutingDecl,
    ScreenDecl,
    ScreenLooks,
    ServiceDecl,
    WebhookDecl,
)
from qms.domain.network_file.kept import KEPT
from qms.domain.options import option
from qms.domain.weekly import hours_to_json

Ids = Mapping[tuple[str, str], str]
"""(kind, key) → id in this installation."""


def account_row(file: NetworkFile) -> dict[str, Any]:
    """The account; options that are secrets are kept apart from the others."""
    account = file.account
    given = account.options.given
    secret = {name: value for name, value in given.items() if option(name).kind == "secret"}
    return {
        "name": account.name,
        "timezone": account.timezone,
        "options": {name: value for name, value in given.items() if name not in secret},
        "option_secrets": secret or None,
        "closures": [c.to_json() for c in account.closures],
        "holidays": account.holidays and account.holidays.to_json(),
        "languages": list(account.languages),
        "room_url": account.room_url,
        "meeting_url": account.meeting_url,
        "sign_in": asdict(account.sign_in) if account.sign_in else None,
        "messages": messages_row(file.messages),
        "brand": account.brand.as_kept(),
        "translations": {tag: dict(texts) for tag, texts in file.translations.items()},
        "absences": list(account.absences),
        "receipt_footer": account.receipt_footer,
    }


def messages_row(messages: MessagesDecl) -> dict[str, Any] | None:
    """How the account writes to people; None where the file does not say."""
    said = {
        "from": messages.sender,
        "reply_to": messages.reply_to,
        "country": messages.country,
        "appointments": messages.appointments,
        "agents": messages.agents,
        "providers": [dict(one) for one in messages.providers],
        "templates": [dict(one) for one in messages.templates],
    }
    return said if messages != MessagesDecl() else None


def branch_row(branch: BranchDecl) -> dict[str, Any]:
    """A branch, but for its routing domain."""
    return {
        "name": branch.name,
        "label": branch.label,
        "address": branch.address,
        "latitude": branch.location[0],
        "longitude": branch.location[1],
        "timezone": branch.timezone,
        "hours": hours_to_json(branch.hours),
        "closures": [c.to_json() for c in branch.closures],
        "holidays": branch.holidays and branch.holidays.to_json(),
        "brand": branch.brand.as_kept(),
    }


def poc_row(poc: PocDecl) -> dict[str, Any]:
    """A point of contact, but for its branch and its token."""
    return {"label": poc.label, "kind": poc.kind}


def form_row(form: FormDecl) -> dict[str, Any]:
    """A form, its fields as Videsk's forms have them."""
    fields = [field_json(field) for field in form.fields]
    return {"name": form.name, "description": form.description, "fields": fields}


def field_json(field: FieldDecl) -> dict[str, Any]:
    """A field: `{_id, type, name, label, hint, properties, options}`; `maxlength` is a text there."""
    limits = {
        "placeholder": field.placeholder or None,
        "maxlength": None if field.maxlength is None else str(field.maxlength),
        "minlength": None if field.minlength is None else str(field.minlength),
        "min": field.min,
        "max": field.max,
        "readonly": field.readonly or None,
    }
    properties = {"required": field.required, **{name: v for name, v in limits.items() if v is not None}}
    options = [{"value": option.value, "label": option.label} for option in field.options]
    named = {"_id": field.id, "type": field.type, "name": field.name, "label": field.label, "hint": field.hint}
    return {**named, "properties": properties, "options": options}


def queue_row(queue: QueueDecl, ids: Ids) -> dict[str, Any]:
    """A queue, but for its routing domain."""
    same = ("name", "prefix", "mode", "call", "ring_seconds", "wrap_up_seconds", "decline_cooldown_seconds")
    more = ("unstaffed", "target_minutes", "max_wait_minutes")
    return {
        **{name: getattr(queue, name) for name in (*same, *more)},
        "form_id": ids[("form", queue.form)] if queue.form else None,
        "contact_form_id": ids[("form", queue.contact_form)] if queue.contact_form else None,
        "credit_seconds": dict(queue.credit_seconds),
        "branch_ids": [ids[("branch", key)] for key in queue.branches],
        "settings": {
            "weight": queue.weight,
            "short_service_seconds": queue.short_service_seconds,
            "survey": ids[("form", queue.survey)] if queue.survey else None,
            **({"outcomes": [asdict(outcome) for outcome in queue.outcomes]} if queue.outcomes else {}),
            **routing_settings(queue.routing),
        },
    }


def routing_settings(routing: RoutingDecl) -> dict[str, Any]:
    """The policies of a queue, only those that it has; other things by their keys, which may come later."""
    usual = RoutingDecl()
    names = ("mix", "hold_seconds", "max_waiting", "close_by_forecast", "capacity", "fill")
    settings = {name: value for name in names if (value := getattr(routing, name)) != getattr(usual, name)}
    if routing.emergency:
        settings["emergency"] = list(routing.emergency)
    if routing.rings:
        settings["rings"] = [list(ring) for ring in routing.rings]
    if routing.overflow is not None:
        over = routing.overflow
        settings["overflow"] = {
            "after_minutes": over.after_minutes,
            "queue": over.queue,
            "branch": over.branch,
        }
    return settings


def application_row(application: ApplicationDecl, ids: Ids) -> dict[str, Any]:
    """An application: the queue that its appointments come to, if it has one of its own."""
    return {"queue_id": ids[("queue", application.queue)] if application.queue else None}


def agent_row(agent: AgentDecl, ids: Ids, hashes: Mapping[str, str]) -> dict[str, Any]:
    """An agent, but for the routing domain; a password that the file does not give stays as it is."""
    given = {"password_hash": hashes[agent.key], "password_once": False} if agent.key in hashes else {}
    return {
        "firstname": agent.firstname,
        "lastname": agent.lastname,
        "email": agent.email and agent.email.lower(),
        "role": agent.role,
        "supervises": [ids[("branch", key)] for key in agent.supervises],
        "schedule": hours_to_json(agent.schedule),
        "closures": [c.to_json() for c in agent.closures],
        "calendars": KEPT if agent.calendars == (KEPT,) else list(agent.calendars),
        "capacity": agent.capacity,
        "queues": {ids[("queue", key)]: level for key, level in agent.queues.items()},
        **given,
    }


def service_row(service: ServiceDecl, ids: Ids) -> dict[str, Any]:
    """A bookable service; what only scheduling reads is in `rules`."""
    names = ("duration_minutes", "step_minutes", "before_minutes", "after_minutes", "horizon_days", "capacity")
    more = ("early_minutes", "grace_minutes", "credit_minutes")
    rules = {name: getattr(service, name) for name in (*names, *more)}
    rules |= {"lead": str(service.lead), "reminders": [str(r) for r in service.reminders]}
    return {
        "title": service.title,
        "description": service.description,
        "queue_id": ids[("queue", service.queue)],
        "branch_id": ids[("branch", service.branch)] if service.branch else None,
        "form_id": ids[("form", service.form)] if service.form else None,
        "automatic": service.automatic,
        "agent_ids": [ids[("agent", key)] for key in service.agents],
        "rules": {**rules, "survey": ids[("form", service.survey)] if service.survey else None},
    }


def webhook_row(webhook: WebhookDecl) -> dict[str, Any]:
    """A webhook, but for a secret that the file does not give."""
    return {
        "url": webhook.url,
        "events": list(webhook.events),
        "dialect": webhook.dialect,
        "headers": dict(webhook.headers),
        "max_concurrency": webhook.max_concurrency,
        "ordered": webhook.ordered,
        "custom": None if webhook.custom is None else asdict(webhook.custom),
        "secrets": dict(webhook.secrets),
    }


def screen_row(screen: ScreenDecl, ids: Ids) -> dict[str, Any]:
    """A lobby screen, but for its token."""
    settings = {
        "name": screen.name,
        "queues": [ids[("queue", key)] for key in screen.queues],
        "show_waiting": screen.show_waiting,
        "show_waits": screen.show_waits,
        "audio": screen.audio,
        **screen_looks(screen.looks),
    }
    if screen.branches:
        settings["branches"] = [ids[("branch", key)] for key in screen.branches]
    return {"branch_id": ids[("branch", screen.branch)], "languages": list(screen.languages), "settings": settings}


def screen_looks(looks: ScreenLooks) -> dict[str, Any]:
    """What a screen has that not every screen has."""
    usual = ScreenLooks()
    said = {name: getattr(looks, name) for name in ScreenLooks.__dataclass_fields__}
    told = {name: value for name, value in said.items() if value != getattr(usual, name)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def kiosk_row(kiosk: KioskDecl, ids: Ids) -> dict[str, Any]:
    """A kiosk, but for its token."""
    return {
        "branch_id": ids[("branch", kiosk.branch)],
        "queue_ids": [ids[("queue", key)] for key in kiosk.queues],
        "languages": list(kiosk.languages),
        "settings": {"name": kiosk.name, "classes": list(kiosk.classes), "phone": kiosk.phone},
    }
