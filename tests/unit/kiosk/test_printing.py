"""Receipts as dots, and the addresses of printers."""

import io

import pytest
from PIL import Image

from kiosk.printing.address import PrinterAddress, read_printers
from kiosk.printing.drawing import drawn
from kiosk.printing.fonts import NO_LETTER, runs
from kiosk.receipt import Line, Sheet, number_size_mm

URL = "https://turno.example/t/abcdefghijklmnopqrstuv"


def sheet(queue: str, number: str = "T042") -> Sheet:
    above = [
        Line(name="queue", text=queue, size_mm=5),
        Line(name="number", text=number, size_mm=number_size_mm(number)),
        Line(name="wait", text="", size_mm=4),
    ]
    return Sheet(above=above, below=[Line(name="taken", text="12:00", size_mm=3.5)])


@pytest.mark.parametrize("dots", [576, 384])
def test_a_receipt_is_as_wide_as_the_printer_prints_and_no_longer_than_the_page(dots):
    queue = sheet("Trámites")
    image = drawn(queue, URL, dots=dots)

    assert image.width == dots
    assert image.height <= queue.height_mm * dots / 72
    assert 0.02 < image.histogram()[0] / (image.width * image.height) < 0.4


def test_a_logo_stands_above_and_one_that_cannot_be_read_is_left_out():
    plain, shaped = drawn(sheet("Caja"), URL, dots=576), io.BytesIO()
    Image.new("RGBA", (400, 100), (0, 0, 0, 255)).save(shaped, "PNG")

    headed = drawn(sheet("Caja"), URL, shaped.getvalue(), dots=576)
    broken = drawn(sheet("Caja"), URL, b"\x89PNG\r\n\x1a\n" + bytes(9), dots=576)

    assert headed.height == plain.height + 96 + 16
    assert (headed.getpixel((288, 48)), headed.getpixel((20, 48))) == (0, 255)
    assert broken.tobytes() == plain.tobytes()


def test_a_long_text_goes_on_in_the_next_row():
    short, long = drawn(sheet("Caja"), URL, dots=576), drawn(sheet("Caja " * 20), URL, dots=576)

    assert long.height > short.height


@pytest.mark.parametrize("word", ["Łódź", "Ñuñoa", "الصندوق", "العملاء:", "12–20"])
def test_every_letter_is_drawn_by_a_font_that_has_it(word):
    for font, letters in runs(word, 40):
        nothing = bytes(font.getmask(NO_LETTER))
        assert all(bytes(font.getmask(letter)) != nothing for letter in letters)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp://10.0.0.5", PrinterAddress(kind="tcp", host="10.0.0.5")),
        ("tcp://[fd00::5]:9101?paper=58", PrinterAddress(kind="tcp", host="fd00::5", port=9101, dots=384)),
        ("usb://04b8:0E28", PrinterAddress(kind="usb", vendor=0x04B8, product=0x0E28)),
        ("file:///dev/usb/lp0?paper=80", PrinterAddress(kind="file", path="/dev/usb/lp0")),
    ],
)
def test_an_address_says_where_the_printer_is(text, address):
    assert PrinterAddress.parse(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.5",
        "tcp://",
        "tcp://h/x",
        "tcp://h:no",
        "usb://04b8",
        "file://host/x",
        "http://h",
        "tcp://h?paper=70",
        "tcp://h?x=1",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match=r"expected|port|Port"):
        PrinterAddress.parse(text)


def test_printers_are_listed_by_kiosk_each_once():
    listed = read_printers(" acme/door=tcp://10.0.0.5 , acme/hall=file:///dev/usb/lp0,")

    assert listed == {"acme/door": "tcp://10.0.0.5", "acme/hall": "file:///dev/usb/lp0"}
    for wrong in ("door=tcp://h", "acme/door", "acme/door=tcp://h,acme/door=tcp://i"):
        with pytest.raises(ValueError, match="expected"):
            read_printers(wrong)
