"""Who is at the page."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks: a user who signed in, or whoever comes from an address."""

    address: str = ""
    name: str = ""  # empty where nobody signs in
    may_change: bool = True  # add articles and remove them

    @property
    def key(self) -> str:
        """What limits go by."""
        return f"@{self.name}" if self.name else self.address


def visitor_of(request: gr.Request) -> Visitor:
    """Who caused an event of the page, as the server found when it let the request in."""
    found = request.request.state.visitor if request.request else Visitor()
    assert isinstance(found, Visitor)
    return found
