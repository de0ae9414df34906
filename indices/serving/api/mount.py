"""The endpoints in front of which nothing is imported until somebody asks."""

from __future__ import annotations

import importlib

from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/api/v1"
_ROUTES = "indices.serving.api.routes"


class WhenAsked:
    """The application of `indices.serving.api.routes`, made at the first request.

    `module` has a function `now` that gives what it rests on (`indices.serving.api.moment.Now`) and a
    function `door` that gives who may ask (`indices.serving.api.door.Door`). Not imported before it
    is needed: a server answers its first page sooner.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._app is None:
            self._app = await run_in_threadpool(self._made)
        await self._app(scope, receive, send)

    def _made(self) -> ASGIApp:
        module = importlib.import_module(self._module)
        app: ASGIApp = importlib.import_module(_ROUTES).application(module.now(), module.door())
        return app


def api_mount(module: str) -> Mount:
    """The endpoints at their address, resting on what `now` and `door` of a module give."""
    return Mount(PREFIX, app=WhenAsked(module))
