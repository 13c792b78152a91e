"""The bank once bad people have named everything in it: all their texts for pages, in every name and every answer."""

import json
from typing import Any

import sqlalchemy as sa

from qms.store.schema import metadata
from qms.store.tx import Tx
from tests.hostile import MARKUP, TEMPLATES

NAME = " | ".join((*MARKUP, *TEMPLATES))
NAMES = ("address", "description", "firstname", "label", "lastname", "reason", "text", "title")
"""Columns of texts that somebody has written."""

NAMED = ("account", "branch", "queue", "form")
"""Tables whose `name` is one, too."""

WORDS = ("hint", "label", "placeholder", "title")
"""What is written within a column of several things."""


def spoil(tx: Tx) -> None:
    """Write it everywhere."""
    for table in metadata.sorted_tables:
        texts = [it for it in table.columns if it.name in NAMES and isinstance(it.type, sa.String)]
        texts += [table.c.name] if table.name in NAMED else []
        if texts:
            tx.execute(table.update().values({column: NAME for column in texts}))
    tables = metadata.tables
    tx.execute(
        tables["ticket"].update().values(customer={"firstname": NAME}, integration_data=json.dumps({NAME: NAME}))
    )
    for form in tx.execute(sa.select(tables["form"])).mappings().all():
        spoilt = tables["form"].update().where(tables["form"].c.id == form["id"])
        tx.execute(spoilt.values(fields=_within(form["fields"])))
    for screen in tx.execute(sa.select(tables["screen"])).mappings().all():
        spoilt = tables["screen"].update().where(tables["screen"].c.id == screen["id"])
        tx.execute(spoilt.values(settings={**screen["settings"], "ticker": [NAME], "name": NAME}))
    said = {"en": {NAME: NAME}}
    tx.execute(tables["account"].update().values(version=tables["account"].c.version + 1, translations=said))


def _within(value: Any) -> Any:
    if isinstance(value, list):
        return [_within(one) for one in value]
    if isinstance(value, dict):
        return {name: NAME if name in WORDS else _within(one) for name, one in value.items()}
    return value
