"""Files that are sent: `PUT /uploads/NAME`, each checked as it comes in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from qa.chat.uploads import Refused, Uploads

PATH = "/uploads/"


def router(uploads: Uploads) -> APIRouter:
    """Keeps files for the page, which then has them read; the reply says under which name."""
    routes = APIRouter()

    @routes.put(PATH + "{name}")
    async def keep(name: str, request: Request) -> JSONResponse:
        visitor = request.state.visitor
        try:
            if not visitor.may_change:
                raise Refused(403, "You may ask, but not add articles.")
            return JSONResponse({"kept": await uploads.keep(visitor, name, request.stream())})
        except ClientDisconnect:  # nobody is there to be told
            return JSONResponse({"refused": "It did not come whole."}, 400)
        except Refused as error:
            return JSONResponse({"refused": str(error)}, error.status, {"connection": "close"})

    return routes
