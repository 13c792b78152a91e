"""One's own logins as they are described to programs."""

from desk import own_logins
from desk.operations import SIGNED_IN
from qms.web.openapi.operation import Operation, Reply
from qms.web.openapi.problem import BODY, refusals

DONE = {204: Reply(meaning="Done.")}
CODES = "Recovery codes, each good once in the place of a code of the app."
NONE = "It goes on no more, or is another's."

LOGINS = (
    Operation(
        id="singleSignOn",
        method="get",
        path="/desk/single-sign-on/{account}",
        summary="To the account's OpenID provider, to prove there who one is",
        replies={303: Reply(meaning="Where that is."), **refusals(401, 404)},
    ),
    Operation(
        id="singleSignOnBack",
        method="get",
        path="/desk/single-sign-on",
        summary="Back from the provider, to the desk",
        replies={303: Reply(meaning="The desk, signed in."), **refusals(401, 404)},
    ),
    Operation(
        id="logins",
        method="get",
        path="/desk/api/logins",
        summary="Where one is signed in, and whether one has a second factor",
        replies={200: Reply(meaning="The logins.", shape=own_logins.Logins), **refusals(401)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="endLogin",
        method="delete",
        path="/desk/api/logins/{login}",
        summary="End one of one's own logins",
        replies={**DONE, **refusals(401, 403, 404)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="accountLogins",
        method="get",
        path="/desk/api/account/logins",
        summary="Where anybody of the account is signed in; for administrators",
        replies={200: Reply(meaning="The logins.", shape=own_logins.Logins), **refusals(401, 403)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="endAccountLogin",
        method="delete",
        path="/desk/api/account/logins/{login}",
        summary="End anybody's login; for administrators",
        replies={**DONE, **refusals(401, 403, 404)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="setUpSecondFactor",
        method="post",
        path="/desk/api/second-factor",
        summary="Begin with a second factor: an authenticator app's codes",
        replies={201: Reply(meaning="What the app reads.", shape=own_logins.SetUp), **refusals(401, 403, 409)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="confirmSecondFactor",
        method="put",
        path="/desk/api/second-factor",
        summary="Let the second factor count, with a code of it; one's other logins end",
        body=own_logins.Code,
        replies={200: Reply(meaning=CODES, shape=own_logins.RecoveryCodes), **refusals(*BODY, 401, 403, 409)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="renewRecoveryCodes",
        method="post",
        path="/desk/api/second-factor/recovery-codes",
        summary="New recovery codes in the place of those before, for a code of the app or one of them",
        body=own_logins.Code,
        replies={201: Reply(meaning=CODES, shape=own_logins.RecoveryCodes), **refusals(*BODY, 401, 403)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="removeSecondFactor",
        method="delete",
        path="/desk/api/second-factor",
        summary="Go without a second factor again, with a code of it or a recovery code",
        body=own_logins.Code,
        replies={**DONE, **refusals(*BODY, 401, 403)},
        schemes=SIGNED_IN,
    ),
)
