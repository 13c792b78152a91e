"""The `[account]` table: the tenant, its applications and its options."""

from qms.domain.complaint import Wrong, complaint, guessed
from qms.domain.ids import derived_id, to_uuid
from qms.domain.network_file import notations
from qms.domain.network_file.brand import read_brand
from qms.domain.network_file.checks import described, text
from qms.domain.network_file.declared.account import AccountDecl, ApplicationDecl, SignInDecl
from qms.domain.network_file.holidays import read_holidays
from qms.domain.network_file.hours import read_closures
from qms.domain.network_file.reading import Table
from qms.domain.option import OptionValue
from qms.domain.options import Options, names, option

DEFAULT_APPLICATION = "default"
SAFE = ("https://", "http://127.0.0.1:", "http://localhost:")
"""How an issuer's address begins: nobody listens in between."""


def read_account(table: Table) -> AccountDecl:
    """Read `[account]`; its slug also goes into the ids that are derived."""
    slug = table.required("slug", notations.slug)
    table.reading.slug = slug
    account = AccountDecl(
        line=table.line,
        slug=slug,
        id=table.id_of("account", slug),
        name=table.read("name", text(), slug),
        timezone=table.read("timezone", notations.timezone, "UTC"),
        languages=table.several("languages", notations.language) or ("en",),
        applications=_applications(table),
        options=_options(table),
        room_url=table.optional("room_url", notations.room_url),
        meeting_url=table.optional("meeting_url", notations.meeting_url),
        sign_in=_sign_in(table),
        closures=read_closures(table),
        holidays=read_holidays(table),
        brand=read_brand(table),
        absences=table.several("absences", text(100)),
        receipt_footer=table.read("receipt_footer", text(300, empty=True), ""),
    )
    table.done()
    return account


def _sign_in(account: Table) -> SignInDecl | None:
    """The OpenID provider through which people may sign in."""
    table = account.table("sign_in")
    if table is None:
        return None
    issuer = table.required("issuer", text(400))
    found = SignInDecl(
        issuer=issuer.rstrip("/"),
        client_id=table.required("client_id", text(200)),
        client_secret=table.optional("client_secret", text(400)),
        name=table.read("name", text(60), "OpenID"),
    )
    if not issuer.startswith(SAFE):
        table.complain(complaint("expected an address that begins with https://"), "issuer")
    table.done()
    return found


def _applications(account: Table) -> tuple[ApplicationDecl, ...]:
    """The applications given, or the one that every account has."""
    found = tuple(_application(table) for table in account.tables("applications"))
    if found or account.has("applications"):
        return found
    identifier = _application_id(account.reading.slug, DEFAULT_APPLICATION)
    return (ApplicationDecl(key=DEFAULT_APPLICATION, id=identifier, line=account.line),)


def _application(table: Table) -> ApplicationDecl:
    key = table.key_of("application")
    given = table.optional("id", text(100))
    if given is not None:
        table.reading.claim("application id", given, (*table.path, "id"))
    application = ApplicationDecl(
        line=table.line,
        key=key,
        id=given or _application_id(table.reading.slug, key),
        queue=table.reference("queue", "queue"),
    )
    table.done()
    return application


def _application_id(slug: str, key: str) -> str:
    return to_uuid(derived_id(slug, "application", key))


def _options(account: Table) -> Options:
    table = account.table("options")
    given: dict[str, OptionValue] = {}
    for name, value in table.values.items() if table else ():
        try:
            given[name] = _option(name, value)
        except Wrong as wrong:
            account.complain(wrong.complaint, "options", name)
    return Options(given)


def _option(name: str, value: object) -> OptionValue:
    if name not in names():
        known = complaint("unknown option; known are %(known)s", known=", ".join(names()))
        raise Wrong(guessed(complaint("unknown option"), name, names(), known))
    try:
        return option(name).check(value)
    except Wrong as wrong:
        said = complaint("found %(found)s, %(complaint)s", found=described(value), complaint=wrong.complaint)
        raise Wrong(said) from None
