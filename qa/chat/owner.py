"""Whose conversations they are."""

from __future__ import annotations

import re

import gradio as gr

from qa.chat.visitor import visitor_of

COOKIE = "footnote-browser"  # set by the page's script


def owner(request: gr.Request) -> str:
    """The user who signed in; where nobody has to, the browser, by the id that it keeps.

    Empty where the browser keeps none: then its conversations last as long as its page.
    """
    if name := visitor_of(request).name:
        return f"user {name}"
    kept = str(request.cookies.get(COOKIE, ""))
    return f"browser {kept}" if re.fullmatch(r"[0-9a-f]{32}", kept) else ""
