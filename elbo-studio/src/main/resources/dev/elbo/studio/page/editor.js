import {html} from 'lit';
import {View, t, get, post, postBytes, upload, runPath, problem, number, Newest} from './base.js';
import {draw, grid, save} from './pictures.js';

const MOST_STEPS = 200, STRIP = 11, FIRST_SLIDERS = 12;

/** One picture by its code: an example, a picture that is sent, or a chance one; moved by sliders, kept as A and B, undone and done again. */
class Editor extends View {
  static properties = {name: {}, hash: {}, model: {state: true}, failure: {state: true}, point: {state: true}, classes: {state: true}, source: {state: true}, all: {state: true}, a: {state: true}, b: {state: true}, ms: {state: true}, rows: {state: true}, past: {state: true}, future: {state: true}};
  constructor() {
    super();
    this.past = []; this.future = []; this.classes = {};
    this.decode = new Newest(state => this.show(state));
    this.keys = e => {
      if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 'z' || /INPUT|TEXTAREA/.test(e.target.tagName) && e.target.type !== 'range') return;
      e.preventDefault();
      this.step(e.shiftKey);
    };
  }
  connectedCallback() { super.connectedCallback(); addEventListener('keydown', this.keys); }
  disconnectedCallback() { super.disconnectedCallback(); removeEventListener('keydown', this.keys); clearTimeout(this.writing); }
  willUpdate(changed) { if (changed.has('name')) { this.model = undefined; this.load(); } }
  async load() {
    try {
      const model = await get(runPath(this.name, '/model'));
      if (!model.dimensions) throw new Error(t('noVectors'));
      const rates = model.vectors.flatMap(v => v.rates.length ? v.rates : new Array(v.dimensions).fill(NaN)), names = model.vectors.flatMap(v => Array.from({length: v.dimensions}, (_, i) => model.vectors.length > 1 ? `${v.name} ${i}` : v.name + i));
      this.sliders = names.map((label, d) => ({d, label, rate: rates[d]})).sort((p, q) => (q.rate || 0) - (p.rate || 0));
      this.model = model;
      const kept = this.read();
      if (kept) { this.source = kept.source; this.set(kept.point, kept.classes, false); } else if (model.examples) await this.example(0, false); else this.random(false);
      if (model.examples) this.gallery();
    } catch (e) { this.failure = e; }
  }
  /** The state that the link has: a point of as many numbers as the model has dimensions. */
  read() {
    try {
      const kept = JSON.parse(this.hash || 'null');
      return kept && Array.isArray(kept.z) && kept.z.length === this.model.dimensions && kept.z.every(Number.isFinite) ? {point: kept.z, classes: kept.c ?? {}, source: kept.s} : undefined;
    } catch { return undefined; }
  }
  write() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => {
      const kept = JSON.stringify({z: this.point.map(v => +v.toFixed(3)), c: this.classes, s: this.source});
      history.replaceState(null, '', `#/run/${encodeURIComponent(this.name)}/editor/${encodeURIComponent(kept)}`);
    }, 200);
  }
  set(point, classes = this.classes, undoable = true) {
    if (undoable && this.point) { this.past = [...this.past, {point: this.point, classes: this.classes}].slice(-MOST_STEPS); this.future = []; }
    this.point = point;
    this.classes = classes;
    this.decode.push({point, classes});
    this.write();
  }
  step(forward) {
    const [from, to] = forward ? ['future', 'past'] : ['past', 'future'];
    if (!this[from].length) return;
    const next = this[from].at(-1);
    this[to] = [...this[to], {point: this.point, classes: this.classes}];
    this[from] = this[from].slice(0, -1);
    this.set(next.point, next.classes, false);
  }
  async show({point, classes}) {
    const begin = performance.now();
    try {
      const [bytes] = await postBytes(runPath(this.name, '/decode'), {points: [point], classes});
      await this.updateComplete;
      draw(this.querySelector('canvas.made'), bytes, this.model.picture);
      this.ms = performance.now() - begin;
      this.failure = undefined;
    } catch (e) { this.failure = e; }
  }
  async gallery() {
    try {
      const count = Math.min(24, this.model.examples.count);
      const [bytes] = await postBytes(runPath(this.name, '/examples'), {rows: Array.from({length: count}, (_, i) => i)});
      this.rows = bytes;
      await this.updateComplete;
      this.querySelectorAll('.gallery canvas').forEach((canvas, i) => draw(canvas, bytes, this.model.picture, i));
    } catch (e) { this.failure = e; }
  }
  async example(row, undoable = true) {
    try {
      const [code, [bytes]] = await Promise.all([post(runPath(this.name, '/encode'), {row}), postBytes(runPath(this.name, '/examples'), {rows: [row]})]);
      this.source = {row};
      this.set(code.point, code.classes, undoable);
      await this.updateComplete;
      draw(this.querySelector('canvas.given'), bytes, this.model.picture);
    } catch (e) { this.failure = e; }
  }
  async sent(file) {
    if (!file) return;
    try {
      const code = await upload(runPath(this.name, '/upload'), file);
      this.source = {sent: true};
      this.set(code.point, {...this.classes, ...code.classes});
      await this.updateComplete;
      draw(this.querySelector('canvas.given'), Uint8Array.from(atob(code.picture), c => c.charCodeAt(0)).buffer, this.model.picture);
    } catch (e) { this.failure = e; }
  }
  random(undoable = true) {
    const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
    this.source = undefined;
    this.set(Array.from({length: this.model.dimensions}, normal), this.classes, undoable);
  }
  async strip() {
    const on = Array.from({length: STRIP}, (_, i) => i / (STRIP - 1)), points = on.map(f => this.a.point.map((v, d) => v + (this.b.point[d] - v) * f));
    try { const [bytes] = await postBytes(runPath(this.name, '/decode'), {points, classes: this.classes}); await this.updateComplete; grid(this.querySelector('canvas.way'), bytes, this.model.picture, STRIP); } catch (e) { this.failure = e; }
  }
  updated(changed) {
    if ((changed.has('a') || changed.has('b')) && this.a && this.b) this.strip();
  }
  slide(d, value, begin) {
    const point = this.point.slice();
    point[d] = value;
    this.set(point, this.classes, begin);
  }
  slider({d, label, rate}) {
    const value = this.point[d];
    return html`<label class="slider"><span>${label}</span><input type="range" min="-4" max="4" step="0.05" .value=${String(value)} @pointerdown=${() => { this.held = false; }} @input=${e => { this.slide(d, +e.target.value, !this.held); this.held = true; }} @change=${() => { this.held = false; }}><output class="mono">${number(value, 2)}</output>${Number.isFinite(rate) ? html`<small class="mono" title=${t('rate')}>${number(rate, 1)}</small>` : ''}</label>`;
  }
  render() {
    if (!this.model || !this.point) return html`${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
    const sliders = this.all ? this.sliders : this.sliders.slice(0, FIRST_SLIDERS);
    return html`${problem(this.failure)}<div class="edit">
      <section class="card picture"><header><h2>${t('picture')}</h2><div class="row"><button ?disabled=${!this.past.length} @click=${() => this.step(false)}>${t('undo')}</button><button ?disabled=${!this.future.length} @click=${() => this.step(true)}>${t('redo')}</button></div></header>
        <canvas class="pixel made" role="img" aria-label=${t('picture')}></canvas>
        <footer><span>${this.ms === undefined ? '' : html`${number(this.ms, 0)} ms`}</span><span class="grow"></span><button @click=${() => this.random()}>${t('chance')}</button><button @click=${() => save(this.querySelector('canvas.made'), 'elbo.png')}>PNG</button></footer>
        <div class="ab"><button aria-pressed=${!!this.a} @click=${() => { this.a = {point: this.point}; }}>${t('keepA')}</button><button aria-pressed=${!!this.b} @click=${() => { this.b = {point: this.point}; }}>${t('keepB')}</button></div>
        ${this.a && this.b ? html`<label class="slider way"><span>A → B</span><input type="range" min="0" max="1" step="0.01" value="0" aria-label="A → B" @pointerdown=${() => { this.held = false; }} @input=${e => { this.set(this.a.point.map((v, d) => v + (this.b.point[d] - v) * +e.target.value), this.classes, !this.held); this.held = true; }} @change=${() => { this.held = false; }}></label><canvas class="pixel wide way" role="img" aria-label="A → B"></canvas>` : ''}</section>
      <section class="card"><header><div><h2>${t('dimensions')}</h2><p>${t('dimensionsHint')}</p></div></header>
        ${Object.entries(this.model.classes).map(([field, names]) => html`<label class="inline">${field} <select @change=${e => this.set(this.point, {...this.classes, [field]: e.target.value})}>${names.map(x => html`<option ?selected=${x === this.classes[field]}>${x}</option>`)}</select></label>`)}
        <div class="sliders">${sliders.map(s => this.slider(s))}</div>
        ${this.sliders.length > FIRST_SLIDERS ? html`<button @click=${() => { this.all = !this.all; }}>${this.all ? t('fewer') : `${t('allOf')} ${this.sliders.length}`}</button>` : ''}</section>
      <section class="card"><header><h2>${t('beginWith')}</h2></header>
        <figure class="small"><canvas class="pixel given" role="img" aria-label=${t('given')}></canvas><figcaption>${this.source?.sent ? t('sentPicture') : this.source ? `${t('example')} ${this.source.row}` : t('chance')}</figcaption></figure>
        <label class="button file">${t('upload')}<input type="file" accept="image/*" @change=${e => { this.sent(e.target.files[0]); e.target.value = ''; }}></label>
        ${this.model.noExamples ? html`<p class="note">${this.model.noExamples}</p>` : html`<div class="gallery" role="group" aria-label=${t('examples')}>${Array.from({length: Math.min(24, this.model.examples.count)}, (_, i) => html`<button aria-label="${t('example')} ${i}" @click=${() => this.example(i)}><canvas class="pixel"></canvas></button>`)}</div>`}</section></div>`;
  }
}
customElements.define('elbo-editor', Editor);
