import uPlot from 'uplot';
import {View, colour} from './base.js';
import {html} from 'lit';

const css = document.createElement('link');
css.rel = 'stylesheet';
css.href = '/lib/uplot/1.6.30/dist/uPlot.min.css';
document.head.append(css);

/** Curves over steps or epochs: lines = [{label, points: [[x, y], …], dash}]; drawn at most once a frame, however many events come. */
class Curve extends View {
  static properties = {lines: {attribute: false}, label: {}, unit: {}};
  constructor() { super(); this.lines = []; }
  firstUpdated() {
    this.box = this.querySelector('.plot');
    this.sizes = new ResizeObserver(([e]) => this.plot?.setSize({width: Math.floor(e.contentRect.width), height: 300}));
    this.sizes.observe(this.box);
    this.restyled();
  }
  disconnectedCallback() { super.disconnectedCallback(); this.sizes?.disconnect(); this.plot?.destroy(); this.plot = undefined; }
  updated() {
    if (!this.box) return;
    const shape = this.lines.map(l => l.label).join('\n') + this.label;
    if (shape !== this.shape) this.restyled();
    else this.due ??= requestAnimationFrame(() => { this.due = undefined; this.plot?.setData(this.table()); });
  }
  /** All lines over all their x, with gaps where a line has no point. */
  table() {
    const xs = [...new Set(this.lines.flatMap(l => l.points.map(p => p[0])))].sort((a, b) => a - b), at = new Map(xs.map((x, i) => [x, i]));
    return [xs, ...this.lines.map(l => { const ys = new Array(xs.length).fill(undefined); for (const [x, y] of l.points) ys[at.get(x)] = y; return ys; })];
  }
  restyled() {
    if (!this.box?.clientWidth) return;
    this.shape = this.lines.map(l => l.label).join('\n') + this.label;
    this.plot?.destroy();
    const axis = {stroke: colour('--muted'), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}, font: '12px system-ui, sans-serif'};
    // The first steps are far above all others: the scale leaves the largest twentieth out.
    const range = (u, min, max) => {
      const ys = u.data.slice(1).flatMap(l => Array.from(l).filter(Number.isFinite)).sort((a, b) => a - b);
      if (ys.length < 2) return [(min ?? 0) - 1, (max ?? 0) + 1];
      const low = ys[0], high = ys.length > 40 ? ys[Math.floor(ys.length * .96)] : ys.at(-1), pad = (high - low || 1) * .06;
      return [low - pad, high + pad];
    };
    this.plot = new uPlot({width: this.box.clientWidth, height: 300, padding: [10, 10, 0, 0], scales: {x: {time: false}, y: {range}}, legend: {live: true}, cursor: {points: {size: 7}},
      axes: [{...axis, space: 70}, {...axis, size: 52}],
      series: [{label: this.label}, ...this.lines.map((l, i) => ({label: l.label, stroke: colour('--c' + (l.colour ?? i) % 10), width: 2, dash: l.dash ? [6, 4] : undefined, spanGaps: true, points: {show: l.points.length < 3},
        value: (u, v) => v === null || v === undefined ? '' : v.toFixed(2)}))]}, this.table(), this.box);
  }
  render() { return html`<div class="plot" role="img" aria-label=${this.lines.map(l => l.label + ' ' + (l.points.at(-1)?.[1]?.toFixed(2) ?? '')).join(', ')}></div>`; }
}
customElements.define('elbo-curve', Curve);
