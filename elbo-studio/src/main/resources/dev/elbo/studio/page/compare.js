import {html} from 'lit';
import {View, t, get, Listening, runPath, number, epochs, problem} from './base.js';
import './curve.js';

/** Curves of several runs over each other. */
class Compare extends View {
  static properties = {runs: {state: true}, chosen: {state: true}, term: {state: true}, axis: {state: true}, split: {state: true}, kept: {state: true}, failure: {state: true}};
  constructor() { super(); this.runs = []; this.chosen = JSON.parse(sessionStorage.getItem('compared') ?? '[]'); this.term = 'negElbo'; this.axis = 'epoch'; this.split = 'training'; this.kept = {}; }
  connectedCallback() {
    super.connectedCallback();
    this.source = new Listening('/events', {runs: data => {
      this.runs = JSON.parse(data).runs.filter(r => !r.shipped && !r.problem);
      const names = this.runs.map(r => r.name);
      this.chosen = this.chosen.filter(n => names.includes(n));
      if (!this.chosen.length) this.chosen = this.alike();
      this.load();
    }});
  }
  disconnectedCallback() { super.disconnectedCallback(); this.source.close(); }
  async load() {
    try {
      const all = await Promise.all(this.chosen.map(async name => [name, await get(runPath(name, '/metrics'))]));
      this.kept = Object.fromEntries(all);
      this.failure = undefined;
    } catch (e) { this.failure = e; }
  }
  /** The run begun last and others of its data: curves of other data lie far from them. */
  alike() {
    const latest = this.runs.toSorted((a, b) => (b.started ?? '').localeCompare(a.started ?? ''));
    return latest.filter(r => r.data === latest[0].data).slice(0, 4).map(r => r.name);
  }
  toggle(name) {
    this.chosen = this.chosen.includes(name) ? this.chosen.filter(n => n !== name) : [...this.chosen, name];
    sessionStorage.setItem('compared', JSON.stringify(this.chosen));
    this.load();
  }
  select(label, value, options, chosen) {
    return html`<label class="inline">${label} <select @change=${e => chosen(e.target.value)}>${options.map(o => html`<option value=${o} ?selected=${o === value}>${t({training: 'trainCurve', validation: 'validCurve'}[o] ?? o)}</option>`)}</select></label>`;
  }
  render() {
    const own = this.chosen.map(name => ({name, terms: this.kept[name]?.[this.split] ?? {}, colour: this.runs.findIndex(r => r.name === name)}));
    const terms = [...new Set(own.flatMap(o => Object.keys(o.terms)))];
    const lines = own.filter(o => o.terms[this.term]).map(o => ({label: o.name, colour: o.colour, points: o.terms[this.term].map(([step, epoch, v]) => [this.axis === 'epoch' ? epoch : step, v])}));
    return html`<header class="top"><h1>${t('compare')}</h1></header>${problem(this.failure)}
      ${this.runs.length ? html`<section class="card"><header><div><h2>${t(this.term)}</h2></div><div class="row">${this.select(t('term'), this.term, terms.length ? terms : ['negElbo'], v => { this.term = v; })}${this.select('', this.split, ['training', 'validation'], v => { this.split = v; })}${this.select('', this.axis, ['epoch', 'step'], v => { this.axis = v; })}</div></header>
        <elbo-curve .lines=${lines} label=${t(this.axis)}></elbo-curve></section>
      <section class="card wide"><table><thead><tr><th></th><th>${t('run')}</th><th>${t('recipe')}</th><th>${t('data')}</th><th class="num">${t('epochTile')}</th><th class="num">${t('negElbo')}</th></tr></thead>
        <tbody>${this.runs.map((r, i) => html`<tr><td><label class="pick"><input type="checkbox" aria-label=${r.name} .checked=${this.chosen.includes(r.name)} @change=${() => this.toggle(r.name)}><i class="dot k${i % 10}"></i></label></td><td><a href="#/run/${encodeURIComponent(r.name)}">${r.name}</a></td><td>${r.recipe}</td><td>${r.data}</td><td class="num">${epochs(r.epochs)}</td><td class="num">${number(r.negElbo)}</td></tr>`)}</tbody></table></section>`
        : html`<div class="card empty"><p><b>${t('noRuns')}</b></p><p class="mute">${t('noRunsHint')}</p></div>`}`;
  }
}
customElements.define('elbo-compare', Compare);
