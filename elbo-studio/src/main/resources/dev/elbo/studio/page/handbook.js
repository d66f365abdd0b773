import {html} from 'lit';
import {View, t, state, get, address, problem} from './base.js';
import {enliven, formOf} from './live.js';

const policy = globalThis.trustedTypes?.createPolicy('handbook', {createHTML: text => text}) ?? {createHTML: text => text};
const css = document.createElement('link');
css.rel = 'stylesheet';
css.href = '/lib/katex/0.16.4/dist/katex.min.css';
document.head.append(css);

/** A chapter of the handbook: HTML of our own server, formulae by KaTeX. */
class Handbook extends View {
  static properties = {page: {}, pages: {state: true}, failure: {state: true}};
  updated() { if (this.asked !== state.lang + this.page) this.show(); }
  async show() {
    const asked = this.asked = state.lang + this.page;
    try {
      if (this.pagesOf !== state.lang) { this.pages = (await get('/handbook/' + state.lang)).pages; this.pagesOf = state.lang; }
      const name = this.page || this.pages[0].name, [katex, response] = await Promise.all([import('katex'), fetch(address(`/handbook/${state.lang}/${encodeURIComponent(name)}`))]);
      if (!response.ok) throw new Error((await response.json()).detail);
      const text = await response.text();
      if (asked !== this.asked) return;
      const box = this.querySelector('article');
      // Parsed where no picture is fetched: its address is set right first.
      const page = new DOMParser().parseFromString(policy.createHTML(text), 'text/html');
      for (const image of page.querySelectorAll('img')) {
        image.src = address('/handbook-figures/' + image.getAttribute('src').split('/').pop());
        image.loading = 'lazy';
      }
      for (const link of page.querySelectorAll('a[href]')) this.lead(link);
      for (const code of page.querySelectorAll('pre > code')) this.offer(code);
      enliven(page.body, page);
      box.replaceChildren(...page.body.childNodes);
      // render() sets styles by property, which the policy allows; renderToString() would make attributes.
      for (const node of box.querySelectorAll('.math')) katex.default.render(node.textContent, node, {displayMode: node.classList.contains('display'), throwOnError: false, trust: false, maxExpand: 300, maxSize: 20});
      box.dataset.ready = state.lang;
      this.failure = undefined;
    } catch (e) { this.failure = e; }
  }
  /** Links to chapters stay in the studio; those to sources have nowhere to lead here and become text. */
  lead(link) {
    const to = link.getAttribute('href'), chapter = /^(?:\.\.\/(?:en|zh)\/)?(\d\d-[\w-]+)\.md/.exec(to);
    if (chapter) link.setAttribute('href', '#/handbook/' + chapter[1]);
    else if (to.startsWith('#')) { const id = to.slice(1); link.setAttribute('href', '#/handbook/' + (this.page || '')); link.addEventListener('click', e => { e.preventDefault(); document.getElementById(id)?.scrollIntoView(); }); }
    else if (/^https?:/.test(to)) { link.target = '_blank'; link.rel = 'noopener noreferrer'; }
    else { const span = document.createElement('span'); span.title = to.replace(/^(\.\.\/)+/, ''); span.append(...link.childNodes); link.replaceWith(span); }
  }
  /** A command can be copied with one click, and one that trains be run: it fills in the form, which then is sent by hand. */
  offer(code) {
    if (!code.textContent.startsWith('./elbo')) return;
    const bar = document.createElement('div'), button = document.createElement('button'), lines = code.textContent.trim().replace(/\\\n\s*/g, ' ').split('\n'), forms = lines.map(formOf).filter(Boolean);
    bar.className = 'offers';
    forms.forEach((form, i) => {
      const link = document.createElement('a');
      link.className = 'button run';
      link.href = form;
      link.textContent = t('runIt') + (forms.length > 1 ? ` ${i + 1}` : '');
      bar.append(link);
    });
    button.className = 'copy';
    button.textContent = t('copy');
    button.addEventListener('click', () => navigator.clipboard.writeText(code.textContent.trim()).then(() => { button.textContent = t('copied'); }));
    bar.append(button);
    code.parentElement.append(bar);
  }
  render() {
    const current = this.page || this.pages?.[0]?.name, at = (this.pages ?? []).findIndex(p => p.name === current);
    const step = (i, label) => this.pages?.[i] ? html`<a class="button" href="#/handbook/${this.pages[i].name}">${label(this.pages[i].title)}</a>` : html`<span></span>`;
    return html`<header class="top"><h1>${t('handbook')}</h1></header>${problem(this.failure)}
      <div class="book"><nav class="chapters" aria-label=${t('handbook')}>${(this.pages ?? []).map(p => html`<a href="#/handbook/${p.name}" aria-current=${p.name === current ? 'page' : 'false'}>${p.title}</a>`)}</nav>
      <div class="card"><article></article><div class="row turn">${step(at - 1, x => '← ' + x)}<span class="grow"></span>${step(at + 1, x => x + ' →')}</div></div></div>`;
  }
}
customElements.define('elbo-handbook', Handbook);
