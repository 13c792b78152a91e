"""Sending messages: e-mail by SMTP, other channels through HTTP providers, each message once.

A worker claims what is due, hands it over on connections that it keeps open, and writes down what came of it. Beside
the database it keeps a journal of what it is handing over at this moment, so that whoever comes after a killed worker
knows what went out already.
"""
