import {html, svg} from 'lit';
import {View, t, get, postBytes, runPath, problem, number} from './base.js';
import {draw} from './pictures.js';
import {fromBase64} from './codes.js';
import {ratePath} from './path.js';

const FIRST = 16, THUMBS = 16, H = 120, REACH = 3.6;

/**
 * What a training does to one example: x → μ, σ → z → x̂ at each checkpoint, and as new ones come. Keeps what it has seen of checkpoints that
 * are gone since.
 */
class Seen extends View {
  static properties = {name: {}, saved: {type: Number}, count: {type: Number}, events: {attribute: false}, row: {state: true}, at: {state: true}, steps: {state: true}, model: {state: true}, all: {state: true}, failure: {state: true}, busy: {state: true}};
  constructor() { super(); this.forget(); }
  forget() { this.ways = new Map(); this.steps = []; this.at = -1; this.row = 0; this.model = undefined; }
  willUpdate(changed) {
    if (changed.has('name')) { this.forget(); this.thumbs(); }
    if (changed.has('name') || changed.has('saved')) this.load();
  }
  key(step) { return step + '/' + this.row; }
  /** The ways of the chosen example, the newest checkpoint first. */
  async load() {
    const {name, row} = this, turn = this.turn = Symbol(name);
    const isPast = () => turn !== this.turn;
    this.busy = true;
    try {
      const {steps} = await get(runPath(name, '/checkpoints'));
      if (!steps.length) this.failure = t('noCheckpoint');
      for (const step of steps.slice().reverse()) {
        if (isPast()) return;
        if (this.ways.has(this.key(step))) continue;
        const way = await get(runPath(name, `/checkpoints/${step}/way?row=${row}`)).catch(e => { if (e.status !== 404) throw e; });
        if (isPast() || !way) continue;
        this.ways.set(`${step}/${row}`, way);
        this.follow();
        this.failure = undefined;
      }
    } catch (e) { if (!isPast()) this.failure = e; } finally { if (!isPast()) this.busy = false; }
  }
  /** Whoever looks at the last step goes on to a newer one. */
  follow() {
    const shown = this.steps[this.at], wasLast = this.at < 0 || this.at === this.steps.length - 1;
    this.steps = [...this.ways.keys()].filter(k => k.endsWith('/' + this.row)).map(k => +k.split('/')[0]).sort((a, b) => a - b);
    this.at = wasLast ? this.steps.length - 1 : Math.max(0, this.steps.indexOf(shown));
  }
  async thumbs() {
    try {
      const model = await get(runPath(this.name, '/model'));
      if (model.picture && model.examples) {
        const [bytes] = await postBytes(runPath(this.name, '/examples'), {rows: Array.from({length: Math.min(THUMBS, model.examples.count)}, (_, i) => i)});
        this.thumbnails = bytes;
      }
      this.model = model;
    } catch (e) { this.failure = e; }
  }
  choose(row) { this.row = row; this.steps = []; this.at = -1; this.follow(); this.load(); }
  way() { return this.ways.get(this.key(this.steps[this.at])); }
  updated() {
    const way = this.way();
    if (way?.x && this.model?.picture) for (const name of ['x', 'made']) draw(this.querySelector('canvas.' + name), fromBase64(way[name]), this.model.picture);
    if (this.thumbnails) this.querySelectorAll('.gallery canvas').forEach((canvas, i) => draw(canvas, this.thumbnails, this.model.picture, i));
  }
  /** Dimensions in the order of what they tell of the last checkpoint, and there of one place for all checkpoints. */
  order() {
    const last = this.ways.get(this.key(this.steps.at(-1))), rates = last.meanRates.length ? last.meanRates : last.scales.map(s => -s);
    return rates.map((r, d) => [r, d]).sort((a, b) => b[0] - a[0]).map(([, d]) => d);
  }
  names() { return this.model?.vectors.flatMap(v => Array.from({length: v.dimensions}, (_, i) => this.model.vectors.length > 1 ? `${v.name} ${i}` : v.name + i)) ?? []; }
  /** μ as dots with σ as bars, or z as dots, for the dimensions that tell most. */
  code(way, dims, kind) {
    const step = 320 / dims.length, y = v => H / 2 - Math.max(-REACH, Math.min(REACH, v)) / REACH * (H / 2 - 4);
    return html`<svg class="code" viewBox="0 0 320 ${H}" role="img" aria-label="${kind === 'z' ? 'z' : 'μ ± σ'}: ${dims.map(d => number(kind === 'z' ? way.z[d] : way.means[d], 2)).join(', ')}"><path class="zero" d="M0 ${H / 2}H320"/>
      ${dims.map((d, i) => { const x = (i + .5) * step; return kind === 'z' ? svg`<path class="stem" d=${`M${x} ${H / 2}V${y(way.z[d])}`}/><circle class="z" cx=${x} cy=${y(way.z[d])} r="3.500"/>`
        : svg`<path class="sigma" stroke-width=${Math.min(14, step * .6)} d=${`M${x} ${y(way.means[d] - way.scales[d])}V${y(way.means[d] + way.scales[d])}`}/><circle class="mu" cx=${x} cy=${y(way.means[d])} r="3.500"/>`; })}</svg>`;
  }
  path(way) {
    const dims = this.order().slice(0, FIRST), step = this.steps[this.at];
    return html`<section class="card"><header><div><h2>${t('wayOf')} ${this.row}</h2><p>${t('wayHint')}</p></div><span class="chip">${t('step')} ${number(step, 0)}</span></header>
      <div class="waylong">${way.x ? html`<figure><canvas class="pixel x" role="img" aria-label="x"></canvas><figcaption><i>x</i></figcaption></figure><b aria-hidden="true">→</b>` : ''}
        <figure>${this.code(way, dims, 'q')}<figcaption>μ ± σ · q(z|x)</figcaption></figure><b aria-hidden="true">→</b>
        <figure>${this.code(way, dims, 'z')}<figcaption>z = μ + σ ε</figcaption></figure>
        ${way.made ? html`<b aria-hidden="true">→</b><figure><canvas class="pixel made" role="img" aria-label="x̂"></canvas><figcaption><i>x̂</i></figcaption></figure>` : ''}</div>
      ${this.steps.length > 1 ? html`<input type="range" min="0" max=${this.steps.length - 1} .value=${String(this.at)} aria-label=${t('step')} aria-valuetext=${step} @input=${e => { this.at = +e.target.value; }}>` : ''}
      <footer><span>${t('distortion')} <b class="mono">${number(way.distortion)}</b></span>${way.rate === undefined ? '' : html`<span>${t('rate')} <b class="mono">${number(way.rate)}</b></span><span>${t('negElbo')} <b class="mono">${number(way.distortion + way.rate)}</b> ${t('nats')}</span>`}<span class="grow"></span>${this.busy ? html`<span>${t('working')}</span>` : ''}</footer>
      ${this.thumbnails ? html`<div class="gallery thumbs" role="group" aria-label=${t('examples')}>${Array.from({length: Math.min(THUMBS, this.model.examples.count)}, (_, i) => html`<button aria-label="${t('example')} ${i}" aria-pressed=${i === this.row} @click=${() => this.choose(i)}><canvas class="pixel"></canvas></button>`)}</div>` : ''}</section>`;
  }
  rates(way) {
    if (!way.meanRates.length) return '';
    const order = this.order(), dims = this.all ? order : order.slice(0, 32), most = Math.max(...[...this.ways.values()].flatMap(w => [...w.meanRates, ...w.rates]), .1), names = this.names(), step = 640 / dims.length, h = v => v / most * (H - 18);
    return html`<section class="card"><header><div><h2>${t('ratesOf')}</h2><p>${t('ratesHint')} ${number(way.examples, 0)}</p></div><span class="keys"><span><i class="dot k0"></i>${t('meanOfMany')}</span><span><i class="dot k1"></i>${t('thisExample')}</span></span></header>
      <svg class="bars" viewBox="0 0 640 ${H}" role="img" aria-label="${t('ratesOf')}: ${dims.map(d => `${names[d]} ${number(way.meanRates[d], 2)}`).join(', ')}"><path class="zero" d="M0 ${H - 14}H640"/>
        ${dims.map((d, i) => svg`<g><title>${names[d]}: ${number(way.meanRates[d], 2)} / ${number(way.rates[d] ?? NaN, 2)}</title><rect class="f0" x=${i * step + step * .12} width=${step * .4} y=${H - 14 - h(way.meanRates[d])} height=${h(way.meanRates[d])}/><rect class="f1" x=${i * step + step * .52} width=${step * .36} y=${H - 14 - h(way.rates[d] ?? 0)} height=${h(way.rates[d] ?? 0)}/>${dims.length <= 20 ? svg`<text x=${(i + .5) * step} y=${H - 2} text-anchor="middle">${names[d]}</text>` : ''}</g>`)}
        <text x="0" y="10">${number(most)} ${t('nats')}</text></svg>
      ${order.length > 32 ? html`<button @click=${() => { this.all = !this.all; }}>${this.all ? t('fewer') : `${t('allOf')} ${order.length}`}</button>` : ''}</section>`;
  }
  density(way, d) {
    const W = 150, base = 78, bins = way.prior[d].length, width = (way.to - way.from) / bins, x = v => (v - way.from) / (way.to - way.from) * W;
    const mu = way.means[d], s = Math.max(way.scales[d], 1e-3), peak = Math.max(...way.prior[d], ...way.aggregate[d], .05), own = Math.min(1 / (s * Math.sqrt(2 * Math.PI)), 4 * peak), y = v => base - v / peak * 40, yq = v => base - v / own * 70;
    const stairs = all => `M0 ${base}` + all.map((v, i) => `V${y(v).toFixed(1)}H${x(way.from + (i + 1) * width).toFixed(1)}`).join('') + `V${base}`;
    const bell = Array.from({length: 61}, (_, i) => { const v = mu + (i - 30) / 10 * s; return `${i ? 'L' : 'M'}${x(v).toFixed(1)} ${yq(Math.exp(-.5 * ((v - mu) / s) ** 2) * own).toFixed(1)}`; }).join('');
    return html`<figure><svg class="density" viewBox="0 0 ${W} 84" role="img" aria-label="μ ${number(mu, 2)}, σ ${number(s, 2)}"><path class="aggregate" d=${stairs(way.aggregate[d])}/><path class="prior" d=${stairs(way.prior[d])}/><path class="own" d=${bell}/><path class="zero" d=${`M0 ${base}H${W}`}/></svg><figcaption>${this.names()[d]} ${way.meanRates.length ? html`· <span class="mono">${number(way.meanRates[d], 2)}</span>` : ''}</figcaption></figure>`;
  }
  densities(way) {
    const order = this.order(), dims = this.all ? order : order.slice(0, 12);
    return html`<section class="card"><header><div><h2>${t('againstPrior')}</h2><p>${t('againstHint')}</p></div><span class="keys"><span><i class="dot k0"></i>${t('aggregate')}</span><span><i class="dot k7"></i>${t('prior')}</span><span><i class="dot k1"></i>q(z|x)</span></span></header>
      <div class="densities">${dims.map(d => this.density(way, d))}</div>
      ${order.length > 12 ? html`<button @click=${() => { this.all = !this.all; }}>${this.all ? t('fewer') : `${t('allOf')} ${order.length}`}</button>` : ''}</section>`;
  }
  render() {
    const way = this.way();
    if (!way) return html`${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
    const own = this.steps.map(step => this.ways.get(this.key(step))).filter(w => w.rate !== undefined).map(w => [w.rate, w.distortion]);
    return html`${problem(this.failure)}${this.path(way)}${this.rates(way)}${this.densities(way)}${ratePath(this.events ?? [], own)}`;
  }
}
customElements.define('elbo-seen', Seen);
