"""What is wrong with a template, or with what it was given."""


class TemplateProblem(ValueError):
    """A template that is not understood, does too much, or would break out of its place; it names no values."""
