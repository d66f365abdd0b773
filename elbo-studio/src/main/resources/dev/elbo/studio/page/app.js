import {html, svg} from 'lit';
import {View, t, state, setLanguage, setTheme, isDark} from './base.js';
import './runs.js';

const icons = {
  runs: svg`<path d="M4 19V5M4 19h16M7 15l4-5 3 3 5-7"/>`,
  train: svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 8v8M8 12h8"/>`,
  compare: svg`<path d="M4 17c4 0 4-9 8-9s4 5 8 5M4 9c4 0 5 8 9 8s4-3 7-3"/>`,
  handbook: svg`<path d="M12 6c-2-1.500-5-1.500-8-1v13c3-.5 6-.5 8 1 2-1.500 5-1.500 8-1V5c-3-.5-6-.5-8 1zM12 6v13"/>`
};
// Each page's module is fetched when it is shown first.
const pages = {
  runs: {show: () => html`<elbo-runs></elbo-runs>`},
  run: {load: () => import('./run.js'), show: rest => html`<elbo-run .name=${rest[0]} .tab=${rest[1] || 'overview'} .hash=${rest[2] || ''}></elbo-run>`},
  train: {load: () => import('./train.js'), show: rest => html`<elbo-train .query=${rest[0] || ''}></elbo-train>`},
  compare: {load: () => import('./compare.js'), show: () => html`<elbo-compare></elbo-compare>`},
  handbook: {load: () => import('./handbook.js'), show: rest => html`<elbo-handbook .page=${rest[0] || ''}></elbo-handbook>`}
};

class Studio extends View {
  constructor() {
    super();
    this.route();
    addEventListener('hashchange', () => { const before = this.page + this.rest[0]; this.route(); this.requestUpdate(); if (before !== this.page + this.rest[0]) scrollTo(0, 0); });
  }
  /** #/page/what/part/state: what lies behind the third stroke is the part's own. */
  route() {
    const [page, ...rest] = location.hash.slice(2).split('/');
    this.page = pages[page] ? page : 'runs';
    this.rest = [...rest.slice(0, 2), rest.slice(2).join('/')].map(part => { try { return decodeURIComponent(part ?? ''); } catch { return part; } });
    pages[this.page].load?.();
  }
  render() {
    const current = this.page === 'run' ? 'runs' : this.page, dark = isDark();
    return html`<a class="skip" href="#page" @click=${e => { e.preventDefault(); this.querySelector('main').focus(); }}>${t('skip')}</a>
      <aside><a class="brand" href="#/runs"><img src="/app/icon.svg" alt="" width="30" height="30"><span>Elbo</span></a>
      <nav aria-label=${t('studio')}>${Object.keys(icons).map(p => html`<a href="#/${p}" aria-current=${current === p ? 'page' : 'false'}><svg viewBox="0 0 24 24" aria-hidden="true">${icons[p]}</svg><span>${t(p)}</span></a>`)}</nav>
      <div class="tools"><div class="seg" role="group" aria-label="Language / 语言">${[['en', 'EN'], ['zh', '中文']].map(([l, name]) => html`<button aria-pressed=${state.lang === l} @click=${() => setLanguage(l)}>${name}</button>`)}</div>
        <button class="icon" aria-label=${t('theme')} title=${t('theme')} @click=${() => setTheme(dark ? 'light' : 'dark')}><svg viewBox="0 0 24 24" aria-hidden="true">${dark ? svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400"/>` : svg`<path d="M20 14a8 8 0 1 1-10-10 6.500 6.500 0 0 0 10 10z"/>`}</svg></button></div></aside>
      <main tabindex="-1">${pages[this.page].show(this.rest)}</main>`;
  }
}
customElements.define('elbo-studio', Studio);
