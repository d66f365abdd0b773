"""What the Python peers share: the images of `elbo bench train`, the measurement, and its JSON."""

import argparse
import json
import platform
import statistics
import time

import torch

IMAGES, SIDE = 10_000, 28


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("mode")
    parser.add_argument("--recipe", choices=["vae", "conv-vae"], default="vae")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=300, help="in each measurement")
    parser.add_argument("--warm-up", type=int, default=2, help="measurements thrown away")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--device", default="cpu")
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


def measure(options, model, step, sync=lambda: None):
    """`step(n)` takes a step and returns its loss as a tensor. Prints one JSON object."""
    before = [p.detach().clone() for p in model.parameters()]
    rates, losses, n = [], [], 0
    for _ in range(options.warm_up + options.repeats):
        began = time.perf_counter()
        for _ in range(options.steps):
            loss = step(n)
            n += 1
        sync()
        rates.append(options.steps / (time.perf_counter() - began))
        losses.append(float(loss))
    moved = max(float((p.detach() - b).abs().max()) for p, b in zip(model.parameters(), before))
    report(options, rates[options.warm_up :], losses[0], losses[-1], moved)


def report(options, rates, first, last, moved, **more):
    if not moved > 0 or not last < first:
        raise SystemExit(f"this measured nothing: loss {first} to {last}, weights moved by {moved}")
    print(json.dumps({
        "stepsPerSecond": {"min": min(rates), "median": statistics.median(rates), "max": max(rates)},
        "firstLoss": first, "lastLoss": last, "largestMove": moved,
        "peer": options.mode, "recipe": options.recipe, "batch": options.batch, "threads": options.threads,
        "device": options.device, "torch": torch.__version__, "python": platform.python_version(), **more,
    }))
