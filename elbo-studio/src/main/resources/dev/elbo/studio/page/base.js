import {LitElement, html} from 'lit';
import {words} from './words.js';

const changes = new EventTarget();
export const state = {lang: localStorage.getItem('lang') || (navigator.language.startsWith('zh') ? 'zh' : 'en')};
document.documentElement.lang = state.lang === 'zh' ? 'zh-CN' : 'en';

export const t = key => words[state.lang][key] ?? words.en[key] ?? key;
const changed = () => changes.dispatchEvent(new Event('change'));

export function setLanguage(lang) {
  state.lang = lang;
  localStorage.setItem('lang', lang);
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  changed();
}

export function setTheme(theme) {
  localStorage.setItem('theme', theme);
  document.documentElement.dataset.theme = theme;
  changed();
}

const darkByDefault = matchMedia('(prefers-color-scheme: dark)');
darkByDefault.addEventListener('change', changed);
export const isDark = () => (document.documentElement.dataset.theme ?? (darkByDefault.matches ? 'dark' : 'light')) === 'dark';

/** The colour of a custom property as the page has it: getComputedStyle leaves light-dark() of a property unresolved, but not a colour. */
export function colour(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

/** A page or a part of one: in the light DOM, so that app.css applies; drawn anew when language or theme change. */
export class View extends LitElement {
  createRenderRoot() { return this; }
  connectedCallback() {
    super.connectedCallback();
    this.hear = () => { this.requestUpdate(); this.restyled?.(); };
    changes.addEventListener('change', this.hear);
  }
  disconnectedCallback() {
    super.disconnectedCallback();
    changes.removeEventListener('change', this.hear);
  }
}

/** What the server refused, with its sentence. */
export class Problem extends Error {
  constructor(status, detail) { super(detail); this.status = status; }
}

async function answer(response) {
  if (response.ok) return response;
  let detail = response.statusText;
  try { detail = (await response.json()).detail ?? detail; } catch { /* an answer without a sentence */ }
  throw new Problem(response.status, detail);
}

const api = path => '/api/v1' + path;
export const runPath = (name, rest = '') => '/runs/' + encodeURIComponent(name) + rest;
async function call(path, init) {
  let response;
  try { response = await fetch(api(path), {...init, headers: {...init?.headers, 'Accept-Language': document.documentElement.lang}}); } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem(0, t('serverGone'));
  }
  return answer(response);
}
export const get = async path => (await call(path)).json();
export const getBytes = async path => (await call(path)).arrayBuffer();
const body = json => ({method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(json)});
export const post = async (path, json = {}) => (await call(path, body(json))).json();
export const postBytes = async (path, json = {}) => { const r = await call(path, body(json)); return [await r.arrayBuffer(), r.headers]; };
const octets = bytes => ({method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: bytes});
export const postForBlob = async (path, bytes) => (await call(path, octets(bytes))).blob();
export const upload = async (path, file) => (await call(path, octets(file))).json();
export const remove = path => call(path, {method: 'DELETE'});
export const address = api;

/**
 * A stream of events while the page is seen: a browser has six connections to a server, and pages in the background would hold them all. Who
 * comes back goes on behind the last event that came. 'live' hears whether the line stands, and whether it was refused for good.
 */
export class Listening {
  constructor(path, handlers) {
    this.path = path;
    this.handlers = handlers;
    this.turn = () => document.hidden ? this.pause() : this.open();
    this.leave = () => this.pause();
    document.addEventListener('visibilitychange', this.turn);
    addEventListener('pageshow', this.turn);
    addEventListener('pagehide', this.leave);
    this.turn();
  }
  open() {
    if (this.source) return;
    const source = this.source = new EventSource(api(this.path + (this.last ? '?after=' + this.last : ''))), {live, ...named} = this.handlers;
    for (const [name, handler] of Object.entries(named)) source.addEventListener(name, e => { if (e.lastEventId) this.last = e.lastEventId; handler(e.data); });
    source.onopen = () => live?.(true);
    source.onerror = () => live?.(false, source.readyState === EventSource.CLOSED);
  }
  pause() { this.source?.close(); this.source = undefined; }
  close() {
    this.pause();
    document.removeEventListener('visibilitychange', this.turn);
    removeEventListener('pageshow', this.turn);
    removeEventListener('pagehide', this.leave);
  }
}

/** At most one call is under way; of those that wait, only the newest is made. */
export class Newest {
  constructor(work) { this.work = work; }
  async push(value) {
    this.next = {value};
    if (this.busy) return;
    this.busy = true;
    try { while (this.next) { const {value: now} = this.next; this.next = undefined; await this.work(now); } } finally { this.busy = false; }
  }
}

export const number = (value, digits = 1) => value === null || value === undefined || Number.isNaN(value) ? '–'
  : value.toLocaleString(state.lang === 'zh' ? 'zh-CN' : 'en', {minimumFractionDigits: digits, maximumFractionDigits: digits}).replace('-', '−');
/** Epochs in few digits: of a short training two behind the point. */
export const epochs = value => number(value, value && value < 1 ? 2 : Number.isInteger(value) ? 0 : 1);
export const problem = (failure, again) => failure ? html`<p class="problem" role="alert">${failure.message ?? failure}${again ? html` <button @click=${again}>${t('retry')}</button>` : ''}</p>` : '';
export const chip = status => html`<span class="chip ${status}">${t(status === 'shipped' ? 'shippedState' : status)}</span>`;
