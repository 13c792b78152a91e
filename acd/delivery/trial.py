"""The delivery that tries whether a webhook is heard: alike in every dialect, and made of no templates."""

import json
from datetime import UTC

from qms.domain.delivery import Parcel, Rendered


def test_rendered(parcel: Parcel) -> Rendered:
    """Its body; signed as any other, and sent by the webhook's own method where that has a body."""
    delivery, custom = parcel.delivery, parcel.webhook.custom
    at = delivery.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    body = json.dumps({"type": delivery.event, "timestamp": at, "data": delivery.data}).encode()
    method = custom.method if custom is not None and custom.method in ("PUT", "PATCH") else "POST"
    verify = custom is None or custom.verify_tls
    return Rendered(body=body, headers={"Content-Type": "application/json"}, method=method, verify_tls=verify)
