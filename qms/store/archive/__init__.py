"""Archives: a whole database as one file, which either kind of database can be made from again.

An archive is a ZIP file. `manifest.json` says by which version and when it was taken, the revision of the schema, and
of each table its columns, its key, how many rows it has and the SHA-256 of `tables/<name>.jsonl`: a row per line, a
JSON array of the bare values, in the order of the key. Equal tables make equal files, whichever database they are in.
`secret`, where there is one, is the installation's secret that was kept beside an SQLite file.

An archive of a day has the same form, and says in its manifest which day of which account: what of it has gone, or is
to go, from the database.
"""

from qms.store.archive.folder import Folder
from qms.store.archive.manifest import Day, Manifest
from qms.store.archive.reading import Archive
from qms.store.archive.refusals import ArchiveRefused, Damaged, Newer, NotEmpty, Unfit
from qms.store.archive.restoring import restore
from qms.store.archive.snapshot import snapshot
from qms.store.archive.writing import About, write, write_day

__all__ = [
    "About",
    "Archive",
    "ArchiveRefused",
    "Damaged",
    "Day",
    "Folder",
    "Manifest",
    "Newer",
    "NotEmpty",
    "Unfit",
    "restore",
    "snapshot",
    "write",
    "write_day",
]
