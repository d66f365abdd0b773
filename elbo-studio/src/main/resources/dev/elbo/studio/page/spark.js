import {svg} from 'lit';

/** A small curve, [step, value] by line, each in a colour class; later values fill the height, since the first steps are far above. */
export function spark(lines) {
  const all = lines.flatMap(l => l.points);
  if (all.length < 2) return svg`<svg class="spark" viewBox="0 0 240 72" aria-hidden="true"><path class="base" d="M4 66H236"/></svg>`;
  const steps = all.map(p => p[0]), values = all.map(p => p[1]).sort((a, b) => a - b);
  const x0 = Math.min(...steps), x1 = Math.max(...steps), y0 = values[0], y1 = values[Math.floor((values.length - 1) * 0.96)];
  const x = s => 4 + 232 * (x1 > x0 ? (s - x0) / (x1 - x0) : .5), y = v => 64 - 56 * Math.min(1, y1 > y0 ? (v - y0) / (y1 - y0) : .5);
  const path = points => points.map(([s, v], i) => (i ? 'L' : 'M') + x(s).toFixed(1) + ' ' + y(v).toFixed(1)).join('');
  return svg`<svg class="spark" viewBox="0 0 240 72" preserveAspectRatio="none" aria-hidden="true"><path class="base" d="M4 66H236"/>${lines.map(l => svg`<path class=${l.name} d=${path(l.points)}/>`)}</svg>`;
}
