"""The `tts-vae` recipe in PyTorch: the layers of Elbo's SpeechNetworks, with their defaults, and PyTorch's own convolutions."""

import math

import numpy
import torch
from torch import nn
from torch.nn.functional import gelu, logsigmoid

import common

HIDDEN, LATENTS, STRIDE, STATES = 96, 8, 4, 2
FIRST = math.log(4)


class Block(nn.Module):
    def __init__(self, width, dilation):
        super().__init__()
        self.norm = nn.LayerNorm(HIDDEN)
        self.conv = nn.Conv1d(HIDDEN, HIDDEN, width, padding=width // 2 * dilation, dilation=dilation)
        self.mix = nn.Linear(HIDDEN, HIDDEN)

    def forward(self, x, mask):
        seen = self.conv((self.norm(x) * mask).transpose(1, 2)).transpose(1, 2)
        return x + self.mix(gelu(seen))


class Stack(nn.Module):
    def __init__(self, blocks, width):
        super().__init__()
        self.blocks = nn.ModuleList(Block(width, 1 + i % 2) for i in range(blocks))

    def forward(self, x, mask):
        for block in self.blocks:
            x = block(x, mask)
        return x


def durations(scores, states, frames):
    """Monotonic alignment search (Kim et al. 2020, algorithm 1), all examples of a batch at once: INT64 [B, L]."""
    batch, most, longest = scores.shape
    best = numpy.full((batch, most), -numpy.inf, numpy.float32)
    best[:, 0] = scores[:, 0, 0]
    stayed = numpy.ones((batch, most, longest), bool)
    below = numpy.full((batch, 1), -numpy.inf, numpy.float32)
    for t in range(1, longest):
        moved = numpy.concatenate([below, best[:, :-1]], 1)
        stayed[:, :, t] = best >= moved
        best = numpy.maximum(best, moved) + scores[:, :, t]
    counts, rows, state = numpy.zeros((batch, most), numpy.int64), numpy.arange(batch), states - 1
    for t in range(longest - 1, -1, -1):
        inside = t < frames
        counts[rows[inside], state[inside]] += 1
        state = state - (inside & ~stayed[rows, state, t] & (state > 0))
    return torch.from_numpy(counts)


class TtsVae(nn.Module):
    learning_rate, clip, ema, weight_decay = 1e-3, 0, 0, 1e-3

    def __init__(self):
        super().__init__()
        channels, down = common.CHANNELS, STRIDE * HIDDEN
        self.phones = nn.Embedding((common.END + 1 + common.PHONES) * STATES, HIDDEN)
        self.voices = nn.Embedding(common.VOICES, HIDDEN)
        self.text = Stack(3, 3)
        self.outline = nn.Linear(HIDDEN, channels)
        self.duration, self.duration_head = Stack(2, 3), nn.Linear(HIDDEN, 2)
        self.prior_down, self.prior, self.prior_head = nn.Linear(down, HIDDEN), Stack(2, 3), nn.Linear(HIDDEN, 2 * LATENTS)
        self.heard_in, self.heard = nn.Conv1d(channels, HIDDEN, 5, padding=2), Stack(3, 5)
        self.heard_down, self.heard_head = nn.Linear(2 * down, HIDDEN), nn.Linear(HIDDEN, 2 * LATENTS)
        self.up, self.made, self.out = nn.Linear(LATENTS, down), Stack(6, 5), nn.Linear(HIDDEN, channels)
        self.log_scale = nn.Parameter(torch.zeros(channels))

    def forward(self, batch):
        """Distortion in nats with what the outline misses, and the rates of durations and of z."""
        tokens, phones, sound, frames, voices = batch
        size, device = len(tokens), tokens.device
        numbers = (tokens.unsqueeze(-1) * STATES + torch.arange(STATES, device=device)).flatten(1)
        counts = (torch.arange(numbers.shape[1], device=device) < (STATES * phones).unsqueeze(1)).float()
        states = self.text(self.phones(numbers) + self.voices(voices).unsqueeze(1), counts.unsqueeze(-1))
        expected = self.outline(states)
        with torch.no_grad():
            fit = expected @ sound.transpose(1, 2) - 0.5 * expected.square().sum(-1, keepdim=True)
            d = durations(fit.numpy(), (STATES * phones).numpy(), frames.numpy())
        duration_rate = self.duration_rate(states.detach(), counts, d)

        longest = -(-int(frames.max()) // STRIDE) * STRIDE
        ends = d.cumsum(1)
        places = torch.arange(longest).expand(size, -1).contiguous()
        of_frames = torch.searchsorted(ends, places, right=True).clamp(max=d.shape[1] - 1).unsqueeze(-1)
        mask = (places < ends[:, -1:]).float().unsqueeze(-1)
        steps = mask.view(size, -1, STRIDE).amax(-1, keepdim=True)
        x = nn.functional.pad(sound, (0, 0, 0, max(0, longest - sound.shape[1])))[:, :longest]
        c = states.gather(1, of_frames.expand(-1, -1, HIDDEN)) * mask
        misfit = 0.5 * ((x - expected.gather(1, of_frames.expand(-1, -1, x.shape[2]))) * mask).square().sum() / size

        heard = self.heard(self.heard_in(x.transpose(1, 2)).transpose(1, 2) + c, mask) * mask
        heard, c4 = heard.reshape(size, longest // STRIDE, -1), c.reshape(size, longest // STRIDE, -1)
        q = self.heard_head(gelu(self.heard_down(torch.cat([heard, c4], -1)))) * steps
        p = self.prior_head(self.prior(self.prior_down(c4), steps)) * steps
        (mean, log_var), (prior_mean, prior_log_var) = q.chunk(2, -1), p.chunk(2, -1)
        z = mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)
        rate = 0.5 * (prior_log_var - log_var - 1 + (log_var.exp() + (mean - prior_mean).square()) / prior_log_var.exp())

        loc = self.out(self.made(self.up(z).view(size, longest, HIDDEN) + c, mask))
        distance = (x - loc).abs() * torch.exp(-self.log_scale) + self.log_scale + math.log(2)
        return (distance * mask).sum() / size + misfit, duration_rate / size + rate.sum() / size

    def duration_rate(self, states, counts, d):
        """-log P(d) of whole numbers whose logarithms are logistic."""
        loc, log_scale = self.duration_head(self.duration(states, counts.unsqueeze(-1))).unbind(-1)
        loc, inverse = loc + FIRST, torch.exp(1 - log_scale)
        upper = ((d + 0.5).log() - loc) * inverse
        lower = ((d - 0.5).clamp(min=0.5).log() - loc) * inverse
        width = torch.log(-torch.expm1((lower - upper).clamp(max=-1e-30)))
        inner = logsigmoid(upper) + logsigmoid(-lower) + width
        return -(torch.where(d < 0.5, logsigmoid(upper), inner) * counts).sum()
