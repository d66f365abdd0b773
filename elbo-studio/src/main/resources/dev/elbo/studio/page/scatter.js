import {html} from 'lit';
import {View, colour} from './base.js';

const VERTEX = `#version 300 es
in vec2 place; in float kind; in float chosen; uniform vec4 view; uniform float size; uniform float some; uniform vec3 colours[10]; out vec4 tint;
void main() { gl_Position = vec4((place - view.xy) * view.zw, 0., 1.); gl_PointSize = size * (1. + .5 * chosen);
  tint = vec4(colours[int(kind) % 10], some > .5 ? mix(.08, .95, chosen) : .72); }`;
const FRAGMENT = `#version 300 es
precision mediump float; in vec4 tint; out vec4 result;
void main() { float a = tint.a * smoothstep(.5, .38, length(gl_PointCoord - .5)); if (a < .01) discard; result = vec4(tint.rgb * a, a); }`;
const CELLS = 256; // a side of the grid by which a point is found
const QUICK_MS = 20, LEAST = 1 / 16, REST_MS = 400;

/** Which of the ten shades from low to high the i-th of so many kinds in order has. */
export const shade = (i, of) => Math.min(9, Math.round(i * 9 / Math.max(1, of - 1)));

/**
 * Many points on a plane: WebGL2, or pixels written by hand where there is none. The tool says what a drag does: 'move', 'lasso' or 'path'.
 * Tells of: hover {index}, place {x, y}, chosen {rows}, path {points}.
 */
class Scatter extends View {
  static properties = {places: {attribute: false}, kinds: {attribute: false}, shades: {type: Number}, tool: {}, label: {}};
  constructor() { super(); this.tool = 'move'; this.view = {x: 0, y: 0, r: 1}; this.home = {x: 0, y: 0, rx: 1, ry: 1, r: 1}; this.count = 0; this.hover = -1; this.marks = []; }
  firstUpdated() {
    this.canvas = this.querySelector('canvas.points');
    this.over = this.querySelector('canvas.over');
    this.gl = this.canvas.getContext('webgl2', {antialias: false, premultipliedAlpha: true, powerPreference: 'high-performance'});
    if (this.gl) this.compile();
    this.canvas.addEventListener('webglcontextlost', e => e.preventDefault());
    this.canvas.addEventListener('webglcontextrestored', () => { this.compile(); this.fill(); this.later(); });
    this.listen();
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.over);
    this.restyled();
  }
  disconnectedCallback() { super.disconnectedCallback(); this.sizes?.disconnect(); clearTimeout(this.rest); }
  updated(changed) { if (changed.has('shades')) this.restyled(); if (changed.has('places') && this.places) { this.chosen = new Uint8Array(this.places.length / 2); this.count = 0; this.hover = -1; this.marks = []; this.index(); this.fill(); this.later(); } }
  restyled() {
    this.palette = Array.from({length: 10}, (_, i) => colour(this.shades ? '--r' + shade(i, this.shades) : '--c' + i));
    this.rgb = new Float32Array(this.palette.flatMap(c => c.match(/[\d.]+/g).slice(0, 3).map(x => x / 255)));
    this.ink = colour('--ink');
    this.later();
  }
  compile() {
    const g = this.gl, program = g.createProgram();
    for (const [kind, text] of [[g.VERTEX_SHADER, VERTEX], [g.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = g.createShader(kind);
      g.shaderSource(shader, text);
      g.compileShader(shader);
      g.attachShader(program, shader);
      if (!g.getShaderParameter(shader, g.COMPILE_STATUS) && !g.isContextLost()) throw new Error(g.getShaderInfoLog(shader));
    }
    g.linkProgram(program);
    g.useProgram(program);
    this.buffers = Object.fromEntries(['place', 'kind', 'chosen'].map(name => [name, {buffer: g.createBuffer(), at: g.getAttribLocation(program, name)}]));
    this.uniforms = Object.fromEntries(['view', 'size', 'some', 'colours'].map(name => [name, g.getUniformLocation(program, name)]));
    g.enable(g.BLEND);
    g.blendFunc(g.ONE, g.ONE_MINUS_SRC_ALPHA);
  }
  fill() {
    const g = this.gl;
    if (!g || !this.places) return;
    for (const [name, data, size, type] of [['place', this.places, 2, g.FLOAT], ['kind', this.kinds, 1, g.UNSIGNED_BYTE], ['chosen', this.chosen, 1, g.UNSIGNED_BYTE]]) {
      const {buffer, at} = this.buffers[name];
      g.bindBuffer(g.ARRAY_BUFFER, buffer);
      g.bufferData(g.ARRAY_BUFFER, data, g.DYNAMIC_DRAW);
      g.enableVertexAttribArray(at);
      g.vertexAttribPointer(at, size, type, false, 0, 0);
    }
    this.share = undefined;
  }
  /** Points sorted by cell (counting sort): to find one looks at a few cells only. */
  index() {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    const p = this.places, n = p.length / 2;
    for (let i = 0; i < n; i++) { const x = p[2 * i], y = p[2 * i + 1]; if (x < x0) x0 = x; if (x > x1) x1 = x; if (y < y0) y0 = y; if (y > y1) y1 = y; }
    const grid = this.grid = {x0, y0, fx: (CELLS - 1e-3) / (x1 - x0 || 1), fy: (CELLS - 1e-3) / (y1 - y0 || 1), start: new Uint32Array(CELLS * CELLS + 1), items: new Uint32Array(n)};
    const cell = i => ((p[2 * i + 1] - y0) * grid.fy | 0) * CELLS + ((p[2 * i] - x0) * grid.fx | 0);
    for (let i = 0; i < n; i++) grid.start[cell(i) + 1]++;
    for (let c = 0; c < CELLS * CELLS; c++) grid.start[c + 1] += grid.start[c];
    const at = grid.start.slice();
    for (let i = 0; i < n; i++) grid.items[at[cell(i)]++] = i;
    this.view = this.home = {x: (x0 + x1) / 2, y: (y0 + y1) / 2, rx: ((x1 - x0) / 2 || 1) * 1.05, ry: ((y1 - y0) / 2 || 1) * 1.05, r: 1};
  }
  resize() {
    const d = devicePixelRatio, w = this.over.clientWidth, h = this.over.clientHeight;
    for (const canvas of [this.canvas, this.over]) { canvas.width = w * d; canvas.height = h * d; }
    this.later();
  }
  later() { this.due ??= requestAnimationFrame(() => { this.due = undefined; this.draw(); }); }
  /** Where drawing is slow, as without a graphics card, a moving picture shows some of the points: as many as are drawn quickly. */
  moved() { clearTimeout(this.rest); if (this.share < 1) { this.thin = true; this.rest = setTimeout(() => { this.thin = false; this.later(); }, REST_MS); } this.later(); }
  scale() { const w = this.over.clientWidth, h = this.over.clientHeight; return {w, h, s: Math.min(w / this.home.rx, h / this.home.ry) / 2 / this.view.r}; } // pixels per unit
  toPlane(px, py) { const {w, h, s} = this.scale(); return [this.view.x + (px - w / 2) / s, this.view.y - (py - h / 2) / s]; }
  toPixel(x, y) { const {w, h, s} = this.scale(); return [(x - this.view.x) * s + w / 2, h / 2 - (y - this.view.y) * s]; }
  size() { return Math.min(13, (this.places.length > 60000 ? 2.2 : 3.2) / Math.sqrt(this.view.r)); }
  draw() {
    if (!this.places || !this.over.clientWidth) return;
    const {w, h, s} = this.scale(), d = devicePixelRatio, n = this.places.length / 2, g = this.gl;
    if (g) {
      g.viewport(0, 0, this.canvas.width, this.canvas.height);
      g.clearColor(0, 0, 0, 0);
      g.clear(g.COLOR_BUFFER_BIT);
      g.uniform4f(this.uniforms.view, this.view.x, this.view.y, 2 * s / w, 2 * s / h);
      g.uniform1f(this.uniforms.size, this.size() * d * 1.3);
      g.uniform1f(this.uniforms.some, this.count ? 1 : 0);
      g.uniform3fv(this.uniforms.colours, this.rgb);
      g.drawArrays(g.POINTS, 0, this.thin ? Math.ceil(n * this.share) : n);
      if (this.share === undefined) { // to read a pixel waits for the drawing: measured once
        const begin = performance.now();
        g.readPixels(0, 0, 1, 1, g.RGBA, g.UNSIGNED_BYTE, new Uint8Array(4));
        this.share = Math.max(LEAST, Math.min(1, QUICK_MS / (performance.now() - begin)));
      }
    } else this.drawByHand(w, h, s, d, n);
    this.overlay();
  }
  drawByHand(w, h, s, d, n) {
    const pen = this.canvas.getContext('2d'), W = this.canvas.width, H = this.canvas.height, image = pen.createImageData(W, H), pixels = new Uint32Array(image.data.buffer), side = Math.max(1, Math.round(this.size() * d * .8));
    const inks = Array.from({length: 20}, (_, k) => { const c = k % 10 * 3; return ((k < 10 && this.count ? 0x22 : 0xdd) << 24 | Math.round(this.rgb[c + 2] * 255) << 16 | Math.round(this.rgb[c + 1] * 255) << 8 | Math.round(this.rgb[c] * 255)) >>> 0; });
    for (let i = 0; i < n; i++) {
      const x = ((this.places[2 * i] - this.view.x) * s + w / 2) * d | 0, y = (h / 2 - (this.places[2 * i + 1] - this.view.y) * s) * d | 0;
      if (x < 0 || y < 0 || x + side > W || y + side > H) continue;
      const ink = inks[this.kinds[i] % 10 + 10 * this.chosen[i]];
      for (let a = 0; a < side; a++) for (let b = 0; b < side; b++) pixels[(y + a) * W + x + b] = ink;
    }
    pen.putImageData(image, 0, 0);
  }
  overlay() {
    const pen = this.over.getContext('2d'), d = devicePixelRatio;
    pen.setTransform(d, 0, 0, d, 0, 0);
    pen.clearRect(0, 0, this.over.width, this.over.height);
    pen.strokeStyle = pen.fillStyle = this.ink;
    pen.lineWidth = 1.5;
    if (this.line) {
      pen.setLineDash(this.tool === 'lasso' ? [5, 4] : []);
      pen.beginPath();
      this.line.forEach(p => pen.lineTo(...this.toPixel(...p)));
      pen.stroke();
      pen.setLineDash([]);
    }
    for (const mark of this.marks) { pen.beginPath(); pen.arc(...this.toPixel(...mark), 3, 0, 7); pen.fill(); }
    if (this.hover >= 0) { pen.beginPath(); pen.arc(...this.toPixel(this.places[2 * this.hover], this.places[2 * this.hover + 1]), 7, 0, 7); pen.stroke(); }
    if (this.cross) { const [x, y] = this.toPixel(...this.cross); pen.beginPath(); pen.moveTo(x - 7, y); pen.lineTo(x + 7, y); pen.moveTo(x, y - 7); pen.lineTo(x, y + 7); pen.stroke(); }
  }
  near(px, py, reach = 9) {
    if (!this.grid) return -1;
    const {s} = this.scale(), [x, y] = this.toPlane(px, py), r = reach / s, g = this.grid, clamp = v => Math.max(0, Math.min(CELLS - 1, v | 0));
    let best = -1, least = r * r;
    for (let cy = clamp((y - r - g.y0) * g.fy); cy <= clamp((y + r - g.y0) * g.fy); cy++)
      for (let cx = clamp((x - r - g.x0) * g.fx); cx <= clamp((x + r - g.x0) * g.fx); cx++)
        for (let q = g.start[cy * CELLS + cx]; q < g.start[cy * CELLS + cx + 1]; q++) {
          const i = g.items[q], away = (this.places[2 * i] - x) ** 2 + (this.places[2 * i + 1] - y) ** 2;
          if (away < least) { least = away; best = i; }
        }
    return best;
  }
  choose(loop) {
    const p = this.places, rows = [], n = loop.length, xs = Float64Array.from(loop, q => q[0]), ys = Float64Array.from(loop, q => q[1]);
    const x0 = Math.min(...xs), x1 = Math.max(...xs), y0 = Math.min(...ys), y1 = Math.max(...ys);
    for (let i = 0; i < p.length / 2; i++) {
      const x = p[2 * i], y = p[2 * i + 1];
      let inside = false;
      if (n > 2 && x >= x0 && x <= x1 && y >= y0 && y <= y1)
        for (let a = 0, b = n - 1; a < n; b = a++) if (ys[a] > y !== ys[b] > y && x < (xs[b] - xs[a]) * (y - ys[a]) / (ys[b] - ys[a]) + xs[a]) inside = !inside;
      this.chosen[i] = inside;
      if (inside) rows.push(i);
    }
    this.count = rows.length;
    if (this.gl) { this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffers.chosen.buffer); this.gl.bufferSubData(this.gl.ARRAY_BUFFER, 0, this.chosen); }
    this.tell('chosen', {rows});
    this.later();
  }
  reset() { this.view = this.home; this.line = undefined; this.marks = []; if (this.places) this.choose([]); }
  tell(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
  zoom(px, py, factor) {
    const [x, y] = this.toPlane(px, py), r = Math.max(1 / 500, Math.min(4, this.view.r * factor)), q = r / this.view.r;
    this.view = {x: x + (this.view.x - x) * q, y: y + (this.view.y - y) * q, r};
    this.moved();
  }
  look(place) { // what lies under the pointer
    this.cross = this.toPlane(...place);
    const hover = this.near(...place);
    if (hover !== this.hover) { this.hover = hover; this.tell('hover', {index: hover}); }
    this.tell('place', {x: this.cross[0], y: this.cross[1]});
    this.overlay();
  }
  /** Rings a point that is looked at elsewhere; none by -1. */
  ring(index) { this.hover = index; this.overlay(); }
  pick() { this.tell('pick', {x: this.cross[0], y: this.cross[1], index: this.hover}); }
  listen() {
    const over = this.over, held = new Map(), at = e => { const box = over.getBoundingClientRect(); return [e.clientX - box.left, e.clientY - box.top]; };
    over.addEventListener('wheel', e => { e.preventDefault(); this.zoom(...at(e), Math.exp(e.deltaY * .0015)); }, {passive: false});
    over.addEventListener('pointerdown', e => { over.setPointerCapture(e.pointerId); held.set(e.pointerId, at(e)); this.pressed = at(e); this.marks = []; this.line = this.tool === 'move' && !e.shiftKey ? undefined : [this.toPlane(...at(e))]; this.look(at(e)); });
    over.addEventListener('pointermove', e => {
      if (!this.places) return;
      const p = at(e), was = held.get(e.pointerId);
      if (was && this.line) for (const each of e.getCoalescedEvents?.().length ? e.getCoalescedEvents() : [e]) this.line.push(this.toPlane(...at(each)));
      else if (was && held.size === 2) {
        const other = [...held].find(([id]) => id !== e.pointerId)[1], apart = a => Math.hypot(a[0] - other[0], a[1] - other[1]);
        this.zoom(...other, apart(was) / Math.max(1, apart(p)));
      } else if (was) { const {s} = this.scale(); this.view = {...this.view, x: this.view.x - (p[0] - was[0]) / s, y: this.view.y + (p[1] - was[1]) / s}; this.moved(); }
      if (was) held.set(e.pointerId, p);
      this.look(p);
    });
    const up = e => {
      held.delete(e.pointerId);
      const p = at(e);
      if (!this.line && e.type === 'pointerup' && this.pressed && Math.hypot(p[0] - this.pressed[0], p[1] - this.pressed[1]) < 4) this.pick();
      if (!this.line) return;
      if (this.tool === 'path') this.tell('path', {points: this.line}); else { const loop = this.line; this.line = undefined; this.choose(loop); }
      this.overlay();
    };
    over.addEventListener('pointerup', up);
    over.addEventListener('pointercancel', up);
    over.addEventListener('dblclick', () => this.reset());
    over.addEventListener('keydown', e => {
      const step = {ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8]}[e.key];
      const place = this.cross ? this.toPixel(...this.cross) : [over.clientWidth / 2, over.clientHeight / 2];
      if (step) { e.preventDefault(); this.look([place[0] + step[0], place[1] + step[1]]); }
      if (e.key === 'Enter' && this.cross) this.pick();
      if (e.key === '+' || e.key === '-') this.zoom(...place, e.key === '+' ? .8 : 1.25);
    });
  }
  render() { return html`<div class="stage"><canvas class="points"></canvas><canvas class="over" tabindex="0" role="application" aria-label=${this.label}></canvas></div>`; }
}
customElements.define('elbo-scatter', Scatter);
