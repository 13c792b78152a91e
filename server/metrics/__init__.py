"""Metrics for Prometheus: what was committed, what was asked, and how things stand when somebody looks.

Names begin with `qms_`, units are seconds and bytes, and no label holds what a person has written: labels are states,
kinds, routes and the keys of the network file. Counters are of one process; whoever sums over all has the whole.
"""
