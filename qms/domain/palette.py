"""From the colours that an account wishes to those that its pages use: all that stands on another can be read.

The grounds are those of `qms/web/pages/static/tokens.css`; a test compares them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qms.domain.brand import Brand
from qms.domain.colour import FROM_AFAR, LARGE, TEXT, Need, contrast, corrected, distance, shifted

Tokens = Mapping[str, str]
INK, WHITE = "#14211f", "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A theme: its usual colours, what stands on its grounds, and how a brand's grounds differ from each other.

    `steps`: how much lighter `surface`, `sunk` and `line` become than `paper` where that is another; None: `surface`
    stays.
    """

    usual: Mapping[str, str]
    on_grounds: tuple[Need, ...]
    surface_step: float | None
    sunk_step: float
    line_step: float


LIGHT = Ground(
    usual={
        "paper": "#faf6ee", "surface": "#ffffff", "sunk": "#f0eadd", "line": "#ddd4c3",
        "ink": "#14211f", "link": "#0a5a51", "brand": "#0e3f39", "on-brand": "#ffffff",
        "accent": "#ffb71b", "on-accent": "#14211f", "accent-edge": "#14211f",
    },
    on_grounds=(
        ("#14211f", FROM_AFAR), ("#42504c", FROM_AFAR),
        ("#0a5a51", TEXT), ("#0c6138", TEXT), ("#793a00", TEXT), ("#a01217", TEXT), ("#0b4a73", TEXT),
        ("#76766d", LARGE),
    ),
    surface_step=None,
    sunk_step=-0.035,
    line_step=-0.1,
)  # fmt: skip
DARK = Ground(
    usual={
        "paper": "#0b1513", "surface": "#15231f", "sunk": "#0f1b18", "line": "#2b3d38",
        "ink": "#f3f6f1", "link": "#86dccb", "brand": "#0f2f2a", "on-brand": "#ffffff",
        "accent": "#ffc032", "on-accent": "#14211f", "accent-edge": "#ffc032",
    },
    on_grounds=(
        ("#f3f6f1", FROM_AFAR), ("#c2cec9", FROM_AFAR),
        ("#86dccb", TEXT), ("#94e6b8", TEXT), ("#ffc38a", TEXT), ("#ffaea6", TEXT), ("#a6d6f7", TEXT),
        ("#7e928b", LARGE), ("#ffc544", LARGE), ("#ffc032", LARGE),
    ),
    surface_step=0.06,
    sunk_step=0.03,
    line_step=0.17,
)  # fmt: skip
THEMES: Mapping[str, Ground] = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A colour that was wished, what it became in a use, and its least contrast there."""

    name: str
    theme: str
    use: str
    wished: str
    shown: str
    on: str
    ratio: float


@lru_cache(maxsize=1024)
def tokens_of(brand: Brand, theme: str) -> Tokens:
    """The tokens that a brand changes in a theme."""
    ground = THEMES[theme]
    wished = brand.background if theme == "light" else brand.background_dark
    grounds = _grounds(ground, wished) if wished else {}
    there = {**ground.usual, **grounds}
    return {
        **grounds,
        **(_bars(brand.bar) if brand.bar else {}),
        **(_accents(brand.accent, there) if brand.accent else {}),
    }


def palette(brand: Brand, theme: str) -> Tokens:
    """The colours of a theme with a brand, as far as a brand may change them."""
    return {**THEMES[theme].usual, **tokens_of(brand, theme)}


def corrections(brand: Brand) -> Iterator[Correction]:
    """What becomes of each colour that is wished, in each theme and use, for whoever chooses it."""
    for theme in THEMES:
        tokens = palette(brand, theme)
        for name, use, token, others in _USES:
            wished: str | None = getattr(brand, name)
            if wished is not None and _OF_ONE_THEME.get(name, theme) == theme:
                shown = tokens[token]
                ratio, on = min((contrast(shown, tokens[other]), tokens[other]) for other in others)
                yield Correction(name=name, theme=theme, use=use, wished=wished, shown=shown, on=on, ratio=ratio)


_LAID = ("paper", "surface", "sunk")
_USES = (
    ("accent", "field", "accent", ("on-accent",)),
    ("accent", "text", "link", _LAID),
    ("accent", "outline", "accent-edge", _LAID),
    ("bar", "field", "brand", ("on-brand",)),
    ("background", "ground", "paper", ("ink",)),
    ("background_dark", "ground", "paper", ("ink",)),
)
"""A colour that is wished, a use of it, the token for that, and what it is laid on or written with."""

_OF_ONE_THEME = {"background": "light", "background_dark": "dark"}


def _grounds(ground: Ground, wished: str) -> dict[str, str]:
    """Another paper, and what lies on it and under it; all that stands there can still be read."""
    paper = corrected(wished, ground.on_grounds)
    steps = {"surface": ground.surface_step, "sunk": ground.sunk_step}
    found = {name: _beside(paper, by, ground.on_grounds) for name, by in steps.items() if by is not None}
    return {"paper": paper, **found, "line": shifted(paper, ground.line_step)}


def _beside(paper: str, step: float, needs: tuple[Need, ...]) -> str:
    """A ground so much lighter or darker than the paper; where that cannot be, the other way."""
    there, back = (corrected(shifted(paper, by), needs) for by in (step, -step))
    return there if distance(paper, there) >= min(abs(step) / 2, distance(paper, back)) else back


def _bars(wished: str) -> dict[str, str]:
    """A bar, what is raised on it, and what is written there."""
    written, bar = _written_on(wished)
    raised = corrected(shifted(bar, 0.05 if written == WHITE else -0.05), [(written, FROM_AFAR)])
    softly = shifted(written, -0.09 if written == WHITE else 0.09)
    soft = corrected(softly, [(bar, FROM_AFAR), (raised, FROM_AFAR)]) if _apart(written, bar, raised) else written
    return {"brand": bar, "brand-raised": raised, "on-brand": written, "on-brand-soft": soft}


def _accents(wished: str, grounds: Mapping[str, str]) -> dict[str, str]:
    """What means "now": as a field with what is written in it, as an outline, as a link and around what is used."""
    written, accent = _written_on(wished)
    on = [grounds[name] for name in _LAID]
    edge = corrected(accent, [(other, LARGE) for other in on])
    return {
        "accent": accent,
        "accent-deep": corrected(shifted(accent, -0.04), [(written, FROM_AFAR)]),
        "on-accent": written,
        "accent-edge": edge,
        "link": corrected(wished, [(other, TEXT) for other in on]),
        "focus": edge,
    }


def _written_on(wished: str) -> tuple[str, str]:
    """Ink or white, whichever the wished colour needs less correction for; and the corrected colour."""
    found = ((written, corrected(wished, [(written, FROM_AFAR)])) for written in (INK, WHITE))
    return min(found, key=lambda one: distance(wished, one[1]))


def _apart(written: str, *grounds: str) -> bool:
    """Whether something softer than what is written can stand there too."""
    return all(contrast(written, ground) > FROM_AFAR for ground in grounds)
