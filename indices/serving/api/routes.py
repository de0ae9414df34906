"""The endpoints over HTTP: conditional requests, errors as JSON, work off the event loop."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import anyio
import anyio.lowlevel
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from indices.access.actor import Actor
from indices.access.roles import Action
from indices.failures import numbered
from indices.i18n import DEFAULT_LANGUAGE, Language, as_language
from indices.serving.api import exports
from indices.serving.api.api_route import ApiRoute
from indices.serving.api.asking import answer_to, asked_of
from indices.serving.api.caching import Answer, AnswerCache, matching, tag_of
from indices.serving.api.door import Door
from indices.serving.api.exports import EXPORTS, Export, drawn, file_of
from indices.serving.api.formats import MEDIA, json_bytes
from indices.serving.api.moment import Now
from indices.serving.api.openapi import description
from indices.serving.api.parameters import question_of
from indices.serving.api.table_of_routes import ROUTES
from indices.serving.api.wrong import WrongRequestError
from indices.store import StoreUnavailableError

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""Answers worked out at the same time: pages must not wait for a program that asks for everything."""
LONGEST_QUERY = 4000
PIECE = 100_000
"""Bytes of a body that are sent, and compressed, in one go."""
VARY = "Accept, Accept-Encoding"
VARY_BY_WHO = f"{VARY}, Authorization, Cookie"
DESCRIPTION = "openapi.json"
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The state of the store, the tag of the answer, and what works it out.

    `weak`: the same tag promises the same content, but not the same bytes. `file` is what the audit log
    calls an answer that is taken away as a file; "" where it is not one.
    """

    state: str
    tag: str
    work: Callable[[], Answer]
    weak: bool = False
    file: str = ""


class FailedError(Exception):
    """An answer that a fault of ours kept from being made, which the log has under `number`."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class Endpoints:
    """The answers to requests that the door lets in, on the moments that `now` gives."""

    def __init__(self, now: Now, door: Door) -> None:
        self.now, self.door = now, door
        self.cache = AnswerCache()
        self._room = anyio.Semaphore(AT_ONCE)

    def routes(self) -> list[Route]:
        """One route an endpoint, one for every chart, and the description of them all."""
        every = [Route(f"/{route.name}", self._serving(route)) for route in ROUTES.values()]
        files = [Route(f"/{export.name}", self._making(export)) for export in EXPORTS.values()]
        return [
            *every,
            *files,
            Route("/chart/{name}", self._drawn),
            Route(f"/{DESCRIPTION}", self._described),
        ]

    def _serving(self, route: ApiRoute) -> Endpoint:
        async def serve(request: Request) -> Response:
            given, accept = request.query_params.multi_items(), request.headers.get("accept", "")

            def prepare() -> Prepared:
                moment = self.now()
                asked = asked_of(route, moment, given, accept)
                tag = tag_of(moment.fingerprint, route.name, given, asked.form)
                file = f"{route.name}.{asked.form}" if asked.form != "json" else ""
                return Prepared(moment.state, tag, lambda: answer_to(asked), file=file)

            return await self._answer(request, route.name, prepare)

        return serve

    def _making(self, export: Export) -> Endpoint:
        async def make(request: Request) -> Response:
            given = request.query_params.multi_items()

            def prepare() -> Prepared:
                moment, day = self.now(), exports.today()
                asked = question_of(moment, given, export.parameters, ())
                tag = tag_of(moment.fingerprint, export.name, given, str(day))
                work = partial(file_of, export, asked, day)
                return Prepared(moment.state, tag, work, weak=True, file=export.name)

            return await self._answer(request, export.name, prepare)

        return make

    async def _drawn(self, request: Request) -> Response:
        given, name = request.query_params.multi_items(), request.path_params["name"]

        def prepare() -> Prepared:
            moment, day = self.now(), exports.today()
            chart, form = exports.known_chart(name, language_of(request))
            needs = ("index",) if exports.needs_index(chart) else ()
            asked = question_of(moment, given, exports.OF_CHART, needs)
            tag = tag_of(moment.fingerprint, f"chart/{name}", given, str(day))
            work = partial(drawn, chart, form, asked)
            return Prepared(moment.state, tag, work, weak=True, file=f"{chart}.{form}")

        return await self._answer(request, "chart", prepare)

    async def _described(self, request: Request) -> Response:
        given = request.query_params.multi_items()

        def prepare() -> Prepared:
            moment = self.now()
            question = question_of(moment, given, ("lang",), ())

            def answer() -> Answer:
                return Answer(
                    200, MEDIA["json"], json_bytes(description(moment.catalogue, question.language))
                )

            return Prepared(moment.state, tag_of(moment.fingerprint, DESCRIPTION, given, "json"), answer)

        return await self._answer(request, DESCRIPTION, prepare)

    async def _answer(self, request: Request, name: str, prepare: Callable[[], Prepared]) -> Response:
        """After the door's yes: 304 where the asker has it, else the kept answer, else a new one."""
        if len(request.url.query) > LONGEST_QUERY:
            raise WrongRequestError(400, "too_long", language_of(request), {"most": LONGEST_QUERY})
        actor, asked = await run_in_threadpool(self._admitted, request, name, prepare)
        state, tag = asked.state, asked.tag
        shown = f"W/{tag}" if asked.weak else tag
        headers = {"ETag": shown, **_keeping(actor)}
        known = matching(request.headers.get("if-none-match", ""), tag)
        if known is not None:
            return Response(status_code=304, headers={**headers, "ETag": known})
        answer = self.cache.get(state, tag)
        if answer is None:
            async with self._room:
                kept = self.cache.get(state, tag)  # somebody else may have asked meanwhile
                answer = await run_in_threadpool(self._worked_out, actor, asked) if kept is None else kept
            if answer.status == 200 or not asked.weak:  # a browser that failed may do better next time
                self.cache.keep(state, tag, answer)
        if answer.status != 200:
            del headers["ETag"]
            if answer.failed:
                await run_in_threadpool(self.door.failed, actor, asked.file, why=answer.failed)
        elif asked.file and request.method == "GET":
            await run_in_threadpool(self.door.taken, actor, asked.file, len(answer.body))
        return _sent(request, answer, headers)

    def _worked_out(self, actor: Actor, asked: Prepared) -> Answer:
        """The answer; where it fails by a fault of ours, that has a number, and a file is written down."""
        try:
            return asked.work()
        except (WrongRequestError, StoreUnavailableError):
            raise
        except Exception as fault:
            failure = FailedError(numbered(logger, asked.file or "Answer", fault))
            if asked.file:
                self.door.failed(actor, asked.file, failure=failure.number)
            raise failure from fault

    def _admitted(
        self, request: Request, name: str, prepare: Callable[[], Prepared]
    ) -> tuple[Actor, Prepared]:
        """Who asks, and what; a file is asked for twice, to view and to take away."""
        language = language_of(request)
        actor = self.door.admit(request, Action.VIEW, name, language)
        asked = prepare()
        if asked.file:
            self.door.check(actor, Action.EXPORT, asked.file, language)
        return actor, asked


def application(now: Now, door: Door) -> Starlette:
    """The endpoints as an application of their own, to be mounted at PREFIX."""
    app = Starlette(
        routes=Endpoints(now, door).routes(),
        exception_handlers={
            WrongRequestError: _wrong,
            StoreUnavailableError: _unavailable,
            HTTPException: _http,
            Exception: _failed,
        },
    )
    app.router.redirect_slashes = False  # "gap/" is no address, and a Host header makes no address of ours
    return app


def language_of(request: Request) -> Language:
    """The language of a request, whatever else is wrong with it."""
    return as_language(request.query_params.get("lang")) or DEFAULT_LANGUAGE


def _keeping(actor: Actor) -> dict[str, str]:
    """Who may keep an answer: what anybody gets, every cache on the way; else the asker's own alone."""
    if actor.how in ("local", "public"):
        return {"Cache-Control": "no-cache", "Vary": VARY}
    return {"Cache-Control": "private, no-cache", "Vary": VARY_BY_WHO}


def _sent(request: Request, answer: Answer, headers: dict[str, str]) -> Response:
    """The answer; to HEAD its headers alone."""
    sized = {"Content-Length": str(len(answer.body)), **answer.headers, **headers}
    body = b"" if request.method == "HEAD" else answer.body
    response = (
        Response(body, answer.status, sized)
        if len(body) <= PIECE
        else StreamingResponse(_pieces(body), answer.status, sized)
    )
    response.headers["Content-Type"] = answer.media
    return response


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    """A large body bit by bit: it is compressed on its way, and pages are served in between."""
    for at in range(0, len(body), PIECE):
        yield body[at : at + PIECE]
        await anyio.lowlevel.checkpoint()


def _told(request: Request, wrong: WrongRequestError, **headers: str) -> Response:
    answer = Answer(wrong.status, MEDIA["json"], json_bytes(wrong.told))
    return _sent(request, answer, {"Cache-Control": "no-store", "Vary": VARY, **headers})


async def _wrong(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, WrongRequestError)
    return _told(request, wrong, **wrong.headers)


async def _http(request: Request, fault: Exception) -> Response:
    """No such address, or a method that changes things."""
    assert isinstance(fault, HTTPException)
    language, headers = language_of(request), dict(fault.headers or {})
    if fault.status_code == 405:
        return _told(request, WrongRequestError(405, "method", language, allowed=("GET", "HEAD")), **headers)
    return _told(
        request, WrongRequestError(404, "no_route", language, allowed=(*ROUTES, *EXPORTS, DESCRIPTION))
    )


async def _unavailable(request: Request, fault: Exception) -> Response:
    logger.error("The store does not answer: %s", fault)
    headers = {"Retry-After": "30"}
    return _told(request, WrongRequestError(503, "unavailable", language_of(request)), **headers)


async def _failed(request: Request, fault: Exception) -> Response:
    """The last line of defence: a sentence for the asker, what happened for the log."""
    number = fault.number if isinstance(fault, FailedError) else numbered(logger, "Answer", fault)
    return _told(request, WrongRequestError(500, "failed", language_of(request), {"number": number}))
