"""The parts of the page, as they are laid out; what they do is `page.py`'s."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.chat import kept
from qa.chat.archive import Sieve
from qa.chat.scope import Scope
from qa.chat.scripts import ADD, CHOOSE, DRAWER, FOLLOW, RELAY
from qa.chat.turn import Talk


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Every part that an event fills, or that an event comes from."""

    talk: gr.State
    scope: gr.State
    place: gr.Textbox  # the address's `#…`
    masthead: gr.HTML
    past: gr.HTML
    latest: gr.HTML
    offer: gr.HTML
    spoken: gr.HTML
    notice: gr.HTML
    filters: gr.HTML
    question: gr.Textbox
    heading: gr.HTML
    report: gr.HTML
    wanted: gr.Textbox
    listing: gr.HTML
    sought: gr.Textbox
    drawer: gr.HTML
    file: gr.Textbox  # a conversation that is saved, on its way
    proof: gr.HTML
    sieve: gr.State
    overlooked: gr.HTML
    sifting: gr.Textbox
    sifted: gr.HTML


def lay_out() -> Parts:
    """Make the parts, inside a page."""
    made: dict[str, Any] = {
        "talk": gr.State(Talk()),
        "scope": gr.State(Scope()),
        "place": gr.Textbox(visible="hidden"),
        "file": gr.Textbox(visible="hidden"),
        "masthead": _html("masthead", RELAY),
    }
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            made |= _talk()
        with gr.Column(elem_id="archive"):
            made |= _archive()
        with gr.Column(elem_id="side"):
            made |= _side()
    return Parts(**made)


def _talk() -> dict[str, Any]:
    with gr.Column(elem_id="history"):
        past, latest = _html("past", RELAY), _html("latest", RELAY + FOLLOW)
    spoken = _html("spoken")
    with gr.Column(elem_id="composer"):
        offer, notice = _html("offer", RELAY), _html("notice")
        filters = _html("filters", RELAY + CHOOSE)
        question = gr.Textbox(
            elem_id="question",
            label="Your question",
            placeholder="Ask the articles …",
            max_lines=6,
            submit_btn="Ask",
        )
    return {
        "past": past,
        "latest": latest,
        "offer": offer,
        "spoken": spoken,
        "notice": notice,
        "filters": filters,
        "question": question,
    }


def _archive() -> dict[str, Any]:
    overlooked = _html("overlooked", RELAY)
    sifting = _finder("sifting", "Find in the archive")
    return {
        "sieve": gr.State(Sieve()),
        "overlooked": overlooked,
        "sifting": sifting,
        "sifted": _html("sifted", RELAY),
    }


def _side() -> dict[str, Any]:
    with gr.Column(elem_id="shelf"):
        heading, report = _html("heading", RELAY + ADD), _html("report", RELAY)
        wanted = _finder("wanted", "Find an article")
        listing = _html("listing", RELAY)
    with gr.Column(elem_id="kept"):
        gr.HTML(kept.HEADING, apply_default_css=False)
        sought = _finder("sought", "Find a conversation")
        drawer = _html("drawer", RELAY + DRAWER)
    return {
        "heading": heading,
        "report": report,
        "wanted": wanted,
        "listing": listing,
        "sought": sought,
        "drawer": drawer,
        "proof": _html("evidence", RELAY),
    }


def _finder(name: str, label: str) -> gr.Textbox:
    return gr.Textbox(elem_id=name, label=label, placeholder=f"{label} …", max_length=200)


def _html(name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(elem_id=name, js_on_load=script, apply_default_css=False)
