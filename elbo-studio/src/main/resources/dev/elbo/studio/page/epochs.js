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
      for (const step of steps.reverse()) if (!this.seen.has(step)) {
        const [samples, reconstructions] = await Promise.all(['samples', 'reconstructions'].map(what => getBytes(runPath(name, `/checkpoints/${step}/${what}`)).catch(() => undefined)));
        if (name !== this.name) return;
        if (samples) this.keep(step, {samples, reconstructions});
      }
    } catch { /* a checkpoint went while it was read: the next one comes */ }
  }
  /** Shown as it comes, the last first; the slider stays where it is, or at the end. */
  keep(step, pictures) {
    const before = this.at === this.steps.length - 1 ? undefined : this.steps[this.at];
    this.seen.set(step, pictures);
    this.steps = [...this.seen.keys()].sort((a, b) => a - b);
    this.at = before === undefined ? this.steps.length - 1 : this.steps.indexOf(before);
  }
  updated() {
    if (this.at < 0 || !this.steps.length) return;
    const {samples, reconstructions} = this.seen.get(this.steps[this.at]), narrow = innerWidth < 700, columns = narrow ? 8 : 16;
    grid(this.querySelector('canvas.samples'), samples, this.picture, columns);
    const again = this.querySelector('canvas.again');
    if (!again) return;
    // Examples above, what the model makes of them below: on a narrow page the first half of them.
    const size = this.picture.width * this.picture.height * this.picture.channels, count = reconstructions.byteLength / size / 2, shown = Math.min(columns, count), both = new Uint8Array(2 * shown * size);
    both.set(new Uint8Array(reconstructions, 0, shown * size));
    both.set(new Uint8Array(reconstructions, count * size, shown * size), shown * size);
    grid(again, both.buffer, this.picture, shown);
  }
  render() {
    if (!this.steps.length) return '';
    return html`<section class="card"><header><div><h2>${t('epochs')}</h2><p>${t('epochsSub')}</p></div><span class="chip">${t('step')} ${number(this.steps[this.at], 0)}</span></header>
      <canvas class="pixel wide samples" role="img" aria-label="${t('epochs')}, ${t('step')} ${this.steps[this.at]}"></canvas>
      ${this.seen.get(this.steps[this.at]).reconstructions ? html`<p class="mute small again">${t('againHint')}</p><canvas class="pixel wide again" role="img" aria-label=${t('againHint')}></canvas>` : ''}
      ${this.steps.length > 1 ? html`<input type="range" min="0" max=${this.steps.length - 1} .value=${String(this.at)} aria-label=${t('step')} aria-valuetext=${this.steps[this.at]} @input=${e => { this.at = +e.target.value; }}>` : ''}</section>`;
  }
}
customElements.define('elbo-epochs', Epochs);
