"""What all faces share: running services, refusals, idempotency, pages and sockets."""
