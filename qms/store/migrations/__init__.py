"""Schema changes, one file each; applied in order by `migrate` and by every start of the server."""
