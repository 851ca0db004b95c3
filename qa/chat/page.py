"""The page: its parts, what each event calls, and its dress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from qa.chat.desk import Desk
from qa.chat.export import markdown
from qa.chat.scope import Scope

DRESS = Path(__file__).parent / "dress"  # served as /dress
# What the page's HTML is given besides what Gradio writes into it.
HEAD = (
    '<link rel="stylesheet" href="dress/colours.css"><link rel="stylesheet" href="dress/page.css">'
    '<script src="dress/page.js" defer></script>'
)
WAITING = 200  # events that may wait for an answer; more are refused
# Named for the page, whose events would otherwise take the names of what programs may call.
PRIVATE: dict[str, Any] = {
    "api_name": "page",
    "api_visibility": "private",
    "show_progress": "hidden",
}
EVERY = PRIVATE | {"trigger_mode": "multiple"}  # a click counts even while another is answered
# Hands a click on a button to the Python listener that the button names.
RELAY = """
const events = ['open', 'example', 'mend', 'restart', 'save', 'discard'];
element.addEventListener('click', (click) => {
  const button = click.target.closest('[data-event]');
  if (button) trigger(button.dataset.event, {...button.dataset});
});
"""
# A new question goes to the top of the view, so that its answer is read from the beginning, and
# what proved an earlier answer no longer stands beside it.
FOLLOW = """
let seen;
watch('value', () => {
  const turn = element.querySelector('.turn');
  if (turn && turn.dataset.number !== seen) {
    turn.scrollIntoView({block: 'start'});
    footnote.clear();
  }
  seen = turn?.dataset.number;
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


def lay_out(desk: Desk) -> gr.Blocks:
    """The page and which method of the desk answers which of its events."""
    page = gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True)
    with page:
        turns, scope = gr.State([]), gr.State(Scope())
        export = gr.Textbox(visible="hidden")
        masthead = _html("masthead", RELAY)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                with gr.Column(elem_id="history"):
                    past, latest = _html("past", RELAY), _html("latest", RELAY + FOLLOW)
                spoken = _html("spoken")
                with gr.Column(elem_id="composer"):
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
                proof = _html("evidence", RELAY)

        shown = [masthead, past, latest, filters, heading, listing]
        talk = [question, turns, past, latest, spoken, proof]
        page.load(desk.arrive, [turns, scope, wanted], shown, **PRIVATE).then(
            None, js="() => footnote.ready()"
        )
        asking = [
            question.submit(desk.ask, [question, turns, scope], talk, **PRIVATE),
            past.example(desk.ask_example, [turns, scope], talk, **PRIVATE),
        ]
        for part in (past, latest):
            part.mend(desk.mend, None, question, **EVERY).then(None, js="() => footnote.write()")
        question.stop(desk.stop, turns, [question, turns, latest], cancels=asking, **PRIVATE)
        masthead.restart(
            desk.restart, None, [question, turns, past, latest], cancels=asking, **PRIVATE
        )
        masthead.save(markdown, turns, export, **PRIVATE).then(
            None, export, js="(text) => footnote.save(text)"
        )
        for part in (past, latest, listing, proof):
            part.open(desk.open, turns, proof, **EVERY).then(None, js="() => footnote.settle()")
        filters.scope(desk.choose, None, [scope, filters], concurrency_limit=1, **EVERY)
        wanted.change(desk.find, wanted, listing, trigger_mode="always_last", **PRIVATE)
        proof.discard(desk.discard, None, proof, **EVERY).then(
            desk.arrive, [turns, scope, wanted], shown, **PRIVATE
        )
        heading.bring(desk.add, None, report, concurrency_limit=1, **PRIVATE).then(
            desk.arrive, [turns, scope, wanted], shown, **PRIVATE
        )
    page.queue(default_concurrency_limit=8, max_size=WAITING)
    return page


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
