"""The face that other systems talk to: three vendors' interfaces on one engine."""
