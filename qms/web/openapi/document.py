"""The document: OpenAPI 3.1, made of what the faces declare and of the wire types themselves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import inspect

from qms.web.openapi.operation import HTML, JSON, SOCKET, Face, Operation, Parameter, Reply, Webhook
from qms.web.openapi.tidy import tidy

Document = dict[str, Any]

SHARED = "qms."
"""Where types come from that all faces share."""


def document(faces: Iterable[Face], *, title: str, version: str, server: str) -> Document:
    """Describe these faces as one interface at an address."""
    faces = list(faces)
    made: Document = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "servers": [{"url": server}],
        "tags": [{"name": face.name, "description": face.about} for face in faces],
        "paths": {},
        "webhooks": {},
        "components": {"schemas": {}, "securitySchemes": {}},
    }
    for face in faces:
        _Writer(face, made).write()
    return made


TEXT = {"schema": {"type": "string"}}


class _Writer:
    """Writes one face into the document."""

    def __init__(self, face: Face, made: Document) -> None:
        self._face = face
        self._made = made
        self._schemas: dict[Any, Any] = {}

    def write(self) -> None:
        self._write_schemas()
        for scheme in self._face.schemes:
            self._made["components"]["securitySchemes"][scheme.name] = dict(scheme.schema)
        for operation in self._face.operations:
            self._made["paths"].setdefault(operation.path, {})[operation.method] = self._operation(operation)
        for webhook in self._face.webhooks:
            self._made["webhooks"][f"{self._face.name}.{webhook.event}"] = {"post": self._webhook(webhook)}

    def _write_schemas(self) -> None:
        said = [webhook.body for webhook in self._face.webhooks]
        said += [r.shape for o in self._face.operations for r in o.replies.values() if r.shape is not None]
        heard = [operation.body for operation in self._face.operations if operation.body is not None]
        shapes = list(dict.fromkeys([*said, *heard]))
        template = f"#/components/schemas/{self._face.name}.{{name}}"
        schemas, components = msgspec.json.schema_components(shapes, ref_template=template)
        self._schemas = dict(zip(shapes, schemas, strict=True))
        for struct in _structs(said):
            _always_there(components[struct.cls.__name__], struct)
        shared = {struct.cls.__name__ for struct in _structs(shapes) if struct.cls.__module__.startswith(SHARED)}
        for name, schema in components.items():
            known = name if name in shared else f"{self._face.name}.{name}"
            schema.pop("title", None)  # the name again without its face's, under which generators would mix them up
            self._made["components"]["schemas"][known] = self._without_prefix(schema, shared)
        self._schemas = {shape: self._without_prefix(schema, shared) for shape, schema in self._schemas.items()}

    def _without_prefix(self, schema: Any, names: Iterable[str]) -> Any:
        """The schema, where types that all faces share are called by their own names alone."""
        text = msgspec.json.encode(schema)
        for name in names:
            text = text.replace(f'/{self._face.name}.{name}"'.encode(), f'/{name}"'.encode())
        return tidy(msgspec.json.decode(text))

    def _operation(self, operation: Operation) -> dict[str, Any]:
        known = {parameter.name: parameter for parameter in self._face.parameters}
        in_path = [known[name] for name in _names(operation.path)]
        made: dict[str, Any] = {
            "operationId": f"{self._face.name}.{operation.id}",
            "tags": [self._face.name],
            "summary": operation.summary,
            "parameters": [_parameter(one) for one in (*in_path, *operation.parameters)],
            "responses": {str(status): self._reply(reply) for status, reply in sorted(operation.replies.items())},
            "security": [{scheme: []} for scheme in operation.schemes],
        }
        if operation.body is not None:
            made["requestBody"] = self._body(operation.body, required=not operation.body_optional)
        return made

    def _reply(self, reply: Reply) -> dict[str, Any]:
        made: dict[str, Any] = {"description": reply.meaning}
        if reply.headers:
            made["headers"] = {name: {"description": why, **TEXT} for name, why in reply.headers.items()}
        if reply.shape is not None:
            made["content"] = {reply.content_type: {"schema": self._schemas[reply.shape]}}
        elif reply.content_type not in (JSON, SOCKET):
            made["content"] = {reply.content_type: TEXT}
        if reply.page:
            made["content"][HTML] = TEXT
        return made

    def _body(self, shape: Any, *, required: bool) -> dict[str, Any]:
        return {"required": required, "content": {JSON: {"schema": self._schemas[shape]}}}

    def _webhook(self, webhook: Webhook) -> dict[str, Any]:
        return {
            "tags": [self._face.name],
            "summary": webhook.summary,
            "requestBody": self._body(webhook.body, required=True),
            "responses": {"2XX": {"description": "Taken; anything else is sent again, as is no answer."}},
        }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.where,
        "description": parameter.meaning,
        "required": parameter.required or parameter.where == "path",
        "schema": dict(parameter.schema),
    }


def _names(path: str) -> list[str]:
    """The names in braces."""
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def _structs(types: Iterable[Any]) -> Iterator[inspect.StructType]:
    """All structs that these types are made of, each once."""
    seen: set[type] = set()
    left: list[Any] = list(inspect.multi_type_info(list(types)))
    while left:
        one = left.pop()
        if isinstance(one, inspect.StructType):
            if one.cls in seen:
                continue
            seen.add(one.cls)
            yield one
            left += [field.type for field in one.fields]
        else:
            left += _parts(one)


def _parts(one: Any) -> list[Any]:
    parts: list[Any] = []
    for name in ("type", "item_type", "key_type", "value_type"):
        if isinstance(part := getattr(one, name, None), inspect.Type):
            parts.append(part)
    for name in ("types", "item_types"):
        parts += getattr(one, name, ())
    return parts


def _always_there(schema: Mapping[str, Any], struct: inspect.StructType) -> None:
    """What we say holds every field but those unset; what we hear may leave out whatever has a default."""
    no = msgspec.NODEFAULT
    schema["required"][:] = [
        field.encode_name
        for field in struct.fields
        if field.required or field.default is not no or field.default_factory is not no
    ]
    for field in struct.fields:
        schema["properties"][field.encode_name].pop("default", None)
