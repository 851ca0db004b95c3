"""The page: which method answers which of its events, and its dress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from qa.chat import parts
from qa.chat.archive import Archive
from qa.chat.desk import Desk
from qa.chat.drawer import Drawer
from qa.chat.library import Library
from qa.chat.opinions import Opinions
from qa.chat.parts import Parts
from qa.chat.scripts import PLACE

DRESS = Path(__file__).parent / "dress"  # served as /dress
_STYLES = ("colours", "page", "conversation", "composer", "archive", "reading", "work")
# What the page's HTML is given besides what Gradio writes into it.
HEAD = (
    "".join(f'<link rel="stylesheet" href="dress/{name}.css">' for name in _STYLES)
    + '<script src="dress/page.js" defer></script><script src="dress/kept.js" defer></script>'
)
WAITING = 200  # events that may wait for an answer; more are refused
# Named for the page, whose events would otherwise take the names of what programs may call.
PRIVATE: dict[str, Any] = {
    "api_name": "page",
    "api_visibility": "private",
    "show_progress": "hidden",
}
EVERY = PRIVATE | {"trigger_mode": "multiple"}  # a click counts even while another is answered
LATEST = PRIVATE | {"trigger_mode": "always_last"}  # of what is typed, all but the last may go
ALONE = EVERY | {"concurrency_limit": 1}  # one after the other


def lay_out(
    desk: Desk, library: Library, archive: Archive, drawer: Drawer, opinions: Opinions
) -> gr.Blocks:
    """The page, with all that it does."""
    page = gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True)
    with page:
        made = parts.lay_out()
        page.load(desk.arrive, **_arriving(made)).then(
            None, js="() => { footnote.ready(); keeping.arrive(); }"
        )
        _ask(made, desk)
        _judge(made, desk, opinions)
        _narrow(made, library)
        _keep(made, desk, drawer)
        _read(made, library)
        _look_over(made, archive)
        _change(made, desk, library, archive)
    page.queue(default_concurrency_limit=8, max_size=WAITING)
    return page


def _arriving(on: Parts) -> dict[str, Any]:
    """What fills the page: of an event that ends in `Desk.arrive`."""
    shown = [on.talk, on.scope, on.masthead, on.past, on.latest, on.filters, on.heading]
    return PRIVATE | {
        "inputs": [on.talk, on.scope, on.wanted, on.place],
        "outputs": [*shown, on.listing, on.drawer],
        "js": PLACE,
    }


def _opened(on: Parts) -> list[Any]:
    """What another conversation fills."""
    talk = [on.question, on.talk, on.scope, on.past, on.latest]
    return [*talk, on.filters, on.offer, on.drawer]


def _ask(on: Parts, desk: Desk) -> None:
    """Questions, what ends their answers, and what is offered once an answer stands."""
    asked = [on.talk, on.scope, on.place]
    said = [on.question, on.talk, on.past, on.latest, on.spoken, on.proof, on.offer, on.drawer]
    how: dict[str, Any] = PRIVATE | {"js": PLACE}
    asking = [
        on.question.submit(desk.ask, [on.question, *asked], said, **how),
        *(part.example(desk.ask_example, asked, said, **how) for part in (on.past, on.offer)),
        *(part.again(desk.ask_again, asked, said, **how) for part in (on.latest, on.offer)),
    ]
    on.question.stop(
        desk.stop, on.talk, [on.question, on.talk, on.latest], cancels=asking, **PRIVATE
    )
    on.masthead.restart(desk.restart, on.scope, _opened(on), cancels=asking, **PRIVATE)
    on.drawer.resume(desk.resume, None, _opened(on), cancels=asking, **PRIVATE)
    # One at a time, so that it takes little from others; whatever leaves the answer ends it.
    aside = PRIVATE | {"concurrency_limit": 1, "concurrency_id": "offer"}
    found = [answered.then(desk.after, on.talk, on.offer, **aside) for answered in asking]
    begins = [on.question.submit, on.past.example, on.latest.again, on.offer.again]
    for left in (*begins, on.offer.example, on.masthead.restart, on.drawer.resume):
        left(None, cancels=found, **PRIVATE)


def _judge(on: Parts, desk: Desk, opinions: Opinions) -> None:
    """What is done with an answer that stands."""
    told, said = [on.talk, on.place], [on.talk, on.past, on.latest]
    for part in (on.past, on.latest):
        part.mend(desk.mend, None, on.question, **EVERY).then(None, js="() => footnote.write()")
        part.search(desk.search, told, said, js=PLACE, **EVERY)
        part.judge(opinions.judge, told, [*said, on.notice], js=PLACE, **EVERY)


def _narrow(on: Parts, library: Library) -> None:
    """Which articles the next question is put to."""
    scope = {"inputs": on.scope, "outputs": [on.scope, on.filters]}
    on.filters.scope(library.choose, **scope, **ALONE)
    on.filters.drop(library.drop, **scope, **ALONE)
    on.proof.narrow(library.narrow, **scope, **ALONE)


def _keep(on: Parts, desk: Desk, drawer: Drawer) -> None:
    """What is done with conversations in the drawer."""
    told = [on.sought, on.talk]
    on.drawer.rename(drawer.rename, told, on.drawer, **EVERY)
    on.drawer.restore(drawer.restore, told, on.drawer, **EVERY)
    on.drawer.delete(desk.delete, [*told, on.scope], _opened(on), **EVERY)
    on.drawer.export(drawer.export, on.talk, on.file, **PRIVATE).then(
        None, on.file, js="(file) => keeping.save(file)"
    )
    on.sought.change(drawer.find, told, on.drawer, **LATEST)


def _read(on: Parts, library: Library) -> None:
    """What opens in the reading pane, and the list it opens from."""
    for part in (on.past, on.latest, on.listing, on.report, on.sifted, on.proof):
        part.open(library.open, [on.talk, on.place], on.proof, js=PLACE, **EVERY).then(
            None, js="() => footnote.settle()"
        )
    on.wanted.change(library.find, on.wanted, on.listing, **LATEST)


def _look_over(on: Parts, archive: Archive) -> None:
    """The archive view."""
    told, shown = [on.sieve, on.sifting], [on.sieve, on.overlooked, on.sifted]
    on.heading.survey(archive.show, told, shown, **EVERY).then(None, js="() => footnote.survey()")
    on.overlooked.sift(archive.sift, told, shown, **EVERY)
    on.overlooked.about(archive.about, [on.scope, on.sieve], [on.scope, on.filters], **ALONE)
    on.sifting.change(archive.find, told[::-1], on.sifted, **LATEST)


def _change(on: Parts, desk: Desk, library: Library, archive: Archive) -> None:
    """What is put in and taken out; the whole page knows of it then."""
    told, shown = [on.sieve, on.sifting], [on.sieve, on.overlooked, on.sifted]
    for changed in (
        on.proof.discard(library.discard, None, on.proof, **EVERY),
        on.proof.undo(library.undo, None, on.proof, **EVERY),
        on.sifted.undo(library.undo, None, on.proof, **EVERY),
        on.proof.putback(library.put_back, None, on.proof, **EVERY),
        on.heading.bring(library.add, None, on.report, concurrency_limit=1, **PRIVATE),
    ):
        changed.then(desk.arrive, **_arriving(on)).then(archive.show, told, shown, **PRIVATE)


def look() -> dict[str, Any]:
    """The page's dress, for `gr.mount_gradio_app`: what does not come with `HEAD`."""
    return {
        "theme": gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]).set(
            body_background_fill="#faf8f3",
            body_background_fill_dark="#16181b",
        ),
        "favicon_path": DRESS / "favicon.svg",
        "footer_links": [],
    }
