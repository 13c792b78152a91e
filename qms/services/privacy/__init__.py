"""Privacy: what is kept of a person is found, handed out, erased on request, and forgotten by itself in time."""
