"""The page: its parts, what each event calls, and its dress."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from qa.chat import kept
from qa.chat.desk import Desk
from qa.chat.drawer import Drawer
from qa.chat.library import Library
from qa.chat.opinions import Opinions
from qa.chat.scope import Scope
from qa.chat.turn import Talk

DRESS = Path(__file__).parent / "dress"  # served as /dress
# What the page's HTML is given besides what Gradio writes into it.
HEAD = (
    '<link rel="stylesheet" href="dress/colours.css"><link rel="stylesheet" href="dress/page.css">'
    '<link rel="stylesheet" href="dress/work.css">'
    '<script src="dress/page.js" defer></script><script src="dress/kept.js" defer></script>'
)
WAITING = 200  # events that may wait for an answer; more are refused
# Named for the page, whose events would otherwise take the names of what programs may call.
PRIVATE: dict[str, Any] = {
    "api_name": "page",
    "api_visibility": "private",
    "show_progress": "hidden",
}
EVERY = PRIVATE | {"trigger_mode": "multiple"}  # a click counts even while another is answered
# What an event is told last: the address's `#…`, which names the open conversation.
PLACE = "(...told) => [...told.slice(0, -1), location.hash]"
# Hands a click on a button to the Python listener that the button names, with the fields beside it.
RELAY = """
const events = ['open', 'example', 'mend', 'again', 'restart', 'resume', 'delete', 'restore',
  'export', 'judge', 'search', 'discard'];
element.addEventListener('click', (click) => {
  const button = click.target.closest('[data-event]');
  if (!button) return;
  const fields = [...(button.closest('[data-form]')?.querySelectorAll('[name]') ?? [])];
  const told = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  trigger(button.dataset.event, {...button.dataset, ...told});
});
"""
# A new question goes to the top of the view, so that its answer is read from the beginning, and
# what proved an earlier answer no longer stands beside it.
FOLLOW = """
let seen;
watch('value', () => {
  const turn = element.querySelector('.turn');
  if (turn && turn.dataset.began !== seen) {
    turn.scrollIntoView({block: 'start'});
    footnote.clear();
  }
  seen = turn?.dataset.began;
});
"""
# The address follows the open conversation, and its name is a field.
DRAWER = """
watch('value', () => keeping.at(element.querySelector('[data-talk]').dataset.talk));
element.addEventListener('change', (change) => {
  if (change.target.name === 'title') trigger('rename', {title: change.target.value});
});
"""
# Hands over the filters as they stand. What is chosen may have moved in its list when it is drawn
# anew.
CHOOSE = """
watch('value', () => {
  for (const list of element.querySelectorAll('select')) list.value = list.dataset.chosen;
});
const fields = () => [...element.querySelectorAll('[name]')];
const choose = () =>
  trigger('scope', Object.fromEntries(fields().map((field) => [field.name, field.value])));
element.addEventListener('change', choose);
element.addEventListener('click', (click) => {
  if (!click.target.closest('.clear')) return;
  element.querySelectorAll('fieldset [name]').forEach((field) => { field.value = ''; });
  choose();
});
"""
# Sends the files that are chosen, and hands over what became of each.
ADD = """
element.addEventListener('click', (click) => {
  if (click.target.closest('#upload')) element.querySelector('input').click();
});
element.addEventListener('change', async (change) => {
  const files = [...change.target.files];
  change.target.value = '';
  if (files.length) trigger('bring', await footnote.send(files));
});
"""


def lay_out(desk: Desk, library: Library, drawer: Drawer, opinions: Opinions) -> gr.Blocks:
    """The page, and which method answers which of its events."""
    page = gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True)
    with page:
        talk, scope = gr.State(Talk()), gr.State(Scope())
        place = gr.Textbox(visible="hidden")
        masthead = _html("masthead", RELAY)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                with gr.Column(elem_id="history"):
                    past, latest = _html("past", RELAY), _html("latest", RELAY + FOLLOW)
                    offer = _html("offer", RELAY)
                spoken = _html("spoken")
                with gr.Column(elem_id="composer"):
                    notice = _html("notice")
                    filters = _html("filters", CHOOSE)
                    question = gr.Textbox(
                        elem_id="question",
                        label="Your question",
                        placeholder="Ask the articles …",
                        max_lines=6,
                        submit_btn="Ask",
                    )
            with gr.Column(elem_id="side"):
                with gr.Column(elem_id="shelf"):
                    heading = _html("heading", ADD)
                    report = _html("report")
                    wanted = gr.Textbox(
                        elem_id="wanted",
                        label="Find an article",
                        placeholder="Find an article …",
                        max_length=200,
                    )
                    listing = _html("listing", RELAY)
                with gr.Column(elem_id="kept"):
                    gr.HTML(kept.HEADING, apply_default_css=False)
                    sought = gr.Textbox(
                        elem_id="sought",
                        label="Find a conversation",
                        placeholder="Find a conversation …",
                        max_length=200,
                    )
                    drawn = _html("drawer", RELAY + DRAWER)
                proof = _html("evidence", RELAY)

        arriving = [talk, scope, wanted, place]
        shown = [talk, masthead, past, latest, filters, heading, listing, drawn]
        said = [question, talk, past, latest, spoken, proof, offer, drawn]
        opened = [question, talk, past, latest, offer, drawn]
        page.load(desk.arrive, arriving, shown, js=PLACE, **PRIVATE).then(
            None, js="() => { footnote.ready(); keeping.arrive(); }"
        )
        asked = [talk, scope, place]
        asking = [
            question.submit(desk.ask, [question, *asked], said, js=PLACE, **PRIVATE),
            past.example(desk.ask_example, asked, said, js=PLACE, **PRIVATE),
            *(
                part.again(desk.ask_again, asked, said, js=PLACE, **PRIVATE)
                for part in (latest, offer)
            ),
            offer.example(desk.ask_example, asked, said, js=PLACE, **PRIVATE),
        ]
        begins = [question.submit, past.example, latest.again, offer.again, offer.example]
        _offer(desk, talk, offer, asking, [*begins, masthead.restart, drawn.resume])
        for part in (past, latest):
            part.mend(desk.mend, None, question, **EVERY).then(None, js="() => footnote.write()")
            part.search(desk.search, [talk, place], [talk, past, latest], js=PLACE, **EVERY)
            part.judge(
                opinions.judge, [talk, place], [talk, past, latest, notice], js=PLACE, **EVERY
            )
        question.stop(desk.stop, talk, [question, talk, latest], cancels=asking, **PRIVATE)
        masthead.restart(desk.restart, None, opened, cancels=asking, **PRIVATE)
        for part in (past, latest, listing, proof):
            part.open(library.open, [talk, place], proof, js=PLACE, **EVERY).then(
                None, js="() => footnote.settle()"
            )
        drawn.resume(desk.resume, None, opened, cancels=asking, **PRIVATE)
        _keep(drawer, drawn, sought, talk)
        filters.scope(library.choose, None, [scope, filters], concurrency_limit=1, **EVERY)
        wanted.change(library.find, wanted, listing, trigger_mode="always_last", **PRIVATE)
        proof.discard(library.discard, None, proof, **EVERY).then(
            desk.arrive, arriving, shown, js=PLACE, **PRIVATE
        )
        heading.bring(library.add, None, report, concurrency_limit=1, **PRIVATE).then(
            desk.arrive, arriving, shown, js=PLACE, **PRIVATE
        )
    page.queue(default_concurrency_limit=8, max_size=WAITING)
    return page


def _offer(
    desk: Desk, talk: gr.State, offer: gr.HTML, asking: Sequence[Any], leaving: Sequence[Any]
) -> None:
    """What is offered once an answer stands: one at a time, so that it takes little from others.

    Args:
        asking: the events that end in an answer.
        leaving: what ends the search for more to offer.
    """
    aside = PRIVATE | {"concurrency_limit": 1, "concurrency_id": "offer"}
    found = [answered.then(desk.after, talk, offer, **aside) for answered in asking]
    for left in leaving:
        left(None, cancels=found, **PRIVATE)


def _keep(drawer: Drawer, drawn: gr.HTML, sought: gr.Textbox, talk: gr.State) -> None:
    """What is done with conversations in the drawer."""
    file = gr.Textbox(visible="hidden")
    drawn.rename(drawer.rename, [sought, talk], drawn, **EVERY)
    drawn.delete(drawer.delete, [sought, talk], drawn, **EVERY)
    drawn.restore(drawer.restore, [sought, talk], drawn, **EVERY)
    drawn.export(drawer.export, talk, file, **PRIVATE).then(
        None, file, js="(file) => keeping.save(file)"
    )
    sought.change(drawer.find, [sought, talk], drawn, trigger_mode="always_last", **PRIVATE)


def _html(name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(elem_id=name, js_on_load=script, apply_default_css=False)


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
