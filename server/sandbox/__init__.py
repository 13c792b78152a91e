"""A vendor's sandbox: a branch with a fast clock whose agents answer everybody, and a check of both sides.

Whoever writes a client starts it, develops against it, and lets it run in their own tests: `turnero sandbox check` goes
the way of a ticket as the contract has it, listens for the webhook, and tries the vendor's own receiver.
"""
