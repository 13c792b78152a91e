"""The demo: a bank with two branches, and simulated people who use the public interfaces only."""
