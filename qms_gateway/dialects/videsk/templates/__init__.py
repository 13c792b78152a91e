"""The functions of Videsk's templates. Source: Videsk, "Webhooks: helpers"; decisions D-21, D-22."""

from qms.domain.templates import Functions
from qms_gateway.dialects.videsk.templates import comparisons, dates, lists, texts, tokens

FUNCTIONS = Functions(
    inline={**texts.INLINE, "jwt": tokens.inline},
    blocks={**lists.BLOCKS, **comparisons.BLOCKS, **dates.BLOCKS, **texts.BLOCKS, "jwt": tokens.block},
)
