"""Why an archive is not made, or nothing is restored from it."""


class ArchiveRefused(Exception):
    """Nothing was written: no archive, no row."""


class Damaged(ArchiveRefused):
    """The archive is not what was written once, or was never one; or the database to be backed up is broken."""


class Newer(ArchiveRefused):
    """The archive was made by a newer program than this one."""


class NotEmpty(ArchiveRefused):
    """The database has rows that would be lost."""


class Unfit(ArchiveRefused):
    """The database is at another revision than the program, or cannot hold what the archive has."""
