"""The distributor: who serves which ticket, where and when, and the worker that carries it out."""
