import {html} from 'lit';
import {View, t} from './base.js';
import {grid} from './pictures.js';
import {blended} from './codes.js';

export const SIDE = 7;

/** The places of a square whose corners are kept points, row by row. */
export const square = (corners, vectors) => Array.from({length: SIDE * SIDE}, (_, i) => blended(corners, i % SIDE / (SIDE - 1), Math.floor(i / SIDE) / (SIDE - 1), vectors));

/** A square of pictures between four corners; says 'place' with the place that is pointed at, and 'begin' before a drag. */
class Blend extends View {
  static properties = {pictures: {attribute: false}, picture: {attribute: false}, at: {state: true}};
  willUpdate(changed) { if (changed.has('pictures')) this.at = undefined; }
  updated(changed) { if (changed.has('pictures') && this.pictures) grid(this.querySelector('canvas'), this.pictures, this.picture, SIDE, 0); }
  go(x, y, begins) {
    this.at = [x, y].map(v => Math.max(0, Math.min(1, v)));
    this.dispatchEvent(new CustomEvent('place', {detail: {at: this.at, begins}}));
  }
  /** The middle of the first and of the last picture are the corners. */
  pointed(e, begins) {
    const box = e.currentTarget.getBoundingClientRect(), part = v => (v * SIDE - .5) / (SIDE - 1);
    this.go(part((e.clientX - box.x) / box.width), part((e.clientY - box.y) / box.height), begins);
  }
  keys(e) {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[e.key];
    if (!way) return;
    e.preventDefault();
    const [x, y] = this.at ?? [.5, .5];
    this.go(x + way[0] / 24, y + way[1] / 24, !e.repeat);
  }
  render() {
    const put = v => ((v * (SIDE - 1) + .5) / SIDE * 100).toFixed(2);
    return html`<div class="square" tabindex="0" role="application" aria-label=${t('blendHint')} @keydown=${this.keys}
      @pointerdown=${e => { e.currentTarget.setPointerCapture(e.pointerId); this.drags = true; this.pointed(e, true); }} @pointermove=${e => { if (this.drags) this.pointed(e, false); }} @pointerup=${() => { this.drags = false; }} @pointercancel=${() => { this.drags = false; }}>
      <canvas class="pixel"></canvas>${['A', 'B', 'C', 'D'].map(name => html`<span class="corner ${name}">${name}</span>`)}
      ${this.at ? html`<i class="mark" .style=${`left:${put(this.at[0])}%;top:${put(this.at[1])}%`}></i>` : ''}</div>`;
  }
}
customElements.define('elbo-blend', Blend);
