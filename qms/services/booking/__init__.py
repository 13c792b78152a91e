"""Booking: who can be had when, and everything that happens to an appointment. One decision in one transaction each."""
