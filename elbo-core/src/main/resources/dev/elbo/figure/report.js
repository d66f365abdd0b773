'use strict';
// Reads values off the plots: by pointer, by touch, or by the keys of a slider.
(() => {
  const SVG = 'http://www.w3.org/2000/svg';

  const make = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  const nearest = (places, x) => {
    let best = 0;
    for (let i = 1; i < places.length; i++) {
      if (Math.abs(places[i] - x) < Math.abs(places[best] - x)) best = i;
    }
    return best;
  };

  const equip = panel => {
    const traces = JSON.parse(panel.dataset.traces).filter(trace => trace.x.length > 0);
    const stops = [...new Set(traces.flatMap(trace => trace.x))].sort((a, b) => a - b);
    if (stops.length === 0) return;
    const svg = panel.querySelector('svg');
    const top = Number(panel.dataset.top);
    const bottom = Number(panel.dataset.bottom);
    const marks = make('g', {visibility: 'hidden', 'pointer-events': 'none'});
    const rule = make('line', {y1: top, y2: bottom, style: 'stroke:var(--muted);stroke-width:1'});
    const dots = traces.map(trace => make('circle', {r: 4.5, style: `fill:${trace.ink};stroke:var(--paper);stroke-width:1.5`}));
    marks.append(rule, ...dots);
    svg.append(marks);
    const readout = document.createElement('p');
    readout.className = 'readout';
    readout.setAttribute('aria-hidden', 'true'); // the slider says the same
    panel.append(readout);

    let stop = stops.length - 1;

    const show = index => {
      stop = Math.max(0, Math.min(stops.length - 1, index));
      marks.setAttribute('visibility', 'visible');
      rule.setAttribute('x1', stops[stop]);
      rule.setAttribute('x2', stops[stop]);
      const said = traces.map((trace, t) => {
        const i = nearest(trace.x, stops[stop]);
        dots[t].setAttribute('cx', trace.x[i]);
        dots[t].setAttribute('cy', trace.y[i]);
        dots[t].setAttribute('visibility', trace.y[i] < top - 1 || trace.y[i] > bottom + 1 ? 'hidden' : 'inherit');
        return {at: trace.at[i], name: trace.name, value: trace.value[i], ink: trace.ink};
      });
      const parts = [];
      said.forEach((one, t) => {
        const isNew = t === 0 || said[t - 1].at !== one.at;
        parts.push({text: (isNew ? `${t > 0 ? ' · ' : ''}${one.at}: ` : ', ') + `${one.name} `});
        parts.push({text: one.value, ink: one.ink});
      });
      readout.replaceChildren(...parts.map(part => {
        const span = document.createElement(part.ink ? 'b' : 'span');
        span.textContent = part.text;
        if (part.ink) span.style.color = part.ink;
        return span;
      }));
      svg.setAttribute('aria-valuenow', stop);
      svg.setAttribute('aria-valuetext', parts.map(part => part.text).join(''));
    };

    const hide = () => {
      marks.setAttribute('visibility', 'hidden');
      readout.replaceChildren();
    };

    const point = event => {
      const box = svg.getBoundingClientRect();
      show(nearest(stops, (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width));
    };

    const far = Math.max(1, Math.round(stops.length / 10));
    const keys = {
      ArrowRight: () => stop + 1, ArrowUp: () => stop + 1, PageUp: () => stop + far, End: () => stops.length - 1,
      ArrowLeft: () => stop - 1, ArrowDown: () => stop - 1, PageDown: () => stop - far, Home: () => 0,
    };

    svg.setAttribute('role', 'slider');
    svg.setAttribute('tabindex', '0');
    svg.setAttribute('aria-valuemin', '0');
    svg.setAttribute('aria-valuemax', stops.length - 1);
    svg.setAttribute('aria-valuenow', stop);
    svg.addEventListener('pointermove', point);
    svg.addEventListener('pointerdown', point);
    svg.addEventListener('pointerleave', event => {
      if (event.pointerType === 'mouse' && document.activeElement !== svg) hide(); // a finger that is lifted leaves the value
    });
    svg.addEventListener('focus', () => show(stop));
    svg.addEventListener('blur', hide);
    svg.addEventListener('keydown', event => {
      if (event.key === 'Escape') hide();
      if (!(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(keys[event.key]());
    });
  };

  document.querySelectorAll('.panel[data-traces]').forEach(equip);
  document.querySelectorAll('.reading').forEach(hint => { hint.hidden = false; });
})();
