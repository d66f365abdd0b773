import {html} from 'lit';
import {View, t, get, postBytes, runPath, problem, colour, number} from './base.js';
import {toBase64} from './codes.js';

const MOST_BYTES = 11.5e6; // four thirds of it, as base64, are below what a request may have

/** Says a text, by a voice of the model or whoever is heard in a clip; shows the wave and its spectrum over time, and plays it. */
class Speech extends View {
  static properties = {name: {}, data: {}, can: {state: true}, clip: {state: true}, failure: {state: true}, busy: {state: true}, wave: {state: true}};
  willUpdate(changed) { if (changed.has('name')) this.load(); }
  async load() { try { this.can = await get(runPath(this.name, '/speech')); } catch (e) { this.failure = e; } }
  disconnectedCallback() { super.disconnectedCallback(); if (this.url) URL.revokeObjectURL(this.url); }
  async choose(file) {
    this.failure = this.clip = undefined;
    if (!file) return;
    if (file.size > MOST_BYTES) { this.failure = t('clipTooLarge'); return; }
    this.clip = {name: file.name, bytes: toBase64(new Uint8Array(await file.arrayBuffer()))};
  }
  async send(e) {
    e.preventDefault();
    const form = Object.fromEntries(new FormData(e.target)), who = this.clip ? {clip: this.clip.bytes, clipName: this.clip.name} : {voice: form.voice ?? ''};
    this.busy = true;
    this.failure = undefined;
    try {
      const [bytes] = await postBytes(runPath(this.name, '/speech/say'), {text: form.text, ...who, vocoder: form.vocoder, rate: +form.speechRate, pitch: +form.pitch, temperature: +form.temperature, seed: +form.seed});
      if (this.url) URL.revokeObjectURL(this.url);
      this.url = URL.createObjectURL(new Blob([bytes], {type: 'audio/wav'}));
      const view = new DataView(bytes);
      this.wave = {rate: view.getUint32(24, true), samples: Float32Array.from(new Int16Array(bytes, 44), v => v / 32768), by: [who.clipName ?? who.voice, form.vocoder].filter(Boolean)};
    } catch (failure) { this.failure = failure; }
    this.busy = false;
  }
  restyled() { this.draw(); }
  updated(changed) { if (changed.has('wave')) this.draw(); }
  draw() { if (this.wave) { drawWave(this.querySelector('.wave'), this.wave.samples); drawSpectrum(this.querySelector('.spectrum'), this.wave.samples); } }
  range(name, min, max, step, value) { return html`<div class="field"><label for=${name}>${t(name)}</label><input id=${name} name=${name} type="number" min=${min} max=${max} step=${step} value=${value} required></div>`; }
  who() {
    const {voices, takesClips} = this.can, {clip} = this;
    return html`${voices.length ? html`<div class="field"><label for="voice">${t('voice')}</label><select id="voice" name="voice" ?disabled=${!!clip}>${voices.map(v => html`<option>${v}</option>`)}</select></div>` : ''}
      ${takesClips ? html`<div class="field clip"><label for="clip">${t('clip')}</label><div class="row"><span class="button file">${clip?.name ?? t('chooseClip')}<input id="clip" type="file" accept="audio/*,.wav,.flac,.ogg,.oga,.mp3" @change=${e => { this.choose(e.target.files[0]); e.target.value = ''; }}></span>${clip ? html`<button type="button" @click=${() => this.choose()}>${t('withoutClip')}</button>` : ''}</div><small>${t('clipHint')}</small></div>` : ''}`;
  }
  through() { return html`<div class="field"><label for="vocoder">${t('vocoder')}</label><select id="vocoder" name="vocoder"><option value="">${t('griffinLim')}</option>${this.can.vocoders.map(v => html`<option>${v}</option>`)}</select><small>${t('vocoderHint')}</small></div>`; }
  render() {
    if (!this.can) return html`${problem(this.failure)}${this.failure ? '' : html`<p class="mute">${t('loading')}</p>`}`;
    return html`<section class="card"><form @submit=${this.send}><div class="fields"><div class="field whole"><label for="text">${t('whatIsSaid')}</label><textarea id="text" name="text" required maxlength="1000">${/digits|fsdd/.test(this.name + this.data) ? 'two seven four' : ''}</textarea></div>
      ${this.who()}${this.through()}
      ${this.range('speechRate', .5, 2, .05, 1)}${this.range('pitch', -12, 12, .5, 0)}${this.range('temperature', 0, 2, .1, .7)}${this.range('seed', 0, 1e6, 1, 1)}</div>
      <div class="row end"><button class="primary" ?disabled=${this.busy}>${t(this.busy ? 'working' : 'say')}</button></div></form></section>
      ${problem(this.failure)}
      ${this.wave ? html`<section class="card"><audio controls autoplay src=${this.url} aria-label=${t('speech')}></audio>
        <canvas class="wave" role="img" aria-label=${t('waveform')}></canvas><canvas class="spectrum" role="img" aria-label=${t('spectrogram')}></canvas>
        <footer><span>${number(this.wave.samples.length / this.wave.rate, 2)} ${t('seconds')} · ${this.wave.rate} Hz${this.wave.by.map(by => ` · ${by}`)}</span><span class="grow"></span><a class="button" href=${this.url} download="speech.wav">WAV</a></footer></section>` : ''}`;
  }
}
customElements.define('elbo-speech', Speech);

function drawWave(canvas, samples) {
  const w = canvas.width = canvas.clientWidth * devicePixelRatio, h = canvas.height = canvas.clientHeight * devicePixelRatio, pen = canvas.getContext('2d');
  pen.fillStyle = colour('--c0');
  for (let x = 0; x < w; x++) {
    let low = 0, high = 0;
    for (let i = Math.floor(x * samples.length / w); i < (x + 1) * samples.length / w; i++) { low = Math.min(low, samples[i] ?? 0); high = Math.max(high, samples[i] ?? 0); }
    pen.fillRect(x, h / 2 - high * h / 2, 1, Math.max(1, (high - low) * h / 2));
  }
}

const SIZE = 256, HOP = 64;

/** Log magnitudes of a windowed Fourier transform, low frequencies below. */
function drawSpectrum(canvas, samples) {
  const frames = Math.max(1, Math.floor((samples.length - SIZE) / HOP) + 1), bins = SIZE / 2, pen = canvas.getContext('2d');
  canvas.width = frames;
  canvas.height = bins;
  const image = pen.createImageData(frames, bins), real = new Float32Array(SIZE), imaginary = new Float32Array(SIZE);
  for (let f = 0; f < frames; f++) {
    for (let i = 0; i < SIZE; i++) { real[i] = (samples[f * HOP + i] ?? 0) * (.5 - .5 * Math.cos(2 * Math.PI * i / SIZE)); imaginary[i] = 0; }
    transform(real, imaginary);
    for (let b = 0; b < bins; b++) {
      const level = Math.max(0, Math.min(1, (Math.log10(real[b] ** 2 + imaginary[b] ** 2 + 1e-7) + 5) / 7)), p = ((bins - 1 - b) * frames + f) * 4;
      image.data.set([255 * Math.min(1, level * 1.7), 255 * level ** 1.6, 255 * (.16 + .5 * Math.sin(Math.PI * level) * (1 - level * .3)), 255], p);
    }
  }
  pen.putImageData(image, 0, 0);
}

/** The fast Fourier transform in place, of a length that is a power of 2. */
function transform(re, im) {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) { [re[i], re[j]] = [re[j], re[i]]; [im[i], im[j]] = [im[j], im[i]]; }
  }
  for (let size = 2; size <= n; size *= 2)
    for (let from = 0; from < n; from += size)
      for (let k = 0; k < size / 2; k++) {
        const angle = -2 * Math.PI * k / size, c = Math.cos(angle), s = Math.sin(angle), a = from + k, b = a + size / 2;
        const x = re[b] * c - im[b] * s, y = re[b] * s + im[b] * c;
        re[b] = re[a] - x; im[b] = im[a] - y; re[a] += x; im[a] += y;
      }
}
