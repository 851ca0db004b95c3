// The theme: as chosen on the page, else as the system has it.
const chosen = localStorage.getItem('footnote-dark');
const dark = chosen ? chosen === 'true' : matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.classList.toggle('dark', dark);
