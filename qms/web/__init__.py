"""What all faces share: the running parts by key, performing a service, problems, idempotency, pages."""
