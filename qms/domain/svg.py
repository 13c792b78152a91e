"""Drawings in SVG made safe: only shapes, letters and colours are kept; nothing runs, moves or comes from elsewhere.

ElementTree writes alone; expat reads, and takes nothing that declares entities.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as xml  # nosec B405
from xml.parsers import expat

from qms.domain.complaint import Wrong, complaint

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
DEEPEST = 40

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use"}
_PAINTS = {"linearGradient", "radialGradient", "stop", "pattern", "mask", "clipPath", "style"}
_KEPT = frozenset({"svg", "g", "defs", "symbol", "title", "desc"} | _SHAPES | _PAINTS)
_LINKS = ("href", f"{{{XLINK}}}href")
_ELSEWHERE = re.compile(r"url\(\s*['\"]?\s*(?!['\"#\s])", re.IGNORECASE)
_ESCAPES = ("\\", "@", "<", "expression(", "javascript:")


class UnsafeDrawing(Wrong):
    """It is no drawing, or cannot be made safe; the text says why."""


def safe(content: bytes) -> bytes:
    """The drawing without all that is not one.

    Raises:
        UnsafeDrawing: it is none, or its style cannot be told to be harmless.
    """
    root = _parsed(content)
    if root.tag != f"{{{SVG}}}svg":
        raise UnsafeDrawing(complaint("its outermost element is not svg"))
    if not ({"viewBox", "width"} & root.attrib.keys()):
        raise UnsafeDrawing(complaint("it says neither viewBox nor width"))
    xml.register_namespace("", SVG)
    xml.register_namespace("xlink", XLINK)
    made: bytes = xml.tostring(_cleaned(root, DEEPEST), encoding="utf-8")
    return made


def _parsed(content: bytes) -> xml.Element:
    """The elements of the text; entities are refused, for they can make much of little."""
    builder = xml.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, named: builder.start(_name(tag), {_name(k): v for k, v in named.items()})
    parser.EndElementHandler = lambda tag: builder.end(_name(tag))
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnsafeDrawing(complaint("it is not XML: %(reason)s", reason=str(error))) from None
    return builder.close()


def _refuse_entity(*_: object) -> None:
    raise UnsafeDrawing(complaint("it declares entities"))


def _name(name: str) -> str:
    """A name as elements have it: `{namespace}name`."""
    return f"{{{name}" if "}" in name else name


def _cleaned(element: xml.Element, deep: int) -> xml.Element:
    if deep == 0:
        raise UnsafeDrawing(complaint("its elements are nested deeper than %(most)s", most=DEEPEST))
    made = xml.Element(element.tag, dict(_attributes(element)))
    made.text, made.tail = element.text, element.tail
    if element.tag == f"{{{SVG}}}style" and not _harmless(element.text or ""):
        raise UnsafeDrawing(complaint("its style reaches beyond the drawing"))
    made.extend([_cleaned(child, deep - 1) for child in element if child.tag.removeprefix(f"{{{SVG}}}") in _KEPT])
    return made


def _attributes(element: xml.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name in _LINKS:
            if value.startswith("#"):
                yield name, value
        elif not name.startswith("{") and not name.lower().startswith("on") and _harmless(value):
            yield name, value


def _harmless(value: str) -> bool:
    """Whether a style or an attribute names nothing outside the drawing."""
    small = value.lower()
    return not _ELSEWHERE.search(small) and not any(escape in small for escape in _ESCAPES)
