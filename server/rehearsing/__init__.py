"""Rehearsing a day: `turnero simulate` and `turnero staffing`."""
