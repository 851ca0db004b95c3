// What outlives the page: who this browser is, which conversation the address names, and files.
const keeping = (() => {
  const COOKIE = 'footnote-browser';

  // A random name for this browser, by which it finds its conversations again.
  if (!document.cookie.split('; ').some((one) => one.startsWith(`${COOKIE}=`))) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const id = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${COOKIE}=${id}; Path=/; Max-Age=31536000; SameSite=Strict${secure}`;
  }

  let open = '';  // the conversation that is open

  // Called whenever the drawer is drawn: the address names the open conversation.
  function at(id) {
    open = id;
    if (location.hash.split('/')[0] === (id && `#${id}`)) return;
    history.replaceState(history.state, '', location.pathname + location.search + (id && `#${id}`));
  }

  // Called when the page is filled: goes to the answer that the address names.
  function arrive() {
    const number = /^#\w+\/(\d+)$/.exec(location.hash)?.[1];
    if (!number || !open) return;
    history.replaceState(history.state, '', `#${open}`);
    const turn = document.querySelector(`.turn[data-number="${number - 1}"]`);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      turn?.scrollIntoView({ block: 'start' });
      turn?.classList.add('linked');
    }));
  }

  function save(file) {
    const { name, type, text } = JSON.parse(file);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function copy(button, text) {
    try {
      await navigator.clipboard.writeText(text);
      button.dataset.said ??= button.textContent;
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = button.dataset.said; }, 1500);
    } catch {
      prompt('Copy this:', text);  // a page that is not served over https has no clipboard
    }
  }

  document.addEventListener('click', (click) => {
    const button = click.target.closest('button');
    if (button?.dataset.link) {
      const { origin, pathname } = location;
      copy(button, `${origin}${pathname}#${open}/${button.dataset.link}`);
    } else if (button?.dataset.copy) copy(button, button.dataset.copy);
  });
  // A link that is put into the address of an open page.
  addEventListener('hashchange', () => {
    if (location.hash.split('/')[0] !== (open && `#${open}`)) location.reload();
    else arrive();
  });
  return { arrive, at, save };
})();
