"""The `sentence-vae` recipe in PyTorch: the layers of Elbo's SentenceNetworks, with their defaults, and PyTorch's own GRU."""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

import common

EMBEDDING, HIDDEN, LATENTS = 128, 192, 32
WORD_DROPOUT, FREE_BITS = 0.2, 0.25


def embedding():
    layer = nn.Embedding(common.TOKENS, EMBEDDING)
    nn.init.normal_(layer.weight, std=0.1)
    return layer


class Encoder(nn.Module):
    """A GRU in each direction, of which the largest value of each unit is kept."""

    def __init__(self):
        super().__init__()
        self.embedding = embedding()
        self.ahead, self.back = (nn.GRU(EMBEDDING, HIDDEN, batch_first=True) for _ in range(2))
        self.out = nn.Linear(2 * HIDDEN, 2 * LATENTS)

    def forward(self, tokens):
        is_word = tokens > 0
        vectors = self.embedding(tokens)
        places = torch.arange(tokens.shape[1], device=tokens.device)
        mirrored = torch.where(is_word, is_word.sum(1, keepdim=True) - 1 - places, places)
        reversed_ = vectors.gather(1, mirrored.unsqueeze(-1).expand_as(vectors))
        states = torch.cat([self.ahead(vectors)[0], self.back(reversed_)[0]], -1)
        return self.out(states.masked_fill(~is_word.unsqueeze(-1), -2).amax(1))


class SentenceVae(nn.Module):
    learning_rate, clip, ema = 2e-3, 5.0, 0

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.embedding = embedding()
        self.gru = nn.GRU(EMBEDDING + LATENTS, HIDDEN, batch_first=True)
        self.begin, self.beside = nn.Linear(LATENTS, HIDDEN), nn.Linear(LATENTS, HIDDEN)
        self.words = nn.Linear(HIDDEN, common.TOKENS)

    def forward(self, tokens):
        """Distortion in nats, and the rate with free bits."""
        mean, log_var = self.encoder(tokens).chunk(2, -1)
        z = mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)
        states = self.gru(
            torch.cat([self.embedding(self.read(tokens)), z.unsqueeze(1).expand(-1, tokens.shape[1], -1)], -1),
            torch.tanh(self.begin(z)).unsqueeze(0))[0]
        logits = self.words(states + self.beside(z).unsqueeze(1))
        distortion = cross_entropy(logits.flatten(0, 1), tokens.flatten(), ignore_index=0, reduction="sum") / len(tokens)
        rate = 0.5 * (mean.square() + log_var.exp() - 1 - log_var)
        return distortion, rate.mean(0).clamp(min=FREE_BITS).sum()

    @torch.inference_mode()
    def write(self, count, device):
        """Sentences whose z are drawn from the prior, word by word until each has ended: INT64, [count, at most 31]."""
        z = torch.randn(count, LATENTS, device=device)
        state, beside = torch.tanh(self.begin(z)).unsqueeze(0), self.beside(z)
        token = torch.full((count,), common.BEGIN, device=device)
        ended, written = torch.zeros(count, dtype=torch.bool, device=device), []
        for _ in range(common.LONGEST):
            out, state = self.gru(torch.cat([self.embedding(token), z], -1).unsqueeze(1), state)
            logits = self.words(out.squeeze(1) + beside)
            token = torch.multinomial(logits.softmax(-1), 1).squeeze(1).masked_fill(ended, 0)
            written.append(token)
            ended |= token == common.END
            if bool(ended.all()):
                break
        return torch.stack(written, 1)

    @staticmethod
    def read(tokens):
        """What stands before each token, some of it hidden."""
        before = tokens[:, :-1]
        hidden = torch.rand(before.shape, device=tokens.device) < WORD_DROPOUT
        begin = torch.full_like(tokens[:, :1], common.BEGIN)
        return torch.cat([begin, before.masked_fill(hidden, common.UNKNOWN)], 1)
