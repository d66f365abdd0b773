import {html} from 'lit';
import {View, t, get, post, remove, Listening, runPath, address, number, epochs, chip, problem} from './base.js';
import './curve.js';
import './epochs.js';
import {ratePath} from './path.js';

const tabs = {
  images: ['overview', 'seen', 'latents', 'editor'], numbers: ['overview', 'seen', 'latents'], text: ['overview', 'text'], speech: ['overview', 'speech']
};
const parts = {
  seen: {load: () => import('./seen.js'), show: v => html`<elbo-seen .name=${v.name} .events=${v.seen} .count=${v.seen.length} .saved=${v.seen.filter(e => e.event === 'saved').length}></elbo-seen>`},
  latents: {load: () => import('./latents.js'), show: v => html`<elbo-latents .name=${v.name}></elbo-latents>`},
  editor: {load: () => import('./editor.js'), show: v => html`<elbo-editor .name=${v.name} .hash=${v.hash}></elbo-editor>`},
  text: {load: () => import('./text.js'), show: v => html`<elbo-text .name=${v.name}></elbo-text>`},
  speech: {load: () => import('./speech.js'), show: v => html`<elbo-speech .name=${v.name} .data=${v.run.data}></elbo-speech>`}
};

/** One run: its state, its curves as they come, and what its model makes. */
class Run extends View {
  static properties = {name: {}, tab: {}, hash: {}, run: {state: true}, status: {state: true}, failure: {state: true}, live: {state: true}, lines: {state: true}, term: {state: true}, asking: {state: true}};
  constructor() { super(); this.term = 'negElbo'; this.forget(); }
  forget() { this.seen = []; this.terms = ['negElbo']; this.lines = []; }
  willUpdate(changed) {
    if (changed.has('name')) { this.run = undefined; this.forget(); this.load(); this.listen(); }
    parts[this.tab]?.load();
  }
  disconnectedCallback() { super.disconnectedCallback(); this.source?.close(); }
  async load() {
    try { this.run = await get(runPath(this.name)); this.failure = undefined; } catch (e) { this.failure = e; }
  }
  listen() {
    this.source?.close();
    if (this.name.startsWith('model:')) return;
    this.source = new Listening(runPath(this.name, '/events'), {
      events: data => { this.seen.push(...JSON.parse(data)); this.draw(); },
      reset: () => this.forget(),
      gone: () => { this.failure = t('gone'); this.source.close(); },
      status: data => {
        const before = this.status?.state;
        this.status = JSON.parse(data);
        if (before && before !== this.status.state) this.load();
      },
      live: stands => { this.live = stands; }
    });
  }
  draw() {
    const read = kind => this.seen.filter(e => e.event === kind && Number.isFinite(e.terms?.[this.term]));
    this.terms = [...new Set(this.seen.flatMap(e => e.terms ? Object.keys(e.terms) : []))];
    const thin = list => { const k = Math.max(1, Math.floor(list.length / 1500)); return list.filter((_, i) => i % k === 0 || i === list.length - 1); };
    this.lines = [{label: t('trainCurve'), points: thin(read('step')).map(e => [e.step, e.terms[this.term]]), colour: 0},
      {label: t('validCurve'), points: read('evaluated').map(e => [e.step, e.terms[this.term]]), colour: 1}].filter(l => l.points.length);
  }
  async act(what) {
    try { await (what === 'delete' ? remove(runPath(this.name)) : post(runPath(this.name, '/' + what))); this.failure = undefined; if (what === 'delete') location.hash = '#/runs'; } catch (e) { this.failure = e; }
    this.asking = false;
  }
  head() {
    const state = this.status?.state ?? this.run?.status;
    return html`<header class="top"><div><a class="crumb" href="#/runs">← ${t('back')}</a><h1>${this.name}</h1></div>${state ? chip(state) : ''}<span class="grow"></span>
      ${this.run && !this.run.shipped ? html`<div class="row">${state === 'training' ? html`<button @click=${() => this.act('stop')}>${t('stop')}</button>` : html`
        ${['stopped', 'interrupted'].includes(state) ? html`<button class="primary" @click=${() => this.act('resume')}>${t('resume')}</button>` : ''}
        <button @click=${() => { this.asking = true; }}>${t('delete')}</button>`}</div>` : ''}</header>
      ${this.asking ? html`<div class="card ask" role="alertdialog" aria-label=${t('delete')}><p>${t('askDelete')}</p><div class="row"><button class="danger" @click=${() => this.act('delete')}>${t('delete')}</button><button @click=${() => { this.asking = false; }}>${t('cancel')}</button></div></div>` : ''}
      ${problem(this.failure)}${state === 'interrupted' && this.run?.said ? problem(`${t('said')} ${this.run.said}${/no space left|disk quota| is full: /i.test(this.run.said) ? ' ' + t('diskFull') : ''}`) : ''}
      ${this.run ? html`<nav class="tabs" aria-label=${this.name}>${tabs[this.run.makes].filter(tab => tab === 'seen' ? !this.run.shipped : tab !== 'speech' || this.run.recipe === 'tts-vae').map(tab => html`<a href="#/run/${encodeURIComponent(this.name)}/${tab}" aria-current=${this.tab === tab ? 'page' : 'false'}>${t(tab)}</a>`)}</nav>` : ''}`;
  }
  tile(label, value) { return html`<section class="card tile"><span>${label}</span><b>${value}</b></section>`; }
  overview() {
    const run = this.run, s = this.status, config = run.config;
    const options = [...Object.entries(config.recipe.options), ...Object.entries(config.training), ['seed', config.seed]];
    const last = kind => [...this.seen].reverse().find(e => e.event === kind)?.terms ?? {};
    const now = last('step'), best = run.evaluation ?? last('evaluated');
    return html`${run.shipped ? html`<section class="card"><p class="lead">${run.about}</p><dl><dt>${t('data')}</dt><dd>${run.data}</dd><dt>${t('measured')}</dt><dd>${run.measured}</dd><dt>${t('credit')}</dt><dd>${run.credit}</dd><dt>${t('licence')}</dt><dd>${run.licence}</dd></dl></section>` : html`
      <div class="tiles">${this.tile(t('negElbo'), number(best.negElbo ?? now.negElbo))}${this.tile(t('distortion'), number(best.distortion ?? now.distortion))}${this.tile(t('rate'), number(best.rate ?? now.rate))}${this.tile(t('epochTile'), epochs(s?.epoch ?? run.epochs))}</div>
      <section class="card"><header><div><h2>${t('chart')}</h2></div><div class="row"><label class="inline">${t('term')} <select @change=${e => { this.term = e.target.value; this.draw(); }}>${this.terms.map(x => html`<option value=${x} ?selected=${x === this.term}>${t(x)}</option>`)}</select></label>
        <span class="chip ${this.live ? 'training' : ''}" data-live=${this.live ? 1 : 0}>${t(this.live ? 'live' : 'lost')}</span></div></header>
        ${s?.steps ? html`<progress max=${s.steps} .value=${s.step} aria-label="${t('step')} ${s.step} ${t('of')} ${s.steps}"></progress>` : ''}
        <elbo-curve .lines=${this.lines} label=${t('step')}></elbo-curve></section>
      ${run.makes === 'images' ? html`<elbo-epochs .name=${this.name} .saved=${this.seen.filter(e => e.event === 'saved').length}></elbo-epochs>` : ''}
      ${ratePath(this.seen)}
      ${run.figures.length ? html`<section class="card"><header><h2>${t('figures')}</h2></header><div class="figuregrid">${run.figures.map(f => html`<figure><a href=${address(runPath(this.name, '/figures/' + f))} target="_blank" rel="noopener"><img loading="lazy" alt=${f.replace('.png', '')} src=${address(runPath(this.name, '/figures/' + f))}></a><figcaption>${f.replace('.png', '').replaceAll('-', ' ')}</figcaption></figure>`)}</div></section>` : ''}`}
      <section class="card"><header><div><h2>${t('settings')}</h2><p>${config.recipe.name} · ${config.data.name}</p></div></header><div class="options">${options.map(([k, v]) => html`<div><span>${k}</span><code>${Array.isArray(v) ? v.join(', ') : String(v)}</code></div>`)}</div></section>`;
  }
  render() {
    return html`${this.head()}${this.run ? parts[this.tab] ? parts[this.tab].show(this) : this.overview() : this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
  }
}
customElements.define('elbo-run', Run);
