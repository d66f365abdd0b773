import {html, svg} from 'lit';
import {View, t, get, getBytes, postBytes, runPath, problem, number, Newest} from './base.js';
import {draw, grid, save} from './pictures.js';
import {shade} from './scatter.js';
import './near.js';

const MOST_SHOWN = 100, STRIP = 12, COLUMNS = 10;

/** The codes of a split as points; what the model makes of the place under the pointer. */
class Latents extends View {
  static properties = {name: {}, model: {state: true}, plane: {state: true}, places: {state: true}, failure: {state: true}, tool: {state: true}, hover: {state: true}, chosen: {state: true}, x: {state: true}, y: {state: true}, split: {state: true}, colour: {state: true}, strip: {state: true}, at: {state: true}, picked: {state: true}};
  constructor() {
    super();
    this.tool = 'move'; this.x = this.y = this.split = this.colour = ''; this.hover = -1; this.chosen = [];
    this.decode = new Newest(point => this.decodeOne(point));
    this.look = new Newest(row => this.showExample(row));
  }
  willUpdate(changed) { if (changed.has('name')) { this.colour = ''; this.model = this.plane = this.places = undefined; this.load(); } }
  async load() {
    try {
      this.model ??= await get(runPath(this.name, '/model'));
      if (this.model.noExamples) throw new Error(this.model.noExamples);
      const query = `?split=${this.split}&x=${this.x}&y=${this.y}&colour=${encodeURIComponent(this.colour)}`, [plane, bytes] = await Promise.all([get(runPath(this.name, '/latents' + query)), getBytes(runPath(this.name, '/latents/points' + query))]);
      this.places = new Float32Array(bytes, 0, plane.count * 2);
      this.kinds = new Uint8Array(bytes, plane.count * 8, plane.count);
      this.plane = plane;
      this.chosen = [];
      this.strip = false;
      this.picked = undefined;
      this.failure = undefined;
    } catch (e) { this.failure = e; }
  }
  code(x, y) { const p = this.plane; return p.origin.map((o, d) => o + x * p.across[d] + y * p.up[d]); }
  place(e) { this.at = [e.detail.x, e.detail.y]; if (this.model.picture) this.decode.push(this.code(e.detail.x, e.detail.y)); }
  async decodeOne(point) {
    try { const [bytes] = await postBytes(runPath(this.name, '/decode'), {points: [point]}); draw(this.querySelector('canvas.made'), bytes, this.model.picture); } catch (e) { this.failure = e; }
  }
  async showExample(row) {
    try { const [bytes] = await postBytes(runPath(this.name, '/examples'), {split: this.plane.split, rows: [row]}); draw(this.querySelector('canvas.example'), bytes, this.model.picture); } catch (e) { this.failure = e; }
  }
  hovered(e) { this.hover = e.detail.index; if (this.hover >= 0 && this.model.picture) this.look.push(this.hover); }
  async choose(e) {
    this.chosen = e.detail.rows;
    if (!this.chosen.length || !this.model.picture) return;
    const every = Math.max(1, this.chosen.length / MOST_SHOWN), rows = this.shown = Array.from({length: Math.min(MOST_SHOWN, this.chosen.length)}, (_, i) => this.chosen[Math.floor(i * every)]);
    this.marked = -1;
    try { const [bytes] = await postBytes(runPath(this.name, '/examples'), {split: this.plane.split, rows}); await this.updateComplete; grid(this.querySelector('canvas.chosen'), bytes, this.model.picture, COLUMNS); } catch (failure) { this.failure = failure; }
  }
  /** A picture of the chosen ones is ringed on the map. */
  mark(i) {
    this.marked = i in this.shown ? i : -1;
    const row = this.shown[this.marked] ?? -1;
    this.querySelector('elbo-scatter').ring(row);
    this.hovered({detail: {index: row}});
  }
  /** The chosen picture under the pointer. */
  cell(e) {
    const box = e.target.getBoundingClientRect(), rows = Math.ceil(this.shown.length / COLUMNS);
    return Math.floor((e.clientY - box.top) / box.height * rows) * COLUMNS + Math.min(COLUMNS - 1, Math.floor((e.clientX - box.left) / box.width * COLUMNS));
  }
  stepped(e) {
    const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS}[e.key], to = this.marked < 0 ? 0 : this.marked + step;
    if (step) { e.preventDefault(); if (to in this.shown) this.mark(to); }
    if (e.key === 'Enter' && this.marked >= 0) this.pick({detail: {index: this.shown[this.marked]}});
  }
  /** The example that was clicked at, or what the model makes of the place: its neighbours can be asked for. */
  async pick(e) {
    if (!this.model.picture) return;
    const {x, y, index} = e.detail;
    try {
      const [bytes] = index >= 0 ? await postBytes(runPath(this.name, '/examples'), {split: this.plane.split, rows: [index]}) : await postBytes(runPath(this.name, '/decode'), {points: [this.code(x, y)]});
      this.picked = {pixels: new Uint8Array(bytes), what: index >= 0 ? `${t('example')} ${index}` : t('decodedHere')};
    } catch (failure) { this.failure = failure; }
  }
  /** Places at equal distances on a path that was drawn. */
  async path(e) {
    const line = e.detail.points, lengths = [0];
    for (let i = 1; i < line.length; i++) lengths.push(lengths[i - 1] + Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]));
    const whole = lengths.at(-1);
    if (!whole || !this.model.picture) return;
    const marks = Array.from({length: STRIP}, (_, k) => {
      const target = whole * k / (STRIP - 1), i = Math.max(1, lengths.findIndex(l => l >= target)), part = (target - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
      return [0, 1].map(d => line[i - 1][d] + (line[i][d] - line[i - 1][d]) * part);
    });
    e.target.marks = marks;
    e.target.overlay();
    try { const [bytes] = await postBytes(runPath(this.name, '/decode'), {points: marks.map(m => this.code(...m))}); this.strip = true; await this.updateComplete; grid(this.querySelector('canvas.strip'), bytes, this.model.picture, STRIP); } catch (failure) { this.failure = failure; }
  }
  axis(name) {
    const dims = this.model.dimensions;
    return html`<select aria-label=${t(name)} @change=${e => { this[name] = e.target.value; const other = name === 'x' ? 'y' : 'x'; if (this[name] === '') this[other] = ''; else if (this[other] === '') this[other] = this[name] === '0' ? '1' : '0'; this.load(); }}><option value="" ?selected=${this[name] === ''}>${t('principal')} ${name === 'x' ? 1 : 2}</option>${Array.from({length: dims}, (_, i) => html`<option value=${i} ?selected=${this[name] === String(i)}>z${i}</option>`)}</select>`;
  }
  render() {
    if (!this.plane) return html`${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('coding')}</p>`}`;
    const labels = this.plane.labels, colours = labels.slice(0, 20);
    return html`${problem(this.failure)}<section class="card"><header><div><h2>${number(this.plane.count, 0)} ${t('codesOf')} ${t(this.plane.split === "train" ? "train_" : this.plane.split)}</h2><p>${t('latentsHint')}</p></div>
      <div class="row"><div class="seg" role="group" aria-label=${t('tool')}>${['move', 'lasso', 'path'].map(x => html`<button aria-pressed=${this.tool === x} @click=${() => { this.tool = x; }}>${t(x)}</button>`)}</div><button @click=${() => { this.querySelector('elbo-scatter').reset(); this.strip = false; }}>${t('whole')}</button></div></header>
      <div class="maproom"><elbo-scatter .places=${this.places} .kinds=${this.kinds} .shades=${this.plane.ordered ? labels.length : 0} .tool=${this.tool} label=${t('latents')} @place=${this.place} @hover=${this.hovered} @chosen=${this.choose} @path=${this.path} @pick=${this.pick}></elbo-scatter>
      ${this.model.picture ? html`<div class="beside"><figure><canvas class="pixel made" role="img" aria-label=${t('decodedHere')}></canvas><figcaption>${t('decodedHere')}</figcaption></figure>
        <figure><canvas class="pixel example" role="img" aria-label=${t('exampleHere')}></canvas><figcaption>${this.hover >= 0 ? `${t('exampleHere')} ${labels[this.kinds[this.hover]] ?? ''}` : t('exampleHint')}</figcaption></figure></div>` : ''}</div>
      <footer><span class="keys">${colours.map((label, k) => html`<span><i class="dot ${this.plane.ordered ? 'r' + shade(k, labels.length) : 'k' + k % 10}"></i>${label}</span>`)}</span><span class="grow"></span>
        ${this.plane.colours.length > 1 ? html`<label class="inline">${t('colouredBy')} <select @change=${e => { this.colour = e.target.value; this.load(); }}>${this.plane.colours.map(c => html`<option value=${c} ?selected=${c === this.plane.colour}>${c}</option>`)}</select></label>` : ''}
        <label class="inline">${t('x')} ${this.axis('x')}</label><label class="inline">${t('y')} ${this.axis('y')}</label><label class="inline">${t('split')} <select @change=${e => { this.split = e.target.value; this.load(); }}>${['test', 'validation', 'train'].map(s => html`<option value=${s} ?selected=${s === this.plane.split}>${t(s === "train" ? "train_" : s)}</option>`)}</select></label>
        <span class="mono">${number(this.plane.shares[0] * 100, 0)} + ${number(this.plane.shares[1] * 100, 0)} % ${t('ofVariance')}</span></footer></section>
      ${this.strip ? html`<section class="card"><header><h2>${t('strip')}</h2><button @click=${() => save(this.querySelector('canvas.strip'), 'strip.png', 4)}>PNG</button></header><canvas class="pixel wide strip" role="img" aria-label=${t('strip')}></canvas></section>` : ''}
      ${this.chosen.length ? html`<section class="card"><header><div><h2>${number(this.chosen.length, 0)} ${t('chosenOnes')}</h2><p>${t('chosenHint')}</p></div></header><canvas class="pixel wide chosen" tabindex="0" role="application" aria-label=${t('chosenOnes')} @pointermove=${e => this.mark(this.cell(e))} @pointerleave=${() => this.mark(-1)} @click=${e => { this.mark(this.cell(e)); if (this.marked >= 0) this.pick({detail: {index: this.shown[this.marked]}}); }} @keydown=${this.stepped}></canvas></section>` : ''}
      ${this.model.picture ? html`<elbo-near .name=${this.name} .picture=${this.model.picture} .pixels=${this.picked?.pixels} .what=${this.picked?.what ?? ''} soon></elbo-near>` : ''}`;
  }
}
customElements.define('elbo-latents', Latents);
