"""The booking page: what can be booked, when, the form, the confirmation; and the links to move, cancel and join.

Whole without scripts: every step is an address, and what changes something is a form. `booking.js` adds what only a
script can know: the visitor's own time zone, and how long the chosen time is still kept.
"""
