"""Telling visitors on a device of their own that their turn has come, or is near."""
