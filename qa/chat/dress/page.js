// The panes, the keyboard and the theme. What is said and shown comes from the server.
const footnote = (() => {
  const narrow = matchMedia('(max-width: 900px)');
  const trail = [];  // where each pane was opened from, so that going back is exact

  const one = (selector) => document.querySelector(selector);
  const desk = () => one('.gradio-container');

  // A pane at the side, and at the place of the conversation the archive view, if that is shown.
  function turnTo(pane, view) {
    desk().dataset.pane = pane;
    desk().dataset.view = view;
    const covered = narrow.matches && pane !== '';
    for (const id of ['masthead', 'talk', 'archive']) {
      one(`#${id}`)?.toggleAttribute('inert', covered);
    }
  }

  function show(pane, opener, view = desk().dataset.view ?? '') {
    const { pane: before = '', view: seen = '' } = desk().dataset;
    if (before === pane && seen === view) return;
    trail.push({ pane: before, view: seen, opener });
    turnTo(pane, view);
    if (narrow.matches) history.pushState({ pane }, '');  // the phone's own back button closes it
  }

  function leave() {
    const step = trail.pop();
    if (!step) return;
    turnTo(step.pane, step.view);
    mark(null);
    step.opener?.focus();
  }

  function back() {
    if (history.state?.pane) history.back();
    else leave();
  }

  // Called when a new question is asked. The focus stays where it is.
  function clear() {
    trail.length = 0;
    turnTo('', '');
  }

  // Called when the archive view is drawn.
  function survey() {
    one('#archive h2')?.focus();
  }

  // Every button that opens what is open now is marked as current.
  function mark(button) {
    for (const other of document.querySelectorAll('#history [data-place]')) {
      const { place, turn } = button?.dataset ?? {};
      if (other.dataset.place === place && other.dataset.turn === turn) {
        other.setAttribute('aria-current', 'true');
      } else other.removeAttribute('aria-current');
    }
  }

  // Called when the evidence has arrived.
  function settle() {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const evidence = one('#evidence');
      evidence.scrollTop = 0;
      evidence.querySelector('h2')?.focus({ preventScroll: true });
      const quote = evidence.querySelector('mark:not(.also)');
      const bottom = evidence.getBoundingClientRect().bottom;
      if (quote?.getBoundingClientRect().bottom > bottom) quote.scrollIntoView({ block: 'center' });
    }));
  }

  // Called when the page is filled.
  function ready() {
    dress();
    // Not on touch screens, where the keyboard would cover the page.
    if (matchMedia('(pointer: fine)').matches) one('#question textarea')?.focus();
  }

  // Called when the box holds a question to be mended.
  function write() {
    const box = one('#question textarea');
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  // Sends files one after the other; the server says what it makes of each.
  async function send(files) {
    const button = one('#upload');
    const told = { kept: [], refused: [] };
    for (const [at, file] of files.entries()) {
      button.textContent = `Sending ${at + 1} of ${files.length} …`;
      const answer = await put(file);
      const { kept, refused } = await answer.json().catch(() => ({}));
      if (kept) told.kept.push(kept);
      else told.refused.push([file.name, refused ?? `The server said ${answer.status}.`]);
    }
    button.textContent = 'Add articles';
    return told;
  }

  async function put(file) {
    const where = `uploads/${encodeURIComponent(file.name)}`;
    try {
      const answer = await fetch(where, { method: 'PUT', body: file });
      const wait = answer.status === 429 && Number(answer.headers.get('retry-after'));
      if (!wait) return answer;
      await new Promise((resolve) => { setTimeout(resolve, wait * 1000); });
      return await put(file);
    } catch {  // it hung up, as it does in the middle of what is too large
      return { status: 'nothing, and hung up', json: async () => ({}) };
    }
  }

  // Whoever is no longer signed in is led to where one does.
  const fetched = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await fetched(...asked);
    if (answer.status === 401) location.assign('login');
    return answer;
  };

  async function signOut() {
    await fetch('logout', { method: 'POST' });
    location.assign('login');
  }

  // A person's own choice outweighs the system's.
  function dress() {
    const dark = localStorage.getItem('footnote-dark');
    if (dark) document.body.classList.toggle('dark', dark === 'true');
  }

  document.addEventListener('click', (click) => {
    const button = click.target.closest('button');
    if (!button) return;
    if (button.dataset.event === 'open') {
      show('evidence', button);
      mark(button);
    } else if (button.matches('.close')) back();
    else if (button.dataset.opens) {
      show(button.dataset.opens, button);
      one(`#${button.dataset.opens} .close`).focus();
    } else if (button.dataset.event === 'narrow') {
      if (narrow.matches || desk().dataset.view) clear();
      write();
    } else if (button.dataset.event === 'about') {
      clear();
      write();
    } else if (button.dataset.event === 'survey') {
      show('', button, 'archive');
    } else if (button.dataset.event === 'undo') {
      show('evidence', button);
    } else if (button.dataset.event === 'drop') write();
    else if (button.dataset.event === 'resume') {
      if (narrow.matches) back();
    } else if (button.id === 'add-first') {
      if (narrow.matches) show('shelf', button);
      one('#upload')?.click();
    } else if (button.id === 'leave') {
      signOut();
    } else if (button.id === 'theme') {
      localStorage.setItem('footnote-dark', !document.body.classList.contains('dark'));
      dress();
    } else if (button.dataset.event === 'restart') while (trail.length) leave();
  });
  document.addEventListener('keydown', (key) => {
    if (key.key === 'Escape' && trail.length) back();
  });
  addEventListener('popstate', leave);
  narrow.addEventListener('change', () => {
    turnTo(desk().dataset.pane ?? '', desk().dataset.view ?? '');
  });
  dress();
  return { clear, ready, send, settle, survey, write };
})();
