"""Our interfaces described for programs: each face declares its operations, and one document is made of all.

A face has a module `api` with `FACES`: operations (method, path, what goes in, what comes out by status) in the
words of its wire types. A test holds the routes that are served and the operations that are declared to each other.
"""

from qms.web.openapi.document import Document, document
from qms.web.openapi.operation import Face, Operation, Parameter, Reply, Scheme, Webhook

__all__ = ["Document", "Face", "Operation", "Parameter", "Reply", "Scheme", "Webhook", "document"]
