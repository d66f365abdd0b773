// Draws the formulae, and leads to the same chapter in the other language.
for (const formula of document.querySelectorAll('.math')) {
  katex.render(formula.textContent, formula, { displayMode: formula.classList.contains('display'), throwOnError: false });
}
const here = location.pathname.split('/').pop();
for (const link of document.querySelectorAll('nav a')) {
  if (link.dataset.other) link.href = '../' + link.dataset.other + '/' + here;
  else if (link.getAttribute('href') === here) link.setAttribute('aria-current', 'page');
}
