// A classic script in the head: the theme is set before the first paint.
const chosen = localStorage.getItem('theme');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
// The token is in the cookie by now: it need not stand in the address and the history.
if (location.search) history.replaceState(null, '', '/' + location.hash);
