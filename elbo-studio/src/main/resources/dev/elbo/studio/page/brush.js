import {html} from 'lit';
import {View, t} from './base.js';
import {packed, unpacked} from './codes.js';

/**
 * A mask painted over a picture: where it is 1, pixels are made anew. By keyboard, arrows move the brush and the space bar paints. Says
 * 'painted', with the mask packed, when a stroke ends.
 */
class Brush extends View {
  static properties = {picture: {attribute: false}, mask: {}, size: {type: Number}, erases: {type: Boolean}, at: {state: true}};
  constructor() { super(); this.size = 3; }
  willUpdate(changed) {
    if (changed.has('mask') || changed.has('picture')) this.cells = unpacked(this.mask, this.picture.width * this.picture.height);
    this.at ??= [Math.floor(this.picture.width / 2), Math.floor(this.picture.height / 2)];
  }
  updated() { this.drawMask(); }
  place(e) {
    const box = e.currentTarget.getBoundingClientRect();
    return [Math.floor((e.clientX - box.x) / box.width * this.picture.width), Math.floor((e.clientY - box.y) / box.height * this.picture.height)];
  }
  paint([x, y]) {
    const {width, height} = this.picture, r = this.size / 2;
    for (let j = Math.max(0, Math.floor(y - r)); j <= Math.min(height - 1, y + r); j++)
      for (let i = Math.max(0, Math.floor(x - r)); i <= Math.min(width - 1, x + r); i++)
        if ((i - x) ** 2 + (j - y) ** 2 <= r * r) this.cells[j * width + i] = this.erases ? 0 : 1;
    this.at = [x, y];
    this.drawMask();
  }
  /** All between two places, however fast the pointer is. */
  stroke(to) {
    const from = this.last ?? to, steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
    for (let i = 0; i <= steps; i++) this.paint([0, 1].map(d => Math.round(from[d] + (to[d] - from[d]) * i / steps)));
    this.last = to;
  }
  end() {
    if (!this.last) return;
    this.last = undefined;
    this.dispatchEvent(new CustomEvent('painted', {detail: packed(this.cells)}));
  }
  keys(e) {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[e.key];
    if (way) { e.preventDefault(); this.at = [Math.max(0, Math.min(this.picture.width - 1, this.at[0] + way[0])), Math.max(0, Math.min(this.picture.height - 1, this.at[1] + way[1]))]; }
    if (e.key === ' ') { e.preventDefault(); this.stroke(this.at); this.end(); }
  }
  drawMask() {
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.cells) return;
    const {width, height} = this.picture;
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d'), image = pen.createImageData(width, height);
    // A pattern of two shades, so that the mask is seen on every picture.
    this.cells.forEach((x, i) => { if (x) image.data.set(((i % width) + Math.floor(i / width)) % 2 ? [255, 90, 200, 110] : [90, 20, 160, 110], i * 4); });
    if (document.activeElement === canvas && this.at) image.data.set([255, 255, 255, 255], (this.at[1] * width + this.at[0]) * 4);
    pen.putImageData(image, 0, 0);
  }
  render() {
    return html`<canvas class="pixel" tabindex="0" role="application" aria-label=${t('brushHint')} @keydown=${this.keys} @focus=${this.drawMask} @blur=${this.drawMask}
      @pointerdown=${e => { e.currentTarget.setPointerCapture(e.pointerId); this.stroke(this.place(e)); }} @pointermove=${e => { if (this.last) this.stroke(this.place(e)); }} @pointerup=${this.end} @pointercancel=${this.end}></canvas>`;
  }
}
customElements.define('elbo-brush', Brush);
