"""The `deep-vae` recipe in PyTorch: the layers of Elbo's DeepConvolutions and DeepVae, with their defaults at 28 × 28 pixels."""

import math

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

CHANNELS, GROUPS = (16, 32, 64), (1, 2, 2)  # of maps of 14, 7 and 4 pixels
LATENT_CHANNELS, LATENTS = 4, 32
LEVELS = 1 + sum(GROUPS)
QUIET, BOUND = 0.1, 5


def conv(before, after, kernel, scaled=1.0):
    layer = nn.Conv2d(before, after, kernel, 1, kernel // 2)
    with torch.no_grad():
        layer.weight.mul_(scaled)
    return layer


class Block(nn.Module):
    def __init__(self, width, kernel=3):
        super().__init__()
        self.body = nn.Sequential(
            nn.ReLU(), conv(width, width, kernel), nn.ReLU(), conv(width, width, kernel, 1 / math.sqrt(LEVELS)))

    def forward(self, x):
        return x + self.body(x)


def read(width, out, kernel):
    return nn.Sequential(nn.ReLU(), conv(width, width, kernel), nn.ReLU(), conv(width, out, 1, QUIET))


class Group(nn.Module):
    def __init__(self, width, latents, enlarge=None, kernel=3):
        super().__init__()
        self.latents, self.width = latents, width
        self.enlarge = enlarge or nn.Sequential()
        self.prior = read(width, 2 * latents + width, kernel)
        self.evidence = conv(width, width, 1)
        self.posterior = read(width, 2 * latents, kernel)
        self.entry = conv(latents, width, 1)
        self.after = Block(width, kernel)

    def forward(self, state, scale):
        """The next state, and the rate of each example in nats."""
        above = self.enlarge(state)
        of_prior, known = self.prior(above).split([2 * self.latents, self.width], 1)
        mean, log_var = normal(of_prior)
        difference, log_ratio = normal(self.posterior(above + self.evidence(scale)))
        z = mean + difference + torch.exp(0.5 * (log_var + log_ratio)) * torch.randn_like(difference)
        rate = 0.5 * (log_ratio.exp() + difference.square() * torch.exp(-log_var) - 1 - log_ratio)
        return self.after(above + known + self.entry(z)), rate.sum((1, 2, 3))


def normal(parameters):
    mean, log_var = parameters.chunk(2, 1)
    return mean, BOUND * torch.tanh(log_var / BOUND)


class DeepVae(nn.Module):
    learning_rate, clip, ema = 2e-3, 200.0, 0.999

    def __init__(self):
        super().__init__()
        a, b, c = CHANNELS
        self.climb = nn.ModuleList([
            nn.Sequential(nn.Conv2d(1, a, 3, 2, 1), Block(a)),
            nn.Sequential(nn.ReLU(), nn.Conv2d(a, b, 3, 2, 1), Block(b)),
            nn.Sequential(nn.ReLU(), nn.Conv2d(b, c, 3, 2, 1), Block(c)),
            nn.Sequential(nn.ReLU(), nn.Flatten(), nn.Linear(c * 16, c), nn.Unflatten(1, (c, 1, 1)))])
        self.start = nn.Parameter(torch.randn(1, c, 1, 1))
        enlarge = [
            nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(b, a, 3, 2, 1, 1)),
            nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(c, b, 3, 2, 1, 0)),
            nn.Sequential(nn.ReLU(), nn.Flatten(), nn.Linear(c, c * 16), nn.Unflatten(1, (c, 4, 4)))]
        self.groups = nn.ModuleList([Group(c, LATENTS, kernel=1)])
        self.scales = [len(CHANNELS)]
        for scale in reversed(range(len(CHANNELS))):
            for i in range(GROUPS[scale]):
                self.groups.append(Group(CHANNELS[scale], LATENT_CHANNELS, enlarge[scale] if i == 0 else None))
                self.scales.append(scale)
        self.likelihood = nn.Sequential(
            nn.ReLU(), nn.ConvTranspose2d(a, a, 3, 2, 1, 1), nn.ReLU(), nn.Conv2d(a, 1, 3, 1, 1))

    def forward(self, x):
        """Distortion and rate in nats."""
        evidence, d = [], x
        for layer in self.climb:
            d = layer(d)
            evidence.append(d)
        state, rate = self.start, 0
        for group, scale in zip(self.groups, self.scales):
            state, nats = group(state, evidence[scale])
            rate = rate + nats
        logits = self.likelihood(state)
        return binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x), rate.mean()
