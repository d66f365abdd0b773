// Points of latent space, and what an editor keeps of them.

/** The place at a part of the way between two points: on the arc on which most of a normal prior lies, for each vector of the model. */
export function between(a, b, part, vectors) {
  const place = new Array(a.length);
  let from = 0;
  for (const {dimensions} of vectors) {
    let dot = 0, aa = 0, bb = 0;
    for (let d = from; d < from + dimensions; d++) { dot += a[d] * b[d]; aa += a[d] * a[d]; bb += b[d] * b[d]; }
    const angle = Math.acos(Math.max(-1, Math.min(1, dot / Math.sqrt(aa * bb)))), sine = Math.sin(angle);
    const isLine = !(sine >= 1e-4), p = isLine ? 1 - part : Math.sin((1 - part) * angle) / sine, q = isLine ? part : Math.sin(part * angle) / sine;
    for (let d = from; d < from + dimensions; d++) place[d] = p * a[d] + q * b[d];
    from += dimensions;
  }
  return place;
}

/** A place of a square whose corners are points: x from left to right, y from top to bottom. */
export const blended = (corners, x, y, vectors) => between(between(corners.A, corners.B, x, vectors), between(corners.C, corners.D, x, vectors), y, vectors);

/** A point moved along directions by strengths: z + Σ s d. */
export function moved(point, strengths, directions) {
  const place = point.slice();
  for (const {name, step} of directions) {
    const s = strengths?.[name] ?? 0;
    if (s) for (let d = 0; d < place.length; d++) place[d] += s * step[d];
  }
  return place;
}

export const toBase64 = bytes => { let text = ''; for (const b of bytes) text += String.fromCharCode(b); return btoa(text); };
export const fromBase64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));

/** A mask of noughts and ones, a bit each, as a text for a link; nothing of an empty one. */
export function packed(mask) {
  if (!mask?.some(x => x)) return undefined;
  const bytes = new Uint8Array(Math.ceil(mask.length / 8));
  mask.forEach((x, i) => { if (x) bytes[i >> 3] |= 1 << (i & 7); });
  return toBase64(bytes);
}

export function unpacked(text, size) {
  const mask = new Uint8Array(size), bytes = text ? fromBase64(text) : [];
  for (let i = 0; i < size; i++) mask[i] = bytes[i >> 3] >> (i & 7) & 1;
  return mask;
}

/** The pixels of one picture where a mask is 0, and of another where it is 1. */
export function laidOver(known, made, mask, channels) {
  const whole = new Uint8Array(made);
  if (known) for (let i = 0; i < mask.length; i++) if (!mask[i]) for (let c = 0; c < channels; c++) whole[i * channels + c] = known[i * channels + c];
  return whole;
}

const isPoint = (z, dimensions) => Array.isArray(z) && z.length === dimensions && z.every(Number.isFinite);
const short = z => z.map(v => +v.toFixed(3));

/** What a link keeps: z the point, c classes, n numbers, a attributes, m the mask, s where it began, k the corners. */
export function linked(state) {
  const k = Object.fromEntries(Object.entries(state.k).map(([name, z]) => [name, short(z)])), s = state.s?.z ? {z: short(state.s.z)} : state.s;
  const all = {z: short(state.z), c: state.c, n: state.n, a: state.a, m: state.m, s, k};
  return JSON.stringify(Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined && (typeof v !== 'object' || Array.isArray(v) || Object.keys(v).length))));
}

/** The state of a link; nothing if it is of another model, or broken. */
export function unlinked(text, model) {
  try {
    const {z, c = {}, n = {}, a = {}, m, s, k = {}} = JSON.parse(text || 'null') ?? {}, d = model.dimensions;
    if (!isPoint(z, d) || !Object.values(k).every(point => isPoint(point, d)) || s?.z && !isPoint(s.z, d)) return undefined;
    if (!Object.values(a).every(Number.isFinite)) return undefined;
    return {z, c, n, a, m: typeof m === 'string' ? m : undefined, s, k};
  } catch { return undefined; }
}
