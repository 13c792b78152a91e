"""Templates that customers write: `{{path}}`, `{{function argument}}`, `{{#block}}…{{else}}…{{/block}}`.

A template is data: it can look at what it is given and call the functions that are handed in, and nothing else.
Its size, its depth, the work it does and what it writes are bounded, and what it writes cannot break out of its place.
"""

from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.rendering import Block, Functions, Raw, Rendering
from qms.domain.templates.syntax import Template, parse

__all__ = ["Block", "Functions", "Raw", "Rendering", "Template", "TemplateProblem", "parse"]
