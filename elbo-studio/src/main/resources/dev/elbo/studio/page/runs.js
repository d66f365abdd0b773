import {html} from 'lit';
import {View, t, Listening, number, epochs, chip, problem} from './base.js';
import {spark} from './spark.js';

/** All runs as cards, live. */
class Runs extends View {
  static properties = {runs: {state: true}, failure: {state: true}};
  connectedCallback() {
    super.connectedCallback();
    this.source = new Listening('/events', {runs: data => { this.runs = JSON.parse(data).runs; this.failure = undefined; }, live: (stands, refused) => { this.failure = stands ? undefined : t(refused ? 'letOut' : 'lost'); }});
  }
  disconnectedCallback() { super.disconnectedCallback(); this.source.close(); }
  card(run) {
    const href = '#/run/' + encodeURIComponent(run.name);
    if (run.problem) return html`<article class="card run"><h3>${run.name}</h3>${problem(run.problem)}</article>`;
    const progress = run.status === 'finished' ? 1 : run.epochsInAll ? Math.min(1, run.epochs / run.epochsInAll) : 0;
    return html`<a class="card run" href=${href}><header><h3>${run.name}</h3>${chip(run.status)}</header>
      ${run.shipped ? html`<p class="about">${run.about}</p><p class="mute small">${run.credit}</p>` : html`
      ${spark([{name: 'c0', points: run.curve.train}, {name: 'c1', points: run.curve.validation}])}
      <progress max="1" .value=${progress} aria-label="${number(progress * 100, 0)} %"></progress>
      <p class="figures"><span><b>${number(run.negElbo)}</b> ${t('nats')}</span><span>${epochs(run.epochs)} ${t('of')} ${epochs(run.epochsInAll)} ${t('epochsUnit')}</span></p>`}
      <p class="mute small">${run.recipe} · ${run.data.split('/').pop()} · ${t(run.makes)}</p></a>`;
  }
  render() {
    const own = (this.runs ?? []).filter(r => !r.shipped).sort((a, b) => (b.started ?? '').localeCompare(a.started ?? '')), shipped = (this.runs ?? []).filter(r => r.shipped);
    return html`<header class="top"><h1>${t('runs')}</h1><span class="grow"></span><a class="button primary" href="#/train">${t('startTraining')}</a></header>
      ${problem(this.failure)}
      ${this.runs ? html`<section><h2>${t('trained')}</h2>${own.length ? html`<div class="grid">${own.map(r => this.card(r))}</div>` : html`<div class="card empty"><p><b>${t('noRuns')}</b></p><p class="mute">${t('noRunsHint')}</p></div>`}</section>
      ${shipped.length ? html`<section><h2>${t('shipped')}</h2><div class="grid">${shipped.map(r => this.card(r))}</div></section>` : ''}` : html`<p class="mute">${t('loading')}</p>`}`;
  }
}
customElements.define('elbo-runs', Runs);
