"""Drawings that strangers made are kept as drawings, and nothing else."""

import pytest

from qms.domain.svg import UnsafeDrawing, safe

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'


def cleaned(inside: str, more: str = "") -> str:
    return safe(f"{HEAD} {more}>{inside}</svg>".encode()).decode()


def test_shapes_colours_gradients_and_styles_stay():
    inside = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#f00"/></linearGradient></defs>'
        '<style>.b{fill:url(#a)}</style><path class="b" d="M0 0h9v9z" transform="rotate(3)"/><use xlink:href="#a"/>'
    )

    assert cleaned(inside).replace(" />", "/>").endswith(inside + "</svg>")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>',
        '<image href="https://evil.example/x.png"/>',
        '<a href="javascript:alert(1)"><path/></a>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<x:namedview xmlns:x="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>',
    ],
)
def test_what_is_no_drawing_is_left_out(inside):
    assert cleaned(f"{inside}<path d='M0 0'/>") == cleaned("<path d='M0 0'/>")


@pytest.mark.parametrize(
    "more",
    [
        'onload="alert(1)"',
        'OnClick="alert(1)"',
        'style="background:url(https://evil.example/x)"',
        'fill="url( https://evil.example/x#a)"',
        "fill=\"url('//evil.example/x')\"",
        'xlink:href="https://evil.example/x"',
        'href="data:text/html,x"',
        'style="fill:\\75rl(x)"',
    ],
)
def test_attributes_that_do_or_fetch_something_are_left_out(more):
    assert cleaned("", more) == cleaned("")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a drawing",
        b"<html><svg/></html>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" width="9">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        f"{HEAD}><style>@import url(https://evil.example/x.css)</style></svg>".encode(),
        (HEAD + ">" + "<g>" * 60 + "</g>" * 60 + "</svg>").encode(),
    ],
)
def test_what_cannot_be_made_safe_is_refused(content):
    with pytest.raises(UnsafeDrawing):
        safe(content)


def test_a_document_type_without_entities_is_no_harm():
    head = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'

    assert safe(head + b'<svg xmlns="http://www.w3.org/2000/svg" width="9"/>') == safe(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9"/>'
    )
