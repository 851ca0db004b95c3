// The list of questions: filtered, drawn a hundred at a time, and each filled when it is opened.
// Outside words enter by textContent only.
(() => {
  'use strict';
  const STEP = 100;
  const BEGINNING = 160;  // a passage as long as this goes on
  const one = (selector) => document.querySelector(selector);
  const { rows, passages, titles, outlets, mends } = JSON.parse(one('#data').textContent);
  const form = one('#filters');
  const list = one('#rows');
  let matching = [];
  let drawn = 0;

  function make(tag, css, ...inner) {
    const made = document.createElement(tag);
    if (css) made.className = css;
    made.append(...inner.filter((part) => part !== null && part !== ''));
    return made;
  }

  const verdictOf = (row) => (row.right === null ? 'not judged' : row.right ? 'right' : 'wrong');
  const nameOf = (diagnosis = '') => diagnosis.split(' (')[0];
  const percent = (share) => `${Math.round(100 * share)} %`;
  const titleOf = (id) => titles[id] ?? id;
  const said = (row) => {
    if (row.error) return 'no answer came';
    return row.answered ? row.short || row.text || '' : 'refused';
  };

  // Filters

  function haystack(row) {
    row.haystack ??= [
      row.question, row.short, row.text, row.withheld, row.type, row.diagnosis, row.error,
      ...(row.answers ?? []), ...(row.named ?? []),
      ...(row.articles ?? []).flatMap((id) => [id, titles[id], outlets[id]]),
    ].join('\n').toLowerCase();
    return row.haystack;
  }

  function comesFrom(row, source) {
    const [by, name] = [source.split(' ', 1)[0], source.slice(source.indexOf(' ') + 1)];
    const ids = row.articles ?? [];
    return by === 'article' ? ids.includes(name)
      : ids.some((id) => (outlets[id] || '(no outlet)') === name);
  }

  const ORDERS = {
    surest: (a, b) => b.confidence - a.confidence,
    unsurest: (a, b) => a.confidence - b.confidence,
    slowest: (a, b) => (b.ms?.total ?? 0) - (a.ms?.total ?? 0),
  };

  function filter() {
    const { words, verdict, type, diagnosis, source, order } = Object.fromEntries(new FormData(form));
    const wanted = words.toLowerCase().trim();
    matching = rows.filter((row) => (!verdict || verdictOf(row) === verdict)
      && (!type || row.type === type)
      && (!diagnosis || nameOf(row.diagnosis) === diagnosis)
      && (!source || comesFrom(row, source))
      && (!wanted || haystack(row).includes(wanted)));
    if (order) matching.sort(ORDERS[order]);
    list.replaceChildren();
    drawn = 0;
    more();
    one('#status').textContent = status();
  }

  function status() {
    if (!rows.length) return 'No question was asked.';
    if (!matching.length) return 'No question matches. Clear the filters to see all of them.';
    const count = matching.length.toLocaleString('en');
    const all = rows.length.toLocaleString('en');
    const noun = rows.length === 1 ? 'question' : 'questions';
    return matching.length === rows.length ? `${all} ${noun}` : `${count} of ${all} ${noun}`;
  }

  function more() {
    const next = matching.slice(drawn, drawn + STEP);
    list.append(...next.map(line));
    drawn += next.length;
    const left = matching.length - drawn;
    const button = one('#more');
    button.hidden = !left;
    button.textContent = `Show ${Math.min(left, STEP)} more`;
    return list.children[drawn - next.length];
  }

  // A question, closed and open

  function line(row) {
    const verdict = verdictOf(row);
    const sign = { right: '✓', wrong: '✗' }[verdict] ?? '–';
    const mark = make('span', `mark ${verdict.replace(' ', '-')}`, sign);
    mark.title = verdict;
    mark.setAttribute('aria-hidden', 'true');
    const sure = make('span', 'sure', percent(row.confidence));
    sure.title = 'confidence';
    const made = make('details', 'row', make('summary', '',
      mark,
      make('span', 'unseen', `${verdict}:`),
      make('span', 'asked', row.question),
      make('span', 'said', said(row)),
      make('span', 'kind', row.type),
      sure,
      make('span', 'why', row.diagnosis ?? '')));
    made.addEventListener('toggle', () => {
      if (made.open && made.children.length === 1) made.append(opened(row));
    });
    return made;
  }

  function opened(row) {
    return make('div', 'body',
      failure(row),
      make('div', 'pair',
        part('Answer', ...answer(row)),
        part('Gold', ...gold(row))),
      row.history ? part('Asked before', ...row.history.map(turn)) : '',
      row.cited ? part('Citations', make('ol', 'notes', ...row.cited.map(citation))) : '',
      part('Retrieved', row.found ? make('ol', 'notes', ...row.found.map(passage))
        : make('p', 'note', 'Nothing.')),
      row.ms ? part('Time', make('p', 'note', times(row.ms))) : '');
  }

  const part = (name, ...inner) => make('section', '', make('h4', '', name), ...inner);

  function failure(row) {
    if (!row.diagnosis) return '';
    const plain = row.error || mends[nameOf(row.diagnosis)] || '';
    return make('p', 'fault', make('b', '', `${row.diagnosis}. `), plain);
  }

  function answer(row) {
    const marks = Object.entries(row.marks ?? {});
    const scores = marks.map(([name, value]) => `${name} ${value.toFixed(2)}`);
    const note = make('p', 'note', [`confidence ${percent(row.confidence)}`, ...scores].join(' · '));
    if (row.error) return [make('p', 'text', 'No answer came.')];
    if (row.answered) return [make('p', 'short', row.short ?? ''), make('p', 'text', row.text ?? ''), note];
    const withheld = row.withheld ? `It held back: ${row.withheld}` : '';
    return [make('p', 'short', 'Refused'), make('p', 'text', row.text ?? ''), make('p', 'note', withheld), note];
  }

  function gold(row) {
    const inner = [];
    if (!row.answerable) inner.push(make('p', 'text', 'Nothing answers this: a refusal is right.'));
    if (row.answers) {
      inner.push(make('p', 'short', row.answers[0]));
      const rest = row.answers.slice(1).join(' · ');
      if (rest) inner.push(make('p', 'text', `${row.all ? 'and' : 'or'}: ${rest}`));
    }
    for (const quote of row.quotes ?? []) inner.push(make('blockquote', '', quote));
    for (const id of row.articles ?? []) inner.push(make('p', 'note', headline(id)));
    if (row.named) inner.push(make('p', 'note', `Named, and not all in the archive: ${row.named.join(', ')}`));
    if (row.filters) inner.push(make('p', 'note', `Only: ${row.filters.join(', ')}`));
    return inner;
  }

  const headline = (id) => [titleOf(id), outlets[id]].filter(Boolean).join(' · ');
  const turn = ([role, content]) => make('p', 'turn', make('b', '', `${role} `), content);

  function badge(good, yes, no) {
    return good ? make('span', 'badge good', `✓ ${yes}`) : no ? make('span', 'badge bad', `✗ ${no}`) : '';
  }

  function citation([id, quote, right, verified]) {
    return make('li', '', make('span', 'from', titleOf(id)),
      badge(right, 'proves it', 'no proof'),
      badge(verified, 'verbatim', 'not in the article'),
      make('blockquote', '', quote));
  }

  function passage([place, right, holds]) {
    const [id, words] = passages[place];
    return make('li', '', make('span', 'from', titleOf(id)),
      badge(right, 'right article', ''), badge(holds, 'holds the answer', ''),
      make('span', 'snippet', words.length < BEGINNING ? words : `${words}…`));
  }

  function times(ms) {
    const { total, ...stages } = ms;
    const said = Object.entries(stages).map(([stage, value]) => `${stage} ${value.toFixed(1)}`);
    return [...said, `in all ${(total ?? 0).toFixed(1)} ms`].join(' · ');
  }

  // From elsewhere on the page

  function jump(values) {
    form.reset();
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    filter();
    one('#questions').scrollIntoView();
    one('#questions-title').focus({ preventScroll: true });
  }

  document.addEventListener('click', (click) => {
    const { diagnosis, type, outlet, article } = click.target.closest('button')?.dataset ?? {};
    if (diagnosis) jump({ diagnosis });
    else if (type) jump({ type });
    else if (outlet || article) jump({ source: outlet ? `outlet ${outlet}` : `article ${article}` });
  });

  let waiting;
  form.addEventListener('input', (input) => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, input.target.name === 'words' ? 150 : 0);
  });
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', (submit) => submit.preventDefault());
  one('#more').addEventListener('click', () => more().querySelector('summary').focus());

  // A person's own choice outweighs the system's; where nothing may be kept, it lasts for the visit.
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const kept = (act) => { try { return act(); } catch { return null; } };
  const theme = kept(() => localStorage.getItem('footnote-theme'));
  if (theme) root.dataset.theme = theme;
  one('#theme').addEventListener('click', () => {
    const now = root.dataset.theme ?? (dark.matches ? 'dark' : 'light');
    root.dataset.theme = now === 'dark' ? 'light' : 'dark';
    kept(() => localStorage.setItem('footnote-theme', root.dataset.theme));
  });

  one('#theme').hidden = false;
  form.hidden = !rows.length;
  filter();
})();
