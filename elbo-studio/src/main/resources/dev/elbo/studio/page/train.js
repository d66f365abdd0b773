import {html} from 'lit';
import {View, t, state, get, post, problem, number} from './base.js';
import {grid} from './pictures.js';
import {fromBase64} from './codes.js';

const common = ['epochs', 'batch', 'learningRate'];

/** A form of what a recipe and its training have as options. */
class Train extends View {
  static properties = {query: {}, look: {state: true}, looking: {state: true}, lookProblem: {state: true}, chosen: {state: true}, recipes: {state: true}, data: {state: true}, recipe: {state: true}, failure: {state: true}, busy: {state: true}, set: {state: true}, all: {state: true}};
  constructor() { super(); this.set = {}; this.given = {seed: '1', pixels: ''}; }
  willUpdate(changed) { if (changed.has('query') || !this.hasUpdated && !this.recipes) { if (this.recipes) this.begin(); else this.start(); } }
  async start() {
    try {
      [this.recipes, this.data] = (await Promise.all([get('/recipes'), get('/data')])).map((x, i) => i ? x : x.recipes);
      await this.begin();
    } catch (e) { this.failure = e; }
  }
  /** What the address asks for, as of a command of the handbook: recipe, data and options; else the first of all. */
  async begin() {
    const asked = new URLSearchParams(this.query ?? ''), data = asked.get('data'), sets = Object.fromEntries(asked);
    await this.choose(this.recipes.some(r => r.name === asked.get('recipe')) ? asked.get('recipe') : 'vae');
    const options = this.recipe ? [...this.recipe.options, ...this.recipe.training] : [];
    this.set = Object.fromEntries(options.filter(o => sets['set.' + o.name] !== undefined).map(o => [o.name, sets['set.' + o.name]]));
    this.given = {seed: asked.get('seed') ?? '1', pixels: sets['set.pixels'] ?? ''};
    const known = this.data.sets.find(d => d.name === data);
    if (data && !known) this.unknown = data;
    await this.lookAt('set:' + (known ?? this.data.sets[0]).name);
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
  /** What the data are, before they are trained on; nothing is fetched for that. */
  async lookAt(chosen) {
    this.chosen = chosen;
    this.look = this.lookProblem = undefined;
    this.looking = true;
    const [kind, name] = chosen.split(/:(.*)/s);
    try {
      const look = await get(`/data/look?${kind}=${encodeURIComponent(name)}`);
      if (this.chosen === chosen) this.look = look;
    } catch (e) { if (this.chosen === chosen) this.lookProblem = e; }
    if (this.chosen === chosen) this.looking = false;
  }
  updated(changed) { if (changed.has('look') && this.look?.examples) grid(this.querySelector('canvas.glimpse'), fromBase64(this.look.examples.pixels).buffer, this.look.examples, innerWidth < 700 ? 8 : 16); }
  counted(counts, most = 14) {
    const all = Object.entries(counts);
    return all.slice(0, most).map(([name, n]) => `${name} ${number(n, 0)}`).join(' · ') + (all.length > most ? ` … ${number(all.length, 0)}` : '');
  }
  seen() {
    const l = this.look;
    if (!l) return html`${problem(this.lookProblem)}${this.looking ? html`<p class="mute small">${t('lookingAt')}</p>` : ''}`;
    if (!l.fetched) return html`<p class="note">${t('notHere')} ${number(l.downloadBytes / 1e6, 0)} MB · ${l.title} · ${l.licence}</p>`;
    const row = (label, value) => value ? html`<dt>${label}</dt><dd>${value}</dd>` : '';
    return html`<div class="look">${l.examples ? html`<canvas class="pixel wide glimpse" role="img" aria-label=${t('someExamples')}></canvas>` : ''}
      ${l.lines ? html`<ul class="glimpse">${l.lines.slice(0, 8).map(line => html`<li>${line}</li>`)}</ul>` : ''}
      <dl>${row(t('splits'), this.counted(Object.fromEntries(Object.entries(l.splits).map(([s, n]) => [t(s === 'train' ? 'train_' : s), n]))))}${Object.entries(l.fields).map(([name, about]) => row(name, about))}${row(t('classes'), this.counted(l.classes))}${row(t('sizes'), this.counted(l.sizes))}${row(t('passedOver'), this.counted(l.passedOver))}${l.seconds ? row(t('length'), `${number(l.seconds.total / 60)} ${t('minutes')}`) : ''}${l.notes.map(note => row(t('note'), note))}</dl></div>`;
  }
  /** A text in the language of the page. */
  said(what, name) { return what[state.lang === 'zh' ? name + 'Zh' : name]; }
  /** What suits the data better than a recipe's defaults holds where nothing is said, as on the command line. */
  suits() { return this.look?.suits?.[this.recipe.name] ?? {}; }
  field(o) {
    const usual = this.suits()[o.name] ?? o.value, id = 'o-' + o.name, changed = v => { this.set = {...this.set, [o.name]: v === usual ? undefined : v}; };
    const now = this.set[o.name] ?? usual, isNumber = /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(o.value);
    return html`<div class="field ${this.set[o.name] !== undefined ? 'set' : ''}"><label for=${id}>${o.name}</label>
      ${o.choices.length ? html`<select id=${id} @change=${e => changed(e.target.value)}>${o.choices.map(c => html`<option ?selected=${c === now}>${c}</option>`)}</select>`
        : html`<input id=${id} .value=${now} inputmode=${isNumber ? 'decimal' : 'text'} spellcheck="false" autocomplete="off" aria-describedby=${id + '-a'} @change=${e => changed(e.target.value.trim())}>`}
      <small id=${id + '-a'}>${usual !== o.value ? html`<em class="suits">${t('suitsData')} ${o.value}</em><br>` : ''}${this.said(o, 'about')}</small></div>`;
  }
  /** How pixels may be treated depends on the likelihood: that of the recipe has several ways, any other one. */
  pixels(r) {
    const option = r.options.find(o => o.name === 'likelihood'), now = this.set.likelihood ?? this.suits().likelihood;
    if (r.pixels.length < 2) return '';
    const ways = option && now && now !== option.value ? ['grey'] : r.pixels;
    return html`<div class="field"><label for="pixels">pixels</label><select id="pixels" name="pixels"><option value="">${ways[0]}</option>${ways.slice(1).map(p => html`<option ?selected=${p === this.given.pixels}>${p}</option>`)}</select><small>${t('pixelsHint')}</small></div>`;
  }
  render() {
    const r = this.recipe;
    if (!r || !this.data) return html`<header class="top"><h1>${t('startTraining')}</h1></header>${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
    const groups = [...new Set(this.recipes.map(x => x.group))], rest = r.training.filter(o => !common.includes(o.name));
    return html`<header class="top"><h1>${t('startTraining')}</h1></header>
      <form class="stack" @submit=${this.send}>
      <section class="card"><div class="fields two"><div class="field"><label for="recipe">${t('recipe')}</label><select id="recipe" name="recipe" @change=${e => this.choose(e.target.value)}>${groups.map(g => html`<optgroup label=${this.said(this.recipes.find(x => x.group === g), 'group')}>${this.recipes.filter(x => x.group === g).map(x => html`<option ?selected=${x.name === r.name}>${x.name}</option>`)}</optgroup>`)}</select><small>${this.said(r, 'when')}</small></div>
        <div class="field"><label for="data">${t('data')}</label><select id="data" name="data" @change=${e => this.lookAt(e.target.value)}><optgroup label=${t('published')}>${this.data.sets.map(d => html`<option value="set:${d.name}" ?selected=${this.chosen === 'set:' + d.name}>${d.name}${d.here ? '' : ` · ${t('fetched')} ${Math.ceil(d.bytes / 1e6)} MB`}</option>`)}</optgroup>
          ${this.data.ofRuns.length ? html`<optgroup label=${t('ofRun')}>${this.data.ofRuns.map(d => html`<option value="run:${d.run}" ?selected=${this.chosen === 'run:' + d.run}>${d.title} · ${d.run}</option>`)}</optgroup>` : ''}</select><small>${t('dataHint')}</small>${this.unknown ? html`<p class="note small">${t('ownData')} <code>--data ${this.unknown}</code></p>` : ''}</div></div>
        ${this.seen()}<p class="lead small">${this.said(r, 'summary')}</p><p class="mute small"><code>${r.equation}</code> · ${r.source}</p></section>
      <section class="card"><header><h2>${t('modelOptions')}</h2></header><div class="fields">${r.options.map(o => this.field(o))}</div></section>
      <section class="card"><header><h2>${t('trainingOptions')}</h2></header><div class="fields">${r.training.filter(o => common.includes(o.name)).map(o => this.field(o))}
        ${this.pixels(r)}
        <div class="field"><label for="seed">seed</label><input id="seed" name="seed" type="number" min="0" max="2147483647" step="1" .value=${this.given.seed} required><small>${t('seedHint')}</small></div></div>
        <details><summary>${t('moreOptions')}</summary><div class="fields">${rest.map(o => this.field(o))}</div></details></section>
      ${problem(this.failure)}
      <div class="row"><button class="primary" ?disabled=${this.busy}>${t(this.busy ? 'starting' : 'startTraining')}</button><span class="mute small">${t('goesOn')}</span></div></form>`;
  }
}
customElements.define('elbo-train', Train);
