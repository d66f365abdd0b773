import {html, svg} from 'lit';
import {t, number} from './base.js';

const W = 560, H = 260, LEFT = 48, BELOW = 26;

/**
 * The way of a training through rate and distortion, from its events; straight dashed lines have one negative ELBO.
 *
 * @param own the places of one example at checkpoints, as crosses where they lie within
 */
export function ratePath(events, own = []) {
  const all = events.filter(e => e.event === 'step' && Number.isFinite(e.terms?.rate) && Number.isFinite(e.terms?.distortion)).map(e => [e.terms.rate, e.terms.distortion]);
  if (all.length < 3 || all.every(([rate]) => !rate)) return '';
  const k = Math.max(1, Math.floor(all.length / 400)), points = all.filter((_, i) => i % k === 0 || i === all.length - 1);
  // The first steps lie far away: what is shown is where most of the way goes.
  const part = (values, f) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * f)], rates = points.map(p => p[0]), distortions = points.map(p => p[1]);
  const pad = (low, high) => [low - (high - low || 1) * .08, high + (high - low || 1) * .08], [x0, x1] = pad(Math.min(...rates), Math.max(...rates)), [y0, y1] = pad(Math.min(...distortions), points.length > 30 ? part(distortions, .97) : Math.max(...distortions));
  const x = v => LEFT + (v - x0) / (x1 - x0) * (W - LEFT - 10), y = v => 8 + (y1 - v) / (y1 - y0) * (H - BELOW - 8), inside = points.filter(p => p[1] <= y1);
  const [r, d] = points.at(-1), ticks = (low, high) => [.1, .5, .9].map(f => low + (high - low) * f);
  return html`<section class="card"><header><div><h2>${t('path_')}</h2><p>${t('pathHint')}${own.length ? html`${t('stopSign')}${t('ownHint')}` : ''}</p></div><span class="chip">${number(r)} + ${number(d)} = ${number(r + d)}</span></header>
    <svg class="ratepath" viewBox="0 0 ${W} ${H}" role="img" aria-label="${t('rate')} ${number(r)}, ${t('distortion')} ${number(d)}">
      <clipPath id="within"><path d=${`M${LEFT} 8H${W - 10}V${H - BELOW}H${LEFT}Z`}/></clipPath>
      ${ticks(x0, x1).map(v => svg`<path class="grid" d=${`M${x(v)} 8V${H - BELOW}`}/><text x=${x(v)} y=${H - 6} text-anchor="middle">${number(v)}</text>`)}
      ${ticks(y0, y1).map(v => svg`<path class="grid" d=${`M${LEFT} ${y(v)}H${W - 10}`}/><text x=${LEFT - 6} y=${y(v) + 4} text-anchor="end">${number(v, 0)}</text>`)}
      <g clip-path="url(#within)"><path class="equal" d=${`M${x(x0)} ${y(r + d - x0)}L${x(x1)} ${y(r + d - x1)}`}/><path class="way" d=${inside.map((p, i) => (i ? 'L' : 'M') + x(p[0]).toFixed(1) + ' ' + y(p[1]).toFixed(1)).join('')}/></g>
      ${own.filter(p => p[0] >= x0 && p[0] <= x1 && p[1] >= y0 && p[1] <= y1).map(p => svg`<path class="own" d=${`M${x(p[0]) - 4} ${y(p[1]) - 4}l8 8m0 -8l-8 8`}/>`)}<circle cx=${x(r)} cy=${y(d)} r="5"/></svg></section>`;
}
