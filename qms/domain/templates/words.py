"""The functions that a template may call. Source: Videsk, "Webhooks: helpers"."""

INLINE = frozenset(
    ("parser", "toLowerCase", "toUpperCase", "replaceAll", "phone-number", "hmac", "jwt", "encode", "urlEncode")
)
"""`{{function argument}}`."""

BLOCKS = frozenset(
    (
        *("if", "each", "array", "object", "includes", "some", "every", "filter", "find", "get", "concat"),
        *("isEqual", "isNot", "gt", "gte", "lt", "lte", "greater", "lower"),
        *("date", "relative", "url-param", "jwt", "parser"),
    )
)
"""`{{#function argument}}…{{/function}}`."""
