"""Whose conversations they are."""

from __future__ import annotations

import re

import gradio as gr

COOKIE = "footnote-browser"  # set by the page's script


def owner(request: gr.Request) -> str:
    """The account that asks, if there are accounts; else the browser, by the id that it keeps.

    Empty where the browser keeps none: then its conversations last as long as its page.
    """
    if request.username:
        return f"account {request.username}"
    kept = str(request.cookies.get(COOKIE, ""))
    return f"browser {kept}" if re.fullmatch(r"[0-9a-f]{32}", kept) else ""
