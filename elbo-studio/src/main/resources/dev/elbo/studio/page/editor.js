import {html} from 'lit';
import {View, t, get, post, postBytes, postForBlob, upload, runPath, problem, number, Newest} from './base.js';
import {draw, grid, keep, save} from './pictures.js';
import {between, blended, moved, linked, unlinked, unpacked, laidOver, toBase64, fromBase64} from './codes.js';
import {square} from './blend.js';
import './brush.js';
import './near.js';

const MOST_STEPS = 200, STRIP = 11, FRAMES = 21, FIRST_SLIDERS = 12, FIRST_ATTRIBUTES = 14;
const CORNERS = ['A', 'B', 'C', 'D'];

/**
 * One picture by its code. All that is done makes a new state, which is never changed: undoing and doing again exchange states, and a link
 * is one. {@link linked} says what a state has. What is shown is what the model makes of z + Σ a d; with a mask, only where that is 1.
 */
class Editor extends View {
  static properties = {name: {}, hash: {}, model: {state: true}, failure: {state: true}, now: {state: true}, all: {state: true}, allAttributes: {state: true}, ms: {state: true}, past: {state: true}, future: {state: true}, brush: {state: true}, busy: {state: true}, made: {state: true}, corners: {state: true}};
  constructor() {
    super();
    this.past = []; this.future = []; this.begun = new Map(); this.brush = {on: false, size: 3, erases: false}; this.seed = 1;
    this.decode = new Newest(state => this.show(state));
    this.keys = e => {
      if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 'z' || /INPUT|TEXTAREA/.test(e.target.tagName) && e.target.type !== 'range') return;
      e.preventDefault();
      this.step(e.shiftKey);
    };
  }
  connectedCallback() { super.connectedCallback(); addEventListener('keydown', this.keys); }
  disconnectedCallback() { super.disconnectedCallback(); removeEventListener('keydown', this.keys); clearTimeout(this.writing); }
  willUpdate(changed) { if (changed.has('name')) { this.model = this.now = undefined; this.past = []; this.future = []; this.begun.clear(); this.load(); } }
  async load() {
    try {
      const model = await get(runPath(this.name, '/model'));
      if (!model.dimensions) throw new Error(t('noVectors'));
      const rates = model.vectors.flatMap(v => v.rates.length ? v.rates : new Array(v.dimensions).fill(NaN)), names = model.vectors.flatMap(v => Array.from({length: v.dimensions}, (_, i) => model.vectors.length > 1 ? `${v.name} ${i}` : v.name + i));
      this.sliders = names.map((label, d) => ({d, label, rate: rates[d]})).sort((p, q) => (q.rate || 0) - (p.rate || 0));
      this.model = model;
      const kept = unlinked(this.hash, model);
      if (kept) this.become(kept); else if (model.examples) await this.example(0, false); else this.random(false);
      if (model.examples) this.gallery();
    } catch (e) { this.failure = e; }
  }
  size() { return this.model.picture.width * this.model.picture.height; }
  point() { return moved(this.now.z, this.now.a, this.model.directions); }
  given() { return {classes: this.now?.c ?? {}, numbers: this.now?.n ?? {}}; }
  write() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => history.replaceState(null, '', `#/run/${encodeURIComponent(this.name)}/editor/${encodeURIComponent(linked(this.now))}`), 200);
  }
  /** A new state that differs from this one; a drag is undone as a whole. */
  change(what, undoable = true) {
    if (undoable && this.now) { this.past = [...this.past, this.now].slice(-MOST_STEPS); this.future = []; }
    this.become({z: [], c: {}, n: {}, a: {}, k: {}, ...this.now, ...what});
  }
  become(state) {
    this.now = state;
    this.decode.push(state);
    this.write();
  }
  step(forward) {
    const [from, to] = forward ? ['future', 'past'] : ['past', 'future'];
    if (!this[from].length) return;
    const next = this[from].at(-1);
    this[to] = [...this[to], this.now];
    this[from] = this[from].slice(0, -1);
    this.become(next);
  }
  /** The picture that a state began with, and its point; nothing of a picture that was sent to a page that is gone. */
  async beginning(state) {
    const key = JSON.stringify(state.s ?? null);
    if (!this.begun.has(key) && state.s?.row !== undefined) {
      const [code, [pixels]] = await Promise.all([post(runPath(this.name, '/encode'), {row: state.s.row}), postBytes(runPath(this.name, '/examples'), {rows: [state.s.row]})]);
      this.begun.set(key, {pixels: new Uint8Array(pixels), z: code.point, c: code.classes, n: code.numbers});
    } else if (!this.begun.has(key) && state.s?.z) {
      this.begun.set(key, {pixels: (await this.decoded([state.s.z], state)), z: state.s.z});
    }
    return this.begun.get(key);
  }
  async decoded(points, state = this.now) {
    const [bytes] = await postBytes(runPath(this.name, '/decode'), {points, classes: state.c, numbers: state.n});
    return new Uint8Array(bytes);
  }
  async show(state) {
    const begin = performance.now();
    try {
      let pixels = await this.decoded([moved(state.z, state.a, this.model.directions)], state);
      this.ms = performance.now() - begin;
      const first = await this.beginning(state);
      if (state.m) pixels = laidOver(first?.pixels, pixels, unpacked(state.m, this.size()), this.model.picture.channels);
      await this.updateComplete;
      this.made = pixels;
      draw(this.querySelector('canvas.made'), pixels, this.model.picture);
      const given = this.querySelector('canvas.given');
      if (first) draw(given, first.pixels, this.model.picture); else given?.getContext('2d').clearRect(0, 0, given.width, given.height);
      this.lost = !first;
      this.failure = undefined;
    } catch (e) { this.failure = e; }
  }
  async gallery() {
    try {
      const count = Math.min(24, this.model.examples.count);
      const [bytes] = await postBytes(runPath(this.name, '/examples'), {rows: Array.from({length: count}, (_, i) => i)});
      await this.updateComplete;
      this.querySelectorAll('.gallery canvas').forEach((canvas, i) => draw(canvas, bytes, this.model.picture, i));
    } catch (e) { this.failure = e; }
  }
  async example(row, undoable = true) {
    try {
      const first = await this.beginning({s: {row}});
      this.change({s: {row}, z: first.z, c: first.c, n: first.n, a: {}, m: undefined}, undoable);
    } catch (e) { this.failure = e; }
  }
  async sent(file) {
    if (!file) return;
    try {
      const code = await upload(runPath(this.name, '/upload?given=' + encodeURIComponent(JSON.stringify(this.given()))), file), s = {sent: this.begun.size};
      this.begun.set(JSON.stringify(s), {pixels: fromBase64(code.picture), z: code.point});
      this.change({s, z: code.point, a: {}, m: undefined});
    } catch (e) { this.failure = e; }
  }
  random(undoable = true) {
    const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
    const z = Array.from({length: this.model.dimensions}, () => +normal().toFixed(3));
    this.change({s: {z}, z, a: {}, m: undefined}, undoable);
  }
  /** Latents that fit what the brush has left, by the model. */
  async inpaint(by) {
    this.busy = true;
    try {
      const first = await this.beginning(this.now);
      const {point} = await post(runPath(this.name, '/inpaint'), {picture: toBase64(first.pixels), mask: toBase64(unpacked(this.now.m, this.size())), by, seed: this.seed++, steps: by === 'gibbs' ? 30 : 100, ...this.given()});
      this.brush = {...this.brush, on: false}; // what was made is seen without the mask over it
      this.change({z: point, a: {}});
      this.failure = undefined;
    } catch (e) { this.failure = e; }
    this.busy = false;
  }
  keepCorner(name) { this.change({k: {...this.now.k, [name]: this.point()}}); }
  /** Pictures on a way, with the known pixels laid over each. */
  async frames(points) {
    const pixels = await this.decoded(points), first = this.now.m ? await this.beginning(this.now) : undefined, one = this.size() * this.model.picture.channels;
    if (first) for (let i = 0; i < points.length; i++) pixels.set(laidOver(first.pixels, pixels.slice(i * one, (i + 1) * one), unpacked(this.now.m, this.size()), this.model.picture.channels), i * one);
    return pixels;
  }
  way(count) { const {A, B} = this.now.k; return Array.from({length: count}, (_, i) => between(A, B, i / (count - 1), this.model.vectors)); }
  async gif(points, name) {
    this.busy = true;
    try { keep(await postForBlob(runPath(this.name, '/animation'), await this.frames(points)), name); this.failure = undefined; } catch (e) { this.failure = e; }
    this.busy = false;
  }
  /** From what the model makes of the picture that was begun with to what it has become. */
  async gifOfEdit() {
    const first = await this.beginning(this.now), from = first?.z ?? this.now.z, to = this.point();
    await this.gif(Array.from({length: FRAMES}, (_, i) => from.map((v, d) => v + (to[d] - v) * i / (FRAMES - 1))), 'edit.gif');
  }
  around() {
    const {A, B, C, D} = this.now.k, part = (p, q) => Array.from({length: 8}, (_, i) => between(p, q, i / 8, this.model.vectors));
    return [...part(A, B), ...part(B, D), ...part(D, C), ...part(C, A)];
  }
  updated(changed) {
    const before = changed.get('now'), k = this.now?.k;
    if (!changed.has('now') || !k || before?.k === k && before?.c === this.now.c && before?.n === this.now.n) return;
    this.drawWays(k);
  }
  async drawWays(k) {
    try {
      if (k.A && k.B) { const strip = await this.decoded(this.way(STRIP)); await this.updateComplete; if (this.now.k === k) grid(this.querySelector('canvas.way'), strip, this.model.picture, STRIP); }
      if (CORNERS.every(name => k[name])) { const all = await this.decoded(square(k, this.model.vectors)); if (this.now.k === k) this.corners = all; }
    } catch (e) { this.failure = e; }
  }
  /** A range whose drag is one step to undo. */
  range(label, value, least, most, moves, extra = '') {
    return html`<label class="slider"><span title=${label}>${label}</span><input type="range" min=${least} max=${most} step="0.05" .value=${String(value)} @pointerdown=${() => { this.held = false; }} @input=${e => { this.change(moves(+e.target.value), !this.held); this.held = true; }} @change=${() => { this.held = false; }}><output class="mono">${number(value, 2)}</output>${extra}</label>`;
  }
  dimension({d, label, rate}) {
    return this.range(label, this.now.z[d], -4, 4, v => ({z: this.now.z.map((old, i) => i === d ? v : old)}), Number.isFinite(rate) ? html`<small class="mono" title=${t('rate')}>${number(rate, 1)}</small>` : '');
  }
  attribute({name, accuracy, heldOut}) {
    return this.range(name.replaceAll('_', ' '), this.now.a[name] ?? 0, -3, 3, v => ({a: {...this.now.a, [name]: v}}), heldOut ? html`<small class="mono" title=${t('toldApart')}>${number(accuracy * 100, 0)}%</small>` : '');
  }
  condition(field, column, i, columns) {
    const row = this.now.n[field] ?? columns.map(() => 0), value = row[i];
    return this.range(column.name.replaceAll('_', ' '), value, -3, 3, v => ({n: {...this.now.n, [field]: row.map((old, j) => j === i ? v : old)}}), html`<small class="mono">${number(column.mean + value * column.scale, 1)}</small>`);
  }
  conditions() {
    const classes = Object.entries(this.model.classes), numbers = Object.entries(this.model.numbers);
    return classes.length || numbers.length ? html`<section class="card conditions"><header><div><h2>${t('conditions')}</h2><p>${t('conditionsHint')}</p></div></header>
      ${classes.map(([field, names]) => html`<label class="inline">${field} <select @change=${e => this.change({c: {...this.now.c, [field]: e.target.value}})}>${names.map(x => html`<option ?selected=${x === this.now.c[field]}>${x}</option>`)}</select></label>`)}
      ${numbers.map(([field, columns]) => html`<div class="sliders">${columns.map((column, i) => this.condition(field, column, i, columns))}</div>`)}</section>` : '';
  }
  attributes() {
    const all = this.model.directions, shown = this.allAttributes ? all : all.slice(0, FIRST_ATTRIBUTES), told = this.model.examples?.told ?? ['label'];
    if (!all.length && !told.length) return '';
    return html`<section class="card attributes"><header><div><h2>${t('attributes')}</h2><p>${t(all.length ? 'attributesHint' : 'noAttributes')}</p></div></header>
      ${all.length ? html`<div class="sliders">${shown.map(d => this.attribute(d))}</div>` : html`<code>./elbo directions ${this.name} --by ${told[0]}</code>`}
      ${all.length > FIRST_ATTRIBUTES ? html`<button @click=${() => { this.allAttributes = !this.allAttributes; }}>${this.allAttributes ? t('fewer') : `${t('allOf')} ${all.length}`}</button>` : ''}</section>`;
  }
  brushes() {
    const set = what => { this.brush = {...this.brush, ...what}; }, {on, size, erases} = this.brush, masked = !!this.now.m;
    return html`<div class="row brushes"><button aria-pressed=${on} @click=${() => set({on: !on})}>${t('brush')}</button>
      ${on ? html`<label class="inline">${t('brushSize')} <input type="range" min="1" max=${Math.ceil(this.model.picture.width / 3)} .value=${String(size)} @input=${e => set({size: +e.target.value})}></label><button aria-pressed=${erases} @click=${() => set({erases: !erases})}>${t('erase')}</button>` : ''}
      ${masked ? html`<button class="primary" ?disabled=${this.busy || this.lost} @click=${() => this.inpaint('fit')}>${t(this.busy ? 'working' : 'fill')}</button><button ?disabled=${this.busy || this.lost} @click=${() => this.inpaint('gibbs')}>${t('fillByChance')}</button><button @click=${() => this.change({m: undefined})}>${t('clearMask')}</button>` : ''}</div>
      ${on || masked ? html`<p class="mute small">${t(masked && this.lost ? 'lostPicture' : masked ? 'maskedHint' : 'brushHint')}</p>` : ''}`;
  }
  ways() {
    const k = this.now.k, all = CORNERS.every(name => k[name]), pair = k.A && k.B;
    return html`<section class="card ways"><header><div><h2>${t('ways')}</h2><p>${t('waysHint')}</p></div><div class="row">${CORNERS.map(name => html`<button aria-pressed=${!!k[name]} aria-label="${t('keepAs')} ${name}" @click=${() => this.keepCorner(name)}>${t('keepAs')} ${name}</button>`)}${Object.keys(k).length ? html`<button @click=${() => this.change({k: {}})}>${t('clear')}</button>` : ''}</div></header>
      ${pair ? html`<label class="slider way"><span>A → B</span><input type="range" min="0" max="1" step="0.01" value="0" aria-label="A → B" @pointerdown=${() => { this.held = false; }} @input=${e => { this.change({z: between(k.A, k.B, +e.target.value, this.model.vectors), a: {}}, !this.held); this.held = true; }} @change=${() => { this.held = false; }}></label>
        <canvas class="pixel wide way" role="img" aria-label="A → B"></canvas><footer><span class="grow"></span><button @click=${() => save(this.querySelector('canvas.way'), 'strip.png', 4)}>PNG</button><button ?disabled=${this.busy} @click=${() => this.gif(this.way(FRAMES), 'morph.gif')}>GIF</button></footer>` : ''}
      ${all ? html`<elbo-blend .pictures=${this.corners} .picture=${this.model.picture} @place=${e => this.change({z: blended(k, ...e.detail.at, this.model.vectors), a: {}}, e.detail.begins)}></elbo-blend>
        <footer><span>${t('blendHint')}</span><span class="grow"></span><button @click=${() => save(this.querySelector('elbo-blend canvas'), 'blend.png', 4)}>PNG</button><button ?disabled=${this.busy} @click=${() => this.gif(this.around(), 'around.gif')}>GIF</button></footer>` : ''}</section>`;
  }
  begin() {
    const s = this.now.s;
    return html`<section class="card"><header><h2>${t('beginWith')}</h2></header>
      <figure class="small"><canvas class="pixel given" role="img" aria-label=${t('given')}></canvas><figcaption>${s?.sent !== undefined ? t('sentPicture') : s?.row !== undefined ? `${t('example')} ${s.row}` : t('chance')}</figcaption></figure>
      <label class="button file">${t('upload')}<input type="file" accept="image/*" @change=${e => { this.sent(e.target.files[0]); e.target.value = ''; }}></label>
      ${this.model.noExamples ? html`<p class="note">${this.model.noExamples}</p>` : html`<div class="gallery" role="group" aria-label=${t('examples')}>${Array.from({length: Math.min(24, this.model.examples.count)}, (_, i) => html`<button aria-label="${t('example')} ${i}" @click=${() => this.example(i)}><canvas class="pixel"></canvas></button>`)}</div>`}</section>`;
  }
  render() {
    if (!this.model || !this.now) return html`${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
    const sliders = this.all ? this.sliders : this.sliders.slice(0, FIRST_SLIDERS);
    return html`${problem(this.failure)}<div class="edit">
      <section class="card picture"><header><h2>${t('picture')}</h2><div class="row"><button ?disabled=${!this.past.length} @click=${() => this.step(false)}>${t('undo')}</button><button ?disabled=${!this.future.length} @click=${() => this.step(true)}>${t('redo')}</button></div></header>
        <div class="canvases"><canvas class="pixel made" role="img" aria-label=${t('picture')}></canvas>${this.brush.on ? html`<elbo-brush .picture=${this.model.picture} .mask=${this.now.m} .size=${this.brush.size} .erases=${this.brush.erases} @painted=${e => this.change({m: e.detail})}></elbo-brush>` : ''}</div>
        <footer><span>${this.ms === undefined ? '' : html`${number(this.ms, 0)} ms`}</span><span class="grow"></span><button @click=${() => this.random()}>${t('chance')}</button><button @click=${() => save(this.querySelector('canvas.made'), 'elbo.png')}>PNG</button><button ?disabled=${this.busy} title=${t('gifHint')} @click=${() => this.gifOfEdit()}>GIF</button></footer>
        ${this.brushes()}</section>
      <div class="stack">${this.conditions()}${this.attributes()}<section class="card"><header><div><h2>${t('dimensions')}</h2><p>${t('dimensionsHint')}</p></div></header>
        <div class="sliders">${sliders.map(s => this.dimension(s))}</div>
        ${this.sliders.length > FIRST_SLIDERS ? html`<button @click=${() => { this.all = !this.all; }}>${this.all ? t('fewer') : `${t('allOf')} ${this.sliders.length}`}</button>` : ''}</section></div>
      ${this.begin()}</div>${this.ways()}
      ${this.model.examples ? html`<elbo-near .name=${this.name} .picture=${this.model.picture} .pixels=${this.made}></elbo-near>` : ''}`;
  }
}
customElements.define('elbo-editor', Editor);
