"""The voice: what is said aloud for a call, made here, without internet.

`wording` knows what is said, `espeak` speaks it, `pack` puts recorded clips together instead, `address` writes it into
an address that nobody else can make, and `clips` keeps what was made.
"""
