import {html, svg} from 'lit';
import {View, t, get, postBytes, runPath, problem, number, Newest} from './base.js';
import {draw} from './pictures.js';

// Figures of the handbook that answer: a page has them where it says <!--live NAME-->.

const W = 560, H = 170, BASE = 140, REACH = 5, x = v => (v + REACH) / (2 * REACH) * W;
const density = (v, mu, sigma) => Math.exp(-.5 * ((v - mu) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI));
const bell = (mu, sigma, height) => Array.from({length: 201}, (_, i) => { const v = (i / 100 - 1) * REACH; return `${i ? 'L' : 'M'}${x(v).toFixed(1)} ${(BASE - density(v, mu, sigma) * height).toFixed(1)}`; }).join('');
const axis = svg`<path class="zero" d=${`M0 ${BASE}H${W}`}/>${[-4, -2, 0, 2, 4].map(v => svg`<text x=${x(v)} y=${BASE + 24} text-anchor="middle">${v}</text>`)}`;

/** A normal that is moved by hand. */
class Normal extends View {
  static properties = {mu: {state: true}, sigma: {state: true}, noise: {state: true}};
  constructor() { super(); this.mu = 1; this.sigma = .6; this.anew(); }
  anew() { this.noise = Array.from({length: 40}, () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())); }
  sliders() {
    const one = (name, label, min, max) => html`<label class="slider"><span>${label}</span><input type="range" min=${min} max=${max} step="0.05" .value=${String(this[name])} @input=${e => { this[name] = +e.target.value; }}><output class="mono">${number(this[name], 2)}</output></label>`;
    return html`<div class="sliders">${one('mu', 'μ', -3, 3)}${one('sigma', 'σ', .1, 3)}</div>`;
  }
}

class Reparameterisation extends Normal {
  render() {
    return html`<div class="livebox">${this.sliders()}<svg class="livefigure" viewBox="0 0 ${W} ${H}" role="img" aria-label="z = μ + σ ε, μ ${number(this.mu, 2)}, σ ${number(this.sigma, 2)}">${axis}<path class="prior" d=${bell(0, 1, 120)}/><path class="own" d=${bell(this.mu, this.sigma, Math.min(120, 200 * this.sigma))}/>
      ${this.noise.map(e => svg`<path class="lead" d=${`M${x(e)} 8L${x(this.mu + this.sigma * e)} ${BASE}`}/><circle class="eps" cx=${x(e)} cy="8" r="2.500"/><circle class="z" cx=${x(this.mu + this.sigma * e)} cy=${BASE} r="2.500"/>`)}</svg>
      <footer><span>ε ~ N(0, 1) → z = μ + σ ε</span><button @click=${() => this.anew()}>${t('newNoise')}</button></footer></div>`;
  }
}
customElements.define('live-reparameterisation', Reparameterisation);

/** KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1 − ln σ²), and what it is made of. */
class Divergence extends Normal {
  render() {
    const {mu, sigma} = this, mean = mu * mu / 2, spread = (sigma * sigma - 1) / 2 - Math.log(sigma);
    return html`<div class="livebox">${this.sliders()}<svg class="livefigure" viewBox="0 0 ${W} ${H}" role="img" aria-label="KL ${number(mean + spread, 2)}">${axis}<path class="prior" d=${bell(0, 1, 120)}/><path class="own" d=${bell(mu, sigma, Math.min(120, 200 * sigma))}/></svg>
      <footer><span>½ μ² = <b class="mono">${number(mean, 2)}</b></span><span>½ (σ² − 1) − ln σ = <b class="mono">${number(spread, 2)}</b></span><span>KL = <b class="mono">${number(mean + spread, 2)}</b> ${t('nats')}</span></footer></div>`;
  }
}
customElements.define('live-divergence', Divergence);

/** A plane of latent space of a run of one's own, or of a shipped model: the pointer decodes where it is. */
class Plane extends View {
  static properties = {runs: {state: true}, model: {state: true}, at: {state: true}, failure: {state: true}};
  constructor() { super(); this.at = [0, 0]; this.decode = new Newest(() => this.show()); this.load(); }
  async load() {
    try {
      this.runs = (await get('/runs')).runs.filter(r => r.makes === 'images' && !r.problem);
      if (this.runs.length) await this.choose((this.runs.find(r => /mnist/.test(r.data)) ?? this.runs[0]).name);
    } catch (e) { this.failure = e; }
  }
  async choose(name) {
    try {
      this.name = name;
      const model = await get(runPath(name, '/model?examples=no')), rates = model.vectors.flatMap(v => v.rates.length ? v.rates : new Array(v.dimensions).fill(0));
      if (!model.dimensions || !model.picture) throw new Error(t('noVectors'));
      this.dims = rates.map((r, d) => [r, d]).sort((a, b) => b[0] - a[0]).slice(0, 2).map(p => p[1]);
      this.model = model;
      this.failure = undefined;
      this.decode.push();
    } catch (e) { this.failure = e; }
  }
  async show() {
    const z = new Array(this.model.dimensions).fill(0);
    this.dims.forEach((d, i) => { z[d] = this.at[i] * 3; });
    try { const [bytes] = await postBytes(runPath(this.name, '/decode'), {points: [z]}); await this.updateComplete; draw(this.querySelector('canvas'), bytes, this.model.picture); } catch (e) { this.failure = e; }
  }
  go(a, b) { this.at = [a, b].map(v => Math.max(-1, Math.min(1, v))); this.decode.push(); }
  point(e) { const box = e.currentTarget.getBoundingClientRect(); this.go(2 * (e.clientX - box.x) / box.width - 1, 1 - 2 * (e.clientY - box.y) / box.height); }
  keys(e) { const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[e.key]; if (way) { e.preventDefault(); this.go(this.at[0] + way[0] / 15, this.at[1] + way[1] / 15); } }
  render() {
    if (this.runs && !this.runs.length) return html`<div class="livebox"><p class="mute">${t('noRunForPlane')}</p></div>`;
    if (!this.model) return this.failure ? html`<div class="livebox">${problem(this.failure)}</div>` : html`<div class="livebox"><p class="mute">${t('loading')}</p></div>`;
    const [a, b] = this.at;
    return html`<div class="livebox">${problem(this.failure)}<div class="planes"><svg viewBox="-1 -1 2 2" tabindex="0" role="application" aria-label=${t('planeHint')} @pointermove=${this.point} @pointerdown=${this.point} @keydown=${this.keys}>${[1 / 3, 2 / 3, 1].map(r => svg`<circle class="ring" r=${r * .98}/>`)}<path class="ring" d="M-1 0H1M0 -1V1"/><circle class="z" cx=${a} cy=${-b} r="0.04"/></svg><canvas class="pixel" role="img" aria-label=${t('decodedHere')}></canvas></div>
      <footer><label class="inline">${t('run')} <select @change=${e => this.choose(e.target.value)}>${this.runs.map(r => html`<option ?selected=${r.name === this.name}>${r.name}</option>`)}</select></label><span class="mono">z${this.dims[0]} ${number(a * 3, 2)}${this.dims.length > 1 ? `, z${this.dims[1]} ${number(b * 3, 2)}` : ''}</span><span>${t('planeHint')}</span></footer></div>`;
  }
}
customElements.define('live-plane', Plane);

/** Puts the figures that a page asks for in the place of its comments. */
export function enliven(page, owner) {
  const walker = owner.createTreeWalker(page, NodeFilter.SHOW_COMMENT), found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) {
    const name = /^live ([a-z]+)$/.exec(comment.data.trim())?.[1];
    if (name && customElements.get('live-' + name)) comment.replaceWith(document.createElement('live-' + name));
  }
}

const NAMED = {'--epochs': 'set.epochs', '--batch': 'set.batch', '--precision': 'set.precision', '--pixels': 'set.pixels', '--seed': 'seed', '--data': 'data'};

/** A command that trains as the address of a form that is filled in; nothing of another, or of one that says what the form does not know. */
export function formOf(line) {
  const words = (line.match(/'[^']*'|"[^"]*"|[^\s]+/g) ?? []).map(w => w.replace(/^(['"])(.*)\1$/, '$2'));
  if (words[0] !== './elbo' || words[1] !== 'train' || !/^[a-z0-9-]+$/.test(words[2] ?? '')) return undefined;
  const query = new URLSearchParams({recipe: words[2]});
  for (let i = 3; i < words.length; i += 2) {
    const value = words[i + 1], [, name, set] = words[i] === '--set' ? /^([A-Za-z]+)=(.*)$/.exec(value ?? '') ?? [] : [];
    if (name) query.set('set.' + name, set); else if (NAMED[words[i]] && value !== undefined) query.set(NAMED[words[i]], value); else return undefined;
  }
  return '#/train/' + encodeURIComponent(query.toString());
}
