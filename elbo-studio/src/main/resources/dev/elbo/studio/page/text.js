import {html} from 'lit';
import {View, t, get, post, runPath, problem} from './base.js';

/** What a model of text can do: write, go from one sentence to another, say again in a style, answer. */
class Text extends View {
  static properties = {name: {}, can: {state: true}, tab: {state: true}, lines: {state: true}, failure: {state: true}, busy: {state: true}, turns: {state: true}};
  constructor() { super(); this.turns = []; this.lines = []; this.seed = 1; }
  willUpdate(changed) { if (changed.has('name')) this.load(); }
  async load() {
    try {
      this.can = await get(runPath(this.name, '/text'));
      this.tabs = ['write', 'between', ...(this.can.styles.length ? ['transfer'] : []), 'chat'].filter(x => x === 'transfer' || this.can[x]);
      this.tab = this.tabs[0];
    } catch (e) { this.failure = e; }
  }
  async send(e) {
    e.preventDefault();
    const form = Object.fromEntries(new FormData(e.target));
    this.busy = true;
    this.failure = undefined;
    try {
      const seed = this.seed++, temperature = +form.temperature;
      const asks = {
        write: () => ({count: +form.count, temperature, first: form.first, keyword: form.keyword ?? '', given: Object.fromEntries(Object.keys(this.can.classes).map(k => [k, form['given-' + k]]).filter(([, v]) => v)), seed}),
        between: () => ({from: form.from, to: form.to, steps: 9, temperature, seed}),
        transfer: () => ({lines: form.lines.split('\n').map(l => l.trim()).filter(Boolean), from: form.style, to: form.into, temperature, seed}),
        chat: () => { this.turns = [...this.turns, form.said]; return {turns: this.turns, temperature, seed}; }
      };
      const {lines} = await post(runPath(this.name, '/text/' + this.tab), asks[this.tab]());
      if (this.tab === 'chat') { this.turns = [...this.turns, lines[0]]; e.target.said.value = ''; } else this.lines = lines;
    } catch (failure) { this.failure = failure; if (this.tab === 'chat') this.turns = this.turns.slice(0, -1); }
    this.busy = false;
  }
  number(name, value, max, step, least = 0) { return html`<div class="field"><label for=${name}>${t(name)}</label><input id=${name} name=${name} type="number" min=${least} max=${max} step=${step} value=${value} required></div>`; }
  word(name, label = t(name), required = false) { return html`<div class="field"><label for=${name}>${label}</label><input id=${name} name=${name} maxlength="200" autocomplete="off" ?required=${required}></div>`; }
  choice(name, label, options, any) { return html`<div class="field"><label for=${name}>${label}</label><select id=${name} name=${name}>${any ? html`<option value="">${t('inTurn')}</option>` : ''}${options.map(o => html`<option>${o}</option>`)}</select></div>`; }
  fields() {
    const styles = this.can.styles;
    switch (this.tab) {
      case 'write': return html`${Object.entries(this.can.classes).map(([k, names]) => this.choice('given-' + k, k, names, true))}${this.word('first')}${this.can.keyword ? this.word('keyword') : ''}${this.number('count', 8, 50, 1, 1)}${this.number('temperature', .8, 5, .1)}`;
      case 'between': return html`${this.word('from', t('from'), true)}${this.word('to', t('to'), true)}${this.number('temperature', 0, 5, .1)}`;
      case 'transfer': return html`<div class="field whole"><label for="lines">${t('sentences')}</label><textarea id="lines" name="lines" required maxlength="4000"></textarea></div>${this.choice('style', t('from'), styles)}${this.choice('into', t('to'), [...styles].reverse())}${this.number('temperature', 0, 5, .1)}`;
      default: return html`${this.word('said', t('yourTurn'), true)}${this.number('temperature', .8, 5, .1)}`;
    }
  }
  render() {
    if (!this.can) return html`${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
    return html`<section class="card"><header>${this.tabs.length > 1 ? html`<div class="seg" role="group" aria-label=${t('text')}>${this.tabs.map(x => html`<button aria-pressed=${this.tab === x} @click=${() => { this.tab = x; this.lines = []; }}>${t(x)}</button>`)}</div>` : html`<h2>${t(this.tab)}</h2>`}
      ${this.tab === 'chat' ? html`<button @click=${() => { this.turns = []; }}>${t('anew')}</button>` : ''}</header>
      ${this.tab === 'chat' ? html`<ol class="talk" aria-live="polite">${this.turns.map((turn, i) => html`<li class=${i % 2 ? 'theirs' : 'ours'}>${turn}</li>`)}</ol>` : ''}
      <form @submit=${this.send}><div class="fields">${this.fields()}</div><div class="row end"><button class="primary" ?disabled=${this.busy}>${t(this.busy ? 'working' : this.tab === 'chat' ? 'say' : this.tab)}</button></div></form></section>
      ${problem(this.failure)}
      ${this.lines.length ? html`<section class="card" aria-live="polite"><ol class="written">${this.lines.map(line => html`<li>${line}</li>`)}</ol></section>` : ''}`;
  }
}
customElements.define('elbo-text', Text);
