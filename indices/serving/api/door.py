"""Who asks the endpoints: by a token, by the pages' sign-in, or as anybody; and what is then allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import HTTPConnection

from indices.access import gate, sign_ins, tokens
from indices.access.actor import STRANGER, Actor
from indices.access.audit import IN_MEMORY, AuditLog
from indices.access.gate import ForbiddenError
from indices.access.mode import Mode, mode_of
from indices.access.roles import Action
from indices.access.rules import AccessRules, Claims
from indices.access.sparing import Sparing
from indices.access.visitor import visitor
from indices.i18n import Language
from indices.serving.api.wrong import WrongRequestError
from indices.store import Store, StoreUnavailableError

REALM = 'Bearer realm="indices"'
_BEARER = "bearer "


class Door:
    """Who may come in.

    `store` holds tokens and the audit log; `signed` says whether sign-in is configured, `address` what
    the server is bound to, `claims` what the sign-in in a request's cookies says, if it is a good one,
    `altered` whether there is one that is not; `rules` are those of access. Left out, they are those of
    a server on which nothing is configured.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        *,
        signed: Callable[[], bool] = lambda: False,
        address: Callable[[], str] = lambda: "127.0.0.1",
        claims: Callable[[Mapping[str, str]], Claims | None] = lambda _: None,
        altered: Callable[[Mapping[str, str]], bool] = lambda _: False,
        rules: Callable[[], AccessRules] = AccessRules,
    ) -> None:
        self._store, self._signed, self._address = store, signed, address
        self._claims, self._altered, self._rules = claims, altered, rules
        self._log = Sparing(lambda: AuditLog(store()))

    def mode(self, request: HTTPConnection) -> Mode:
        """The mode in which a request is answered."""
        bound = self._address()
        # The socket itself knows better than the settings where it listens: uvicorn has its own.
        server = (request.scope.get("server") or (bound,))[0]
        found = mode_of(
            signed=self._signed(),
            address=bound,
            headers=request.headers,
            peer=request.client.host if request.client else None,
        )
        if found != "local":
            return found
        return mode_of(signed=False, address=server, headers=request.headers)

    def actor(self, request: HTTPConnection) -> Actor | None:
        """Who asks; None where a token was given that is none, or no longer good.

        Reads the store where there is a token or a sign-in. Raises StoreUnavailableError.
        """
        rules = self._rules()
        given = request.headers.get("authorization")
        if given is not None:
            token = given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""
            store = self._store()
            found = tokens.actor_of(store, token)
            if found is None and store.database.place == IN_MEMORY:
                raise StoreUnavailableError(store.database.place, "tokens are not known")
            return None if found is None else found.at_most(rules.most)
        mode = self.mode(request)
        claims = self._claims(request.cookies) if mode == "signed" else None
        if claims is None and mode == "signed" and self._altered(request.cookies):
            self._log.record(STRANGER, sign_ins.SIGN_IN, "refused", sign_ins.BAD_COOKIE)
        if claims is not None and sign_ins.is_over(self._store(), claims):
            claims = None
        return visitor(mode, rules, claims)

    def admit(self, request: HTTPConnection, action: Action, what: str, language: Language) -> Actor:
        """Who asks, where they may do `action`; a refusal is recorded.

        Raises WrongRequestError: 401 where nobody said who they are, or with a token that is not good;
        403 where it is known who asks and that is not enough.
        """
        actor = self.actor(request)
        if actor is None:
            self._log.record(STRANGER, action, "refused", {"what": what, "why": "bad_token"})
            error = {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}
            raise WrongRequestError(401, "bad_token", language, headers=error)
        self.check(actor, action, what, language)
        return actor

    def check(self, actor: Actor, action: Action, what: str, language: Language) -> None:
        """Let somebody known go on, or record the refusal and raise WrongRequestError."""
        try:
            gate.check(actor, action, log=self._log, what=what)
        except ForbiddenError as fault:
            if actor.how == "public":
                raise WrongRequestError(
                    401, "sign_in_needed", language, headers={"WWW-Authenticate": REALM}
                ) from fault
            error = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope"'}
            raise WrongRequestError(403, "forbidden", language, headers=error) from fault

    def taken(self, actor: Actor, what: str, n_bytes: int) -> None:
        """Record that somebody known by name took a file away; of nobody known it would say nothing."""
        if actor.name:
            self._log.record(actor, Action.EXPORT, "done", {"what": what, "bytes": n_bytes})

    def failed(self, actor: Actor, what: str, **told: str) -> None:
        """Record that a file could not be made for somebody known by name: the failure's number, or why."""
        if actor.name:
            self._log.record(actor, Action.EXPORT, "failed", {"what": what, **told})
