"""Agents' own calendars: fetched every few minutes, and read for when they are busy.

A feed is somebody else's file at somebody else's server, and trusted with nothing. It is fetched through the guard that
webhooks go through, and only so much of it; it is read by a process of its own, which has so much time and memory.
"""
