"""Telling people about appointments: which messages there are, and on their way, until they are sent or given up."""
