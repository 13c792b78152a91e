"""Texts that come as something else, and what is said of those that cannot be taken (D-10)."""

from qms_gateway.dialects.videsk.errors import BAD_REQUEST, Refusal


def as_text(value: object) -> str | None:
    """A text, number or boolean as text; None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else repr(value)
    return value if isinstance(value, str) else None


def uncastable(path: str, shown: str, kind: str) -> Refusal:
    """It is no text."""
    return Refusal(BAD_REQUEST, f'Cast to string failed for value "{shown}" (type {kind}) at path "{path}"')


def too_long(path: str, limit: int) -> Refusal:
    """It is longer than allowed."""
    return _wrong_length(path, "longer than the maximum", limit)


def too_short(path: str, limit: int) -> Refusal:
    """It is shorter than allowed."""
    return _wrong_length(path, "shorter than the minimum", limit)


def _wrong_length(path: str, how: str, limit: int) -> Refusal:
    """The value itself is not repeated."""
    return Refusal(BAD_REQUEST, f"Validation failed: {path}: Path `{path}` (`...`) is {how} allowed length ({limit}).")
