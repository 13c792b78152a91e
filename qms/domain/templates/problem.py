"""What is wrong with a template, or with what it was given."""

from qms.domain.complaint import Complaint


class TemplateProblem(ValueError):
    """A template that is not understood, does too much, or would break out of its place; it names no values."""

    def __init__(self, said: Complaint | str) -> None:
        super().__init__(said)
        self.said = said
