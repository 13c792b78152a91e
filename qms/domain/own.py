"""What is an account's own on its pages: its looks, its texts, and addresses that tell what is there."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from qms.domain.brand import FONTS, Brand
from qms.domain.network import Branch, Network
from qms.domain.own_texts import NO_TEXTS, OwnTexts
from qms.domain.palette import tokens_of

ROOT = "/own"
VERSION_LETTERS = 16
FAMILY = "Own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """An account as its visitors see it. The addresses are None where there is nothing of its own."""

    name: str = ""
    stylesheet: str | None = None
    logo: str | None = None
    texts_address: str | None = None
    texts: OwnTexts = NO_TEXTS
    receipt_footer: str = ""

    @property
    def version(self) -> str:
        """What changes whenever any of it does."""
        return digest(json.dumps([self.stylesheet, self.logo, self.texts_address, self.name]))


NOTHING = Own()


def own_of(network: Network, branch: Branch | None = None) -> Own:
    """What pages of an account, or of a branch, have of their own; worked out once for each network and branch."""
    key = ("own", branch.id if branch is not None else None)
    found: Own | None = network.memo.get(key)
    if found is None:
        found = network.memo[key] = _own(network, branch)
    return found


def brand_of(network: Network, branch: Branch | None = None) -> Brand:
    """How an account looks at a branch."""
    return Brand.of(network.account.brand, branch.brand if branch is not None else None)


def brands_of(network: Network) -> list[Brand]:
    """How an account looks, by itself and at each of its branches."""
    return [brand_of(network, place) for place in (None, *network.branches.values())]


def stylesheets(network: Network) -> dict[str, str]:
    """All stylesheets that pages of an account may ask for, by version; made once for each network."""
    found: dict[str, str] | None = network.memo.get("stylesheets")
    if found is None:
        texts = (stylesheet(network, brand) for brand in set(brands_of(network)))
        found = network.memo["stylesheets"] = {digest(text): text for text in texts if text}
    return found


def stylesheet(network: Network, brand: Brand) -> str:
    """What a brand changes of our styles; nothing where it changes nothing."""
    light, dark = (_rules(tokens_of(brand, theme)) for theme in ("light", "dark"))
    face, letters = _letters(network, brand)
    parts = [
        f":root{{{letters}{light}}}" if letters or light else "",
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}" if dark else "",
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}' if dark else "",
    ]
    inside = "\n".join(filter(None, parts))
    return f"{face}@layer tokens{{\n{inside}\n}}\n" if inside else ""


def address_of(network: Network, name: str | None) -> str | None:
    """The address of a file that was put up; None where it was not."""
    put_up = network.put_up.get(name or "")
    return f"{ROOT}/{network.account.slug}/{put_up[:VERSION_LETTERS]}/{quote(name or '')}" if put_up else None


def texts_json(texts: OwnTexts) -> str:
    """An account's texts as pages read them."""
    return json.dumps(texts.for_pages(), ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """What an address tells of its content."""
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_LETTERS]


def _own(network: Network, branch: Branch | None) -> Own:
    account, brand = network.account, brand_of(network, branch)
    style = stylesheet(network, brand)
    there = f"{ROOT}/{account.slug}"
    return Own(
        name=account.name,
        stylesheet=f"{there}/{digest(style)}.css" if style else None,
        logo=address_of(network, brand.logo),
        texts_address=_texts_address(network),
        texts=network.own_texts,
        receipt_footer=account.receipt_footer,
    )


def _texts_address(network: Network) -> str | None:
    """Where pages find the account's texts; None where none is translated."""
    if "texts" not in network.memo:
        texts = network.own_texts
        version = digest(texts_json(texts)) if texts.for_pages() else None
        network.memo["texts"] = version and f"{ROOT}/{network.account.slug}/{version}.json"
    found: str | None = network.memo["texts"]
    return found


def _rules(tokens: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in tokens.items())


def _letters(network: Network, brand: Brand) -> tuple[str, str]:
    """The face of letters of one's own, and the token; what has not been put up yet is as we have it."""
    if brand.font is None:
        return "", ""
    if brand.font in FONTS:
        return "", f"--font:{FONTS[brand.font]};"
    address = address_of(network, brand.font)
    if address is None:
        return "", ""
    source = f'src:url("{address}") format("woff2")'
    face = f'@font-face{{font-family:"{FAMILY}";{source};font-display:swap;font-weight:100 900}}\n'
    return face, f'--font:"{FAMILY}",{FONTS["accessible"]};'
