"""What went wrong, in one line for a person."""

from __future__ import annotations

import logging
import re

from qa import FootnoteError

log = logging.getLogger("footnote")
_FOLDERS = re.compile(r"(?<![\w:/.])/(?:[^\s/]+/)+")  # of an absolute path, not of an address


def line(error: Exception) -> str:
    """One line for the person; anything unforeseen goes to the log in full.

    Where things lie on this machine is nobody's business but that of who runs it.
    """
    if isinstance(error, FootnoteError):
        told = _FOLDERS.sub("", str(error))
        if told != str(error):
            log.error("%s", error)
        return told
    log.exception("The chat met an error that it did not foresee", exc_info=error)
    return "Something went wrong here. The terminal that runs Footnote has the details."
