"""What a brand is made of: put up beside a network file, written out with it, and known by its content."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from qms.domain.errors import Invalid, NotFound
from qms.domain.message import Message
from qms.domain.network_file import read_network
from qms.services import brand_files, media, otp
from qms.services.applying import apply_network
from qms.services.applying.stored import network_document
from qms.services.logos import WEBP, logo
from qms.services.notification.letters import letters
from qms.store.schema.reaching import message

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
FILE = """[account]
slug = "acme"
brand = { logo = "acme.svg", accent = "#ffb71b" }
languages = ["es", "ar"]

[translations.ar]
"Caja" = "الصندوق"

[[branch]]
key = "main"
brand = { logo = "main.png" }
"""


@pytest.fixture
def account(store):
    store.write(apply_network, file=read_network(FILE, "acme.toml"), hashes={})
    return read_network(FILE, "acme.toml").account.id


def beside(store, **files):
    return store.write(brand_files.put_up_beside, slug="acme", files=files)


def test_brand_and_translations_are_kept_as_they_were_said_and_applied_again_change_nothing(store, account):
    document = store.read(network_document, account=account)
    again = store.write(apply_network, file=read_network(FILE, "acme.toml"), hashes={})

    assert document["account"]["brand"] == {"logo": "acme.svg", "accent": "#ffb71b"}
    assert document["branch"][0]["brand"] == {"logo": "main.png"}
    assert document["translations"] == {"ar": {"Caja": "الصندوق"}}
    assert again.changes == []


def test_files_are_put_up_once_and_written_out_as_they_are(store, account):
    assert beside(store, **{"acme.svg": LOGO, "main.png": PNG}) == ["acme.svg", "main.png"]
    version = store.read(lambda tx: tx.network(account).account.version)
    assert beside(store, **{"acme.svg": LOGO, "main.png": PNG}) == []

    contents = store.read(brand_files.contents, account=account)

    assert contents["main.png"] == PNG
    assert b"<path" in contents["acme.svg"]
    assert store.read(lambda tx: tx.network(account).account.version) == version


def test_a_logo_is_there_in_dots_as_long_as_its_drawing_is(store, account):
    beside(store, **{"acme.svg": LOGO, "main.png": PNG})

    drawn, kept = store.read(
        lambda tx: [logo(tx, network=tx.network(account), branch=one) for one in places(tx, account)]
    )
    store.write(brand_files.take_down, account=account, name="acme.svg")

    assert (drawn.content_type, drawn.content[:4]) == ("image/png", b"\x89PNG")
    assert (kept.content_type, kept.content) == ("image/png", PNG)
    assert store.read(lambda tx: logo(tx, network=tx.network(account))) is None
    assert [one.shelf for one in store.read(media.listed, account=account)] == ["brand"]


def test_a_logo_in_webp_is_there_as_png_for_mails_as_long_as_it_is_put_up(store, account):
    content = webp((600, 300))
    store.write(apply_network, file=read_network(FILE.replace(".svg", ".webp"), "acme.toml"), hashes={})
    beside(store, **{"acme.webp": content})

    shown = store.read(lambda tx: logo(tx, network=tx.network(account)))
    kept = store.read(brand_files.contents, account=account)
    store.write(brand_files.take_down, account=account, name="acme.webp")

    picture = Image.open(BytesIO(shown.content))
    assert (shown.content_type, picture.format, picture.size) == ("image/png", "PNG", (384, 192))
    assert picture.convert("RGB").getpixel((9, 9)) == (200, 30, 60)
    assert kept == {"acme.webp": content}
    assert store.read(media.listed, account=account) == []


def test_a_logo_that_was_put_up_before_it_was_kept_as_png_besides_is_drawn_when_it_is_read(store, account):
    store.write(apply_network, file=read_network(FILE.replace(".svg", ".webp"), "acme.toml"), hashes={})
    store.write(media.put, account=account, shelf="brand", name="acme.webp", content_type=WEBP, content=webp((60, 30)))
    store.write(lambda tx: tx.network_changed(account))

    shown = store.read(lambda tx: logo(tx, network=tx.network(account)))

    assert (shown.content_type, Image.open(BytesIO(shown.content)).format) == ("image/png", "PNG")


def test_a_code_is_mailed_with_the_logo_of_the_branch_where_the_application_asked_for_it(store, account):
    app = 'slug = "acme"\napplications = [{ key = "app", id = "app-1", queue = "till" }]'
    till = '[[queue]]\nkey = "till"\nname = "Till"\nbranches = ["main"]\n'
    store.write(apply_network, file=read_network(FILE.replace('slug = "acme"', app) + till, "acme.toml"), hashes={})
    beside(store, **{"acme.svg": LOGO, "main.png": PNG})
    for to, application in (("a@mail.example", "app-1"), ("b@mail.example", "elsewhere")):
        store.write(otp.send, account=account, channel="EMAIL", to=to, application=application)

    def of_branch(tx):
        written, _ = letters(tx, tx.all(Message, sa.select(message)), public_url="https://desk.example")
        return {it.message.recipient: it.logo is not None and it.logo.content == PNG for it in written}

    assert store.read(of_branch) == {"a@mail.example": True, "b@mail.example": False}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"RIFF\0\0\0\0WEBPVP8L" + bytes(40), "a picture that can be read"),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + b"\xff\x3f\0" * 2, "at most 16 million dots"),
    ],
    ids=["unreadable", "large"],
)
def test_a_picture_in_webp_that_nothing_can_be_drawn_of_is_refused(store, account, content, complaint):
    with pytest.raises(Invalid, match=complaint):
        beside(store, **{"acme.webp": content})

    assert store.read(brand_files.listed, account=account) == []


def webp(size):
    """A picture of one colour."""
    file = BytesIO()
    Image.new("RGB", size, (200, 30, 60)).save(file, "WEBP", lossless=True)
    return file.getvalue()


def places(tx, account):
    """The account by itself, and its branch."""
    return [None, *tx.network(account).branches.values()]


def test_a_network_knows_its_files_by_their_content(store, account):
    before = store.read(lambda tx: dict(tx.network(account).put_up))
    beside(store, **{"main.png": PNG})
    first = store.read(lambda tx: dict(tx.network(account).put_up))
    beside(store, **{"main.png": PNG + b"!"})

    assert before == {}
    assert first.keys() == {"main.png"}
    assert store.read(lambda tx: dict(tx.network(account).put_up)) != first


def test_files_that_nobody_has_put_up_are_named(store, account):
    before = store.read(brand_files.missing, slug="acme")
    beside(store, **{"main.png": PNG})

    assert before == ["acme.svg", "main.png"]
    assert store.read(brand_files.missing, slug="acme") == ["acme.svg"]


def test_what_is_taken_down_is_gone(store, account):
    beside(store, **{"acme.svg": LOGO})

    store.write(brand_files.take_down, account=account, name="acme.svg")

    assert store.read(brand_files.listed, account=account) == []
    with pytest.raises(NotFound):
        store.write(brand_files.take_down, account=account, name="acme.svg")


def test_where_one_file_is_refused_none_is_put_up(store, account):
    with pytest.raises(Invalid):
        beside(store, **{"acme.svg": LOGO, "main.png": b"no picture"})

    assert store.read(brand_files.listed, account=account) == []
