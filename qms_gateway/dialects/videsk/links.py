"""Addresses that lead somebody back to his appointment: the page he booked on, told what to do (D-32)."""

from urllib.parse import urlsplit

from qms.domain.options import Options

ACTION, AUTH = "v-schedule-action", "v-schedule-auth"


def base_of(referrer: str, *, options: Options, public_url: str, slug: str) -> str:
    """The page that links lead to: the referrer if it is an absolute address, else the account's default."""
    if _is_address(referrer):
        return referrer
    return options.text("default_referrer_base") or f"{public_url}/book/{slug}"


def link(base: str, action: str, token: str) -> str:
    """The page with its parameters as they are, and ours: those of an earlier link are replaced."""
    page, hash, fragment = base.partition("#")
    path, _, query = page.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in (ACTION, AUTH)]
    return f"{path}?{'&'.join([*kept, f'{ACTION}={action}', f'{AUTH}={token}'])}{hash}{fragment}"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    blank = any(c.isspace() or not c.isprintable() for c in text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not blank
