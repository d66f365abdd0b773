"""Elbo's recipes in PyTorch, trained in each way that PyTorch offers.

    .venv/bin/python pytorch.py MODE [--recipe vae|conv-vae|deep-vae|sentence-vae|tts-vae] [--threads N] ...

MODE is eager, fused (eager with the fused Adam), compile, and on CUDA reduce-overhead and graph (captured by hand; vae and
conv-vae alone). Gradients are clipped and weights averaged where the recipe does it.
"""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

import common
from deep_vae import DeepVae
from sentence_vae import SentenceVae
from tts_vae import TtsVae


class Vae(nn.Module):
    learning_rate, clip, ema = 1e-3, 0, 0

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(self, x):
        mean, log_var = self.encoder(x).chunk(2, -1)
        z = mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)
        logits = self.decoder(z)
        distortion = binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)
        rate = 0.5 * (mean.square() + log_var.exp() - 1 - log_var).sum() / len(x)
        return distortion, rate


def vae():
    encoder = nn.Sequential(
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 40))
    decoder = nn.Sequential(
        nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 784), nn.Unflatten(1, (1, 28, 28)))
    return Vae(encoder, decoder)


def conv_vae():
    encoder = nn.Sequential(
        nn.Conv2d(1, 32, 3, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 3, 2, 1), nn.ReLU(), nn.Conv2d(64, 128, 3, 2, 1),
        nn.ReLU(), nn.Flatten(), nn.Linear(2048, 64))
    decoder = nn.Sequential(
        nn.Linear(32, 2048), nn.Unflatten(1, (128, 4, 4)), nn.ReLU(), nn.ConvTranspose2d(128, 64, 3, 2, 1, 0), nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 3, 2, 1, 1), nn.ReLU(), nn.ConvTranspose2d(32, 1, 3, 2, 1, 1))
    return Vae(encoder, decoder)


MODELS = {"vae": vae, "conv-vae": conv_vae, "deep-vae": DeepVae, "sentence-vae": SentenceVae, "tts-vae": TtsVae}
DATA = {"sentence-vae": common.Sentences, "tts-vae": common.Clips}


def main():
    options = common.arguments(__doc__)
    batches = DATA.get(options.recipe, common.Images)(options)
    model = MODELS[options.recipe]().to(options.device)
    if options.writing:
        return common.measure_writing(options, model.eval())
    cuda = options.device.startswith("cuda")
    sync = torch.cuda.synchronize if cuda else lambda: None
    captured = options.mode == "graph"
    decay = getattr(model, "weight_decay", 0)
    optimizer = (torch.optim.AdamW if decay else torch.optim.Adam)(
        model.parameters(), lr=model.learning_rate, weight_decay=decay, fused=options.mode != "eager",
        capturable=captured or None)
    forward = model
    if options.mode == "compile":
        forward = torch.compile(model)
    elif options.mode == "reduce-overhead":
        forward = torch.compile(model, mode="reduce-overhead")
    parameters = list(model.parameters())
    average = [p.detach().clone() for p in parameters] if model.ema else []

    def step(n):
        optimizer.zero_grad(set_to_none=True)
        loss = sum(forward(batches.at(n)))
        loss.backward()
        if model.clip:
            torch.nn.utils.clip_grad_norm_(parameters, model.clip)
        optimizer.step()
        if model.ema:
            torch._foreach_lerp_(average, [p.detach() for p in parameters], 1 - model.ema)
        return loss

    if captured:
        step = capture(batches.at, model, optimizer)
    common.measure(options, model, step, sync)


def capture(batch, model, optimizer):
    """The step as a CUDA graph, as PyTorch's documentation writes it."""
    x = batch(0).clone()
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            optimizer.zero_grad(set_to_none=True)
            sum(model(x)).backward()
            optimizer.step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    optimizer.zero_grad(set_to_none=True)
    with torch.cuda.graph(graph):
        loss = sum(model(x))
        loss.backward()
        optimizer.step()

    def step(n):
        x.copy_(batch(n))
        graph.replay()
        return loss

    return step


main()
