import {html} from 'lit';
import {View, t, get, post, problem} from './base.js';

const common = ['epochs', 'batch', 'learningRate'];

/** A form of what a recipe and its training have as options. */
class Train extends View {
  static properties = {recipes: {state: true}, data: {state: true}, recipe: {state: true}, failure: {state: true}, busy: {state: true}, set: {state: true}, all: {state: true}};
  constructor() { super(); this.set = {}; this.start(); }
  async start() {
    try {
      [this.recipes, this.data] = (await Promise.all([get('/recipes'), get('/data')])).map((x, i) => i ? x : x.recipes);
      await this.choose('vae');
    } catch (e) { this.failure = e; }
  }
  async choose(name) {
    try { this.recipe = await get('/recipes/' + encodeURIComponent(name)); this.set = {}; this.failure = undefined; } catch (e) { this.failure = e; }
  }
  async send(e) {
    e.preventDefault();
    const form = new FormData(e.target), [kind, name] = form.get('data').split(/:(.*)/s);
    const settings = Object.fromEntries(Object.entries(this.set).filter(([, v]) => v !== undefined));
    if (form.get('pixels')) settings.pixels = form.get('pixels');
    this.busy = true;
    this.failure = undefined;
    try {
      const run = await post('/runs', {recipe: this.recipe.name, ...(kind === 'run' ? {dataOf: name} : {data: name}), seed: +form.get('seed'), settings});
      location.hash = '#/run/' + encodeURIComponent(run.name);
    } catch (failure) { this.failure = failure; }
    this.busy = false;
  }
  field(o) {
    const id = 'o-' + o.name, changed = v => { this.set = {...this.set, [o.name]: v === o.value ? undefined : v}; };
    const now = this.set[o.name] ?? o.value, isNumber = /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(o.value);
    return html`<div class="field ${this.set[o.name] !== undefined ? 'set' : ''}"><label for=${id}>${o.name}</label>
      ${o.choices.length ? html`<select id=${id} @change=${e => changed(e.target.value)}>${o.choices.map(c => html`<option ?selected=${c === now}>${c}</option>`)}</select>`
        : html`<input id=${id} .value=${now} inputmode=${isNumber ? 'decimal' : 'text'} spellcheck="false" autocomplete="off" aria-describedby=${id + '-a'} @change=${e => changed(e.target.value.trim())}>`}
      <small id=${id + '-a'}>${o.about}</small></div>`;
  }
  render() {
    const r = this.recipe;
    if (!r || !this.data) return html`<header class="top"><h1>${t('startTraining')}</h1></header>${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
    const groups = [...new Set(this.recipes.map(x => x.group))], rest = r.training.filter(o => !common.includes(o.name));
    return html`<header class="top"><h1>${t('startTraining')}</h1></header>
      <form class="stack" @submit=${this.send}>
      <section class="card"><div class="fields two"><div class="field"><label for="recipe">${t('recipe')}</label><select id="recipe" name="recipe" @change=${e => this.choose(e.target.value)}>${groups.map(g => html`<optgroup label=${g}>${this.recipes.filter(x => x.group === g).map(x => html`<option ?selected=${x.name === r.name}>${x.name}</option>`)}</optgroup>`)}</select><small>${r.when}</small></div>
        <div class="field"><label for="data">${t('data')}</label><select id="data" name="data"><optgroup label=${t('published')}>${this.data.sets.map(d => html`<option value="set:${d.name}">${d.name}${d.here ? '' : ` · ${t('fetched')} ${Math.ceil(d.bytes / 1e6)} MB`}</option>`)}</optgroup>
          ${this.data.ofRuns.length ? html`<optgroup label=${t('ofRun')}>${this.data.ofRuns.map(d => html`<option value="run:${d.run}">${d.title} · ${d.run}</option>`)}</optgroup>` : ''}</select><small>${t('dataHint')}</small></div></div>
        <p class="lead small">${r.summary}</p><p class="mute small"><code>${r.equation}</code> · ${r.source}</p></section>
      <section class="card"><header><h2>${t('modelOptions')}</h2></header><div class="fields">${r.options.map(o => this.field(o))}</div></section>
      <section class="card"><header><h2>${t('trainingOptions')}</h2></header><div class="fields">${r.training.filter(o => common.includes(o.name)).map(o => this.field(o))}
        ${r.pixels.length > 1 ? html`<div class="field"><label for="pixels">pixels</label><select id="pixels" name="pixels"><option value="">${r.pixels[0]}</option>${r.pixels.slice(1).map(p => html`<option>${p}</option>`)}</select><small>${t('pixelsHint')}</small></div>` : ''}
        <div class="field"><label for="seed">seed</label><input id="seed" name="seed" type="number" min="0" max="2147483647" step="1" value="1" required><small>${t('seedHint')}</small></div></div>
        <details><summary>${t('moreOptions')}</summary><div class="fields">${rest.map(o => this.field(o))}</div></details></section>
      ${problem(this.failure)}
      <div class="row"><button class="primary" ?disabled=${this.busy}>${t(this.busy ? 'starting' : 'startTraining')}</button><span class="mute small">${t('goesOn')}</span></div></form>`;
  }
}
customElements.define('elbo-train', Train);
