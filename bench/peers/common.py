"""What the Python peers share: the data of `elbo bench train`, the measurement, and its JSON."""

import argparse
import json
import platform
import statistics
import time

import torch

IMAGES, SIDE = 10_000, 28
SENTENCES, WORDS, SHORTEST, SPREAD = 2_560, 10_000, 2, 15
LONGEST = SHORTEST + 2 * (SPREAD - 1) + 1  # with the end
UNKNOWN, BEGIN, END = 1, 2, 3
TOKENS = END + 1 + WORDS
CLIPS, PHONES, VOICES, CHANNELS, MOST_PHONES = 1_280, 40, 6, 40, 22


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("mode")
    parser.add_argument("--recipe", choices=["vae", "conv-vae", "deep-vae", "sentence-vae", "tts-vae"], default="vae")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=300, help="in each measurement")
    parser.add_argument("--warm-up", type=int, default=2, help="measurements thrown away")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--writing", action="store_true", help="how many sentences are written, in the place of steps")
    parsed = parser.parse_args()
    torch.set_num_threads(parsed.threads)
    torch.manual_seed(1)
    return parsed


def images(device="cpu"):
    """Ten patterns, each seen through noise: FLOAT32 0 or 1, [N, 1, 28, 28]."""
    patterns = torch.rand(10, SIDE * SIDE) < 0.3
    label = torch.randint(0, 10, (IMAGES,))
    flipped = torch.rand(IMAGES, SIDE * SIDE) < 0.02
    return (patterns[label] ^ flipped).float().reshape(IMAGES, 1, SIDE, SIDE).to(device)


def sentences():
    """2 to 30 words, some frequent and most rare, and their end: INT64, 0 behind it, [N, 31]; and how long each is."""
    lengths = SHORTEST + torch.randint(0, SPREAD, (SENTENCES,)) + torch.randint(0, SPREAD, (SENTENCES,))
    places = torch.arange(LONGEST)
    tokens = END + 1 + (WORDS * torch.rand(SENTENCES, len(places)) ** 3).long()
    tokens[places == lengths.unsqueeze(1)] = END
    tokens[places > lengths.unsqueeze(1)] = 0
    return tokens, lengths + 1


def clips():
    """4 to 22 phones of 40 and their end, 4 to 7 frames of each phone, in six voices: the data of Elbo's Mumble."""
    of_phones, of_voices = torch.randn(PHONES, CHANNELS), 0.5 * torch.randn(VOICES, CHANNELS)
    count = 4 + torch.randint(0, 10, (CLIPS,)) + torch.randint(0, 10, (CLIPS,))
    voices = torch.randint(0, VOICES, (CLIPS,))
    tokens = torch.zeros(CLIPS, MOST_PHONES + 1, dtype=torch.long)
    sound = torch.zeros(CLIPS, MOST_PHONES * 7, CHANNELS)
    frames = torch.zeros(CLIPS, dtype=torch.long)
    for n in range(CLIPS):
        said = torch.randint(0, PHONES, (int(count[n]),))
        made = of_phones[said].repeat_interleave(4 + torch.randint(0, 4, said.shape), 0) + of_voices[voices[n]]
        tokens[n, : len(said)], tokens[n, len(said)] = END + 1 + said, END
        sound[n, : len(made)] = made + 0.3 * torch.randn_like(made)
        frames[n] = len(made)
    return tokens, count + 1, sound, frames, voices


class Images:
    """Batches of images, in another order in each epoch."""

    def __init__(self, options):
        self.data, self.size = images(options.device), options.batch
        self.per_epoch = IMAGES // options.batch

    def at(self, n):
        if n % self.per_epoch == 0:
            self.order = torch.randperm(IMAGES, device=self.data.device)
        at = n % self.per_epoch * self.size
        return self.data[self.order[at : at + self.size]]


class Sentences:
    """Batches of sentences of about one length, ordered and narrowed as Elbo's: `Bucketed` and `Examples`."""

    WINDOW, WIDTHS = 50, 4

    def __init__(self, options):
        (self.data, self.lengths), self.size = sentences(), options.batch
        self.data = self.data.to(options.device)
        self.per_epoch = SENTENCES // options.batch

    def at(self, n):
        if n % self.per_epoch == 0:
            self.turn()
        rows = self.batches[n % self.per_epoch]
        longest = int(self.lengths[rows].max())
        width = min(self.data.shape[1], -(-longest // self.WIDTHS) * self.WIDTHS)
        return self.data[:, :width][rows.to(self.data.device)]

    def turn(self, examples=SENTENCES):
        order = torch.randperm(examples)[: self.per_epoch * self.size]
        windows = [window[self.lengths[window].argsort()] for window in order.split(self.WINDOW * self.size)]
        self.batches = torch.cat(windows).view(-1, self.size)[torch.randperm(self.per_epoch)]


class Clips(Sentences):
    """Batches of speech of about one length: phones, frames, voices, and how many of each clip count."""

    def __init__(self, options):
        self.size = options.batch
        self.per_epoch = CLIPS // options.batch
        self.tokens, self.phones, self.sound, self.frames, self.voices = clips()
        self.lengths = self.phones + self.frames

    def at(self, n):
        if n % self.per_epoch == 0:
            self.turn(CLIPS)
        rows = self.batches[n % self.per_epoch]
        width, longest = (min(whole, -(-int(most[rows].max()) // self.WIDTHS) * self.WIDTHS) for whole, most in (
            (self.tokens.shape[1], self.phones), (self.sound.shape[1], self.frames)))
        return (self.tokens[rows, :width], self.phones[rows] - 1, self.sound[rows, :longest], self.frames[rows],
                self.voices[rows])


def parameters(model):
    return sum(p.numel() for p in model.parameters())


def measure(options, model, step, sync=lambda: None):
    """`step(n)` takes a step and returns its loss as a tensor. Prints one JSON object."""
    before = [p.detach().clone() for p in model.parameters()]
    rates, losses, n = [], [], 0
    for _ in range(options.warm_up + options.repeats):
        taken = []
        began = time.perf_counter()
        for _ in range(options.steps):
            taken.append(step(n).detach())
            n += 1
        sync()
        rates.append(options.steps / (time.perf_counter() - began))
        losses.append(float(torch.stack(taken).mean()))  # of all steps: batches of long sentences cost more
    moved = max(float((p.detach() - b).abs().max()) for p, b in zip(model.parameters(), before))
    report(options, rates[options.warm_up :], losses[0], losses[-1], moved, parameters=parameters(model))


def measure_writing(options, model):
    """Prints one JSON object: sentences written a second, in batches."""
    rates, words = [], 0
    for n in range(1 + options.repeats):
        began, written = time.perf_counter(), 0
        while time.perf_counter() - began < 2:
            words = model.write(options.batch, options.device).shape[1]
            written += options.batch
        rates.append(written / (time.perf_counter() - began))
    rates = rates[1:]
    print(json.dumps({
        "examplesPerSecond": {"write": {"min": min(rates), "median": statistics.median(rates), "max": max(rates)}},
        "longest": words, "parameters": parameters(model), "torch": torch.__version__, "python": platform.python_version(),
    }))


def report(options, rates, first, last, moved, **more):
    if not moved > 0 or not last < first:
        raise SystemExit(f"this measured nothing: loss {first} to {last}, weights moved by {moved}")
    print(json.dumps({
        "stepsPerSecond": {"min": min(rates), "median": statistics.median(rates), "max": max(rates)},
        "firstLoss": first, "lastLoss": last, "largestMove": moved,
        "peer": options.mode, "recipe": options.recipe, "batch": options.batch, "threads": options.threads,
        "device": options.device, "torch": torch.__version__, "python": platform.python_version(), **more,
    }))
