"""The delivery that tries whether a webhook is heard: alike in every dialect, and made of no templates."""

import json

from qms.domain.delivery import Parcel, Rendered
from qms.domain.zones import utc_text


def test_rendered(parcel: Parcel) -> Rendered:
    """Its body; signed as any other, and sent by the webhook's own method where that has a body."""
    delivery, custom = parcel.delivery, parcel.webhook.custom
    body = json.dumps({"type": delivery.event, "timestamp": utc_text(delivery.at), "data": delivery.data}).encode()
    method = custom.method if custom is not None and custom.method in ("PUT", "PATCH") else "POST"
    verify = custom is None or custom.verify_tls
    return Rendered(body=body, headers={"Content-Type": "application/json"}, method=method, verify_tls=verify)
