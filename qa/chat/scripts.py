"""What the page's parts do in the browser, beside its two scripts: pieces of JavaScript."""

from __future__ import annotations

# What an event is told last: the address's `#…`, which names the open conversation.
PLACE = "(...told) => [...told.slice(0, -1), location.hash]"
# Hands a click on a button to the Python listener that the button names, with the fields beside it.
RELAY = """
const events = ['open', 'example', 'mend', 'again', 'restart', 'resume', 'delete', 'restore',
  'export', 'judge', 'search', 'discard', 'narrow', 'drop', 'survey', 'sift', 'about',
  'undo', 'putback'];
element.addEventListener('click', (click) => {
  const button = click.target.closest('[data-event]');
  if (!button) return;
  const fields = [...(button.closest('[data-form]')?.querySelectorAll('[name]') ?? [])];
  const told = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  trigger(button.dataset.event, {...button.dataset, ...told});
});
element.addEventListener('keydown', (key) => {
  if (key.key !== 'Enter' || !key.target.matches('[type="search"]')) return;
  key.target.closest('[data-form]').querySelector('[data-event]').click();
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
# Hands over the filters as they stand. When they are drawn anew, each field is set to what it is to
# hold, unless somebody writes in it, and what was unfolded stays so.
CHOOSE = """
let unfolded = false;
element.addEventListener('toggle', (toggle) => { unfolded = toggle.target.open; }, true);
watch('value', () => {
  for (const field of element.querySelectorAll('[data-chosen]')) {
    if (field !== document.activeElement || field.matches('select')) {
      field.value = field.dataset.chosen;
    }
  }
  const details = element.querySelector('details');
  if (details) details.open = unfolded;
});
const fields = () => [...element.querySelectorAll('[name]')];
element.addEventListener('change', () =>
  trigger('scope', Object.fromEntries(fields().map((field) => [field.name, field.value]))));
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
