import {html} from 'lit';
import {View, t, post, postBytes, runPath, problem, number} from './base.js';
import {draw} from './pictures.js';
import {toBase64} from './codes.js';

const COUNT = 12;

/** Training pictures that are nearest to one. 'soon' looks as often as there is another picture; else a button does. */
class Near extends View {
  static properties = {name: {}, picture: {attribute: false}, pixels: {attribute: false}, what: {}, soon: {type: Boolean}, by: {state: true}, found: {state: true}, busy: {state: true}, failure: {state: true}};
  constructor() { super(); this.by = 'pixels'; this.what = ''; }
  willUpdate(changed) {
    if (changed.has('name')) this.found = this.of = undefined;
    if (changed.has('pixels') && this.soon && this.pixels) this.look();
  }
  async look() {
    const pixels = this.pixels, by = this.by;
    this.busy = true;
    try {
      const found = await post(runPath(this.name, '/neighbours'), {picture: toBase64(pixels), by, count: COUNT});
      const [bytes] = await postBytes(runPath(this.name, '/examples'), {split: found.split, rows: found.neighbours.map(n => n.row)});
      this.found = {...found, bytes, by};
      this.of = pixels;
      this.failure = undefined;
    } catch (e) { this.failure = e; }
    this.busy = false;
    if (this.soon && this.pixels !== pixels) this.look();
  }
  updated() {
    if (this.of) draw(this.querySelector('canvas.asked'), this.of, this.picture);
    this.querySelectorAll('canvas.found').forEach((canvas, i) => draw(canvas, this.found.bytes, this.picture, i));
  }
  render() {
    const f = this.found;
    return html`<section class="card near"><header><div><h2>${t('near')}</h2><p>${t(this.soon ? 'nearPick' : 'nearHint')}</p></div><div class="row"><div class="seg" role="group" aria-label=${t('nearBy')}>${['pixels', 'code'].map(by => html`<button aria-pressed=${this.by === by} @click=${() => { this.by = by; if (f) this.look(); }}>${t('by_' + by)}</button>`)}</div>
      ${this.soon ? '' : html`<button ?disabled=${this.busy || !this.pixels} @click=${this.look}>${t(this.busy ? 'working' : 'look')}</button>`}</div></header>${problem(this.failure)}
      ${this.soon && this.busy && !f ? html`<p class="mute">${t('working')}</p>` : ''}
      ${f ? html`<div class="neighbours"><figure class=${this.of === this.pixels ? '' : 'past'}><canvas class="pixel asked" role="img" aria-label=${this.what || t('picture')}></canvas><figcaption>${this.what || t('picture')}</figcaption></figure>${f.neighbours.map(n => html`<figure><canvas class="pixel found" role="img" aria-label="${t('example')} ${n.row}"></canvas><figcaption><b class="mono">${number(n.distance, f.by === 'code' ? 2 : 3)}</b> ${n.label ?? ''}</figcaption></figure>`)}</div>
        <footer><span>${t(f.by === 'code' ? 'distanceOfCodes' : 'distanceOfPixels')}</span>${f.looked < f.examples ? html`<span>${t('lookedAt')} ${number(f.looked, 0)} / ${number(f.examples, 0)}</span>` : ''}</footer>` : ''}</section>`;
  }
}
customElements.define('elbo-near', Near);
