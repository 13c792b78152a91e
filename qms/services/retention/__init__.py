"""Retention: finished tickets and appointments go when they are as old as the account says; their figures stay.

Where there is a folder for archives, each day is written to a file first, and nothing goes that is not in one.
"""
