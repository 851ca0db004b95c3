"""What is said when a call fails: one line, and nothing of the machine it failed on."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from pydantic import ValidationError

from qa.errors import FootnoteError, SettingError
from qa.serving.api.calls import NoSuchArticle

log = logging.getLogger("footnote")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line for whoever asked, and the HTTP status that goes with it."""

    line: str
    status: int


class Unusable(FootnoteError):
    """What was sent makes no call."""


class UnknownCall(FootnoteError):
    """There is no call, or no model, of that name."""


class Busy(FootnoteError):
    """More is asked than can be worked on."""


class Gone(FootnoteError):
    """Whoever asked does not listen any more."""


_STATUS: dict[type[FootnoteError], int] = {
    Unusable: 400,
    SettingError: 400,
    UnknownCall: 404,
    NoSuchArticle: 404,
    Gone: 499,
    Busy: 503,
}


def refusal(error: Exception) -> Refusal:
    """What to say of an error; what nobody outside should read of it goes to the log."""
    if isinstance(error, ValidationError):
        return Refusal(_first(error), 400)
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            return Refusal(" ".join(str(error).split()), status)
    if isinstance(error, FootnoteError):  # names folders and files of this machine
        log.error("A program's call failed: %s", error)
        return Refusal("The archive cannot be asked now; the server's log says why.", 503)
    log.exception("A program's call met an error that was not foreseen", exc_info=error)
    return Refusal("Something went wrong here; the server's log has the details.", 500)


def _first(error: ValidationError) -> str:
    """The first of what is wrong, with where it stands."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))[:80]
    return " ".join(f"{where}: {first['msg']}.".split()) if where else f"{first['msg']}."
