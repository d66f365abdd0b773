import {html} from 'lit';
import {View, t, get, getBytes, runPath, number} from './base.js';
import {grid} from './pictures.js';

/** The same points of latent space, decoded by each checkpoint: how pictures come out of noise, by a slider. Keeps what it has seen. */
class Epochs extends View {
  static properties = {name: {}, saved: {type: Number}, at: {state: true}, steps: {state: true}};
  constructor() { super(); this.seen = new Map(); this.steps = []; this.at = -1; }
  willUpdate(changed) { if (changed.has('name')) { this.seen.clear(); this.steps = []; this.at = -1; } if (changed.has('name') || changed.has('saved')) this.load(); }
  async load() {
    try {
      const name = this.name, {steps} = await get(runPath(name, '/checkpoints'));
      if (!steps.length) return;
      this.picture ??= (await get(runPath(name, '/model'))).picture;
      if (!this.picture) return;
      for (const step of steps) if (!this.seen.has(step)) {
        const bytes = await getBytes(runPath(name, `/checkpoints/${step}/samples`));
        if (name !== this.name) return;
        this.seen.set(step, bytes);
      }
      const atEnd = this.at < 0 || this.at === this.steps.length - 1;
      this.steps = [...this.seen.keys()].sort((a, b) => a - b);
      if (atEnd) this.at = this.steps.length - 1;
    } catch { /* a checkpoint went while it was read: the next one comes */ }
  }
  updated() { const c = this.querySelector('canvas'); if (c && this.at >= 0) grid(c, this.seen.get(this.steps[this.at]), this.picture, innerWidth < 700 ? 8 : 16, 1); }
  render() {
    if (!this.steps.length) return '';
    return html`<section class="card"><header><div><h2>${t('epochs')}</h2><p>${t('epochsSub')}</p></div><span class="chip">${t('step')} ${number(this.steps[this.at], 0)}</span></header>
      <canvas class="pixel wide" role="img" aria-label="${t('epochs')}, ${t('step')} ${this.steps[this.at]}"></canvas>
      ${this.steps.length > 1 ? html`<input type="range" min="0" max=${this.steps.length - 1} .value=${String(this.at)} aria-label=${t('step')} aria-valuetext=${this.steps[this.at]} @input=${e => { this.at = +e.target.value; }}>` : ''}</section>`;
  }
}
customElements.define('elbo-epochs', Epochs);
