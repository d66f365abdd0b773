"""Rebuilds the VAE of a run from its best checkpoint, and computes its ELBO in nats.

    pip install numpy safetensors
    python load_checkpoint.py RUN IMAGES

RUN is the directory of a run of recipe vae, beta-vae or iwae with Bernoulli pixels; IMAGES is an IDX file
(t10k-images-idx3-ubyte) or a .npy file, with pixels of 0 to 255.
"""
import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

ACTIVATIONS = {
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.logaddexp(0, x),
}


def best_checkpoint(run):
    """The complete checkpoint (it has a manifest) of the lowest score; the latest if none has a score."""
    complete = sorted(manifest.parent for manifest in run.glob("checkpoints/step-*/manifest.json"))
    states = {path: json.loads((path / "state.json").read_text()) for path in complete}
    scored = [path for path in complete if "score" in states[path]]
    return min(scored, key=lambda path: states[path]["score"]) if scored else complete[-1]


def network(weights, name, activation):
    """Linear layers, weight [out, in], with activations between them: names 0, 2, 4, … as nn.Sequential's."""
    numbers = sorted(int(key.split(".")[2]) for key in weights if key.startswith(name) and key.endswith("weight"))

    def forward(x):
        for i in numbers:
            x = x @ weights[f"{name}.{i}.weight"].T + weights[f"{name}.{i}.bias"]
            x = activation(x) if i < numbers[-1] else x
        return x

    return forward


def pixels(file):
    """[N, D], in 0 to 1."""
    if file.suffix == ".npy":
        grey = np.load(file)
    else:
        header = np.fromfile(file, dtype=">i4", count=4)  # magic number, N, height, width
        grey = np.fromfile(file, dtype=np.uint8, offset=16).reshape(header[1], -1)
    return grey.reshape(len(grey), -1).astype(np.float32) / 255


def rate(mean, log_var):
    """KL(N(mean, exp(log_var)) || N(0, I)), [N]."""
    return 0.5 * (np.exp(log_var) + mean**2 - 1 - log_var).sum(-1)


def distortion(x, logits):
    """-log p(x|z) of independent Bernoulli pixels, [N]."""
    return (np.logaddexp(0, logits) - x * logits).sum(-1)


def main(run, images):
    config = json.loads((run / "config.json").read_text())
    recipe, options = config["recipe"]["name"], config["recipe"]["options"]
    if recipe not in ("vae", "beta-vae", "iwae") or options["likelihood"] != "bernoulli" or options["activation"] not in ACTIVATIONS:
        sys.exit(f"this script knows vae, beta-vae and iwae with Bernoulli pixels and {', '.join(ACTIVATIONS)}; "
                 f"{run} is {recipe} with {options['likelihood']} and {options['activation']}")
    treatment = config["data"]["pixels"]
    checkpoint = best_checkpoint(run)
    weights = load_file(checkpoint / "model.safetensors")
    activation = ACTIVATIONS[options["activation"]]
    encode = network(weights, "posterior.network", activation)
    decode = network(weights, "likelihood.network", activation)

    noise = np.random.default_rng(0)
    x = pixels(images)
    if treatment != "probabilities":
        x = (noise.random(x.shape) < x).astype(np.float32)  # binarised
    mean, log_var = np.split(encode(x), 2, axis=-1)
    z = mean + np.exp(log_var / 2) * noise.standard_normal(mean.shape).astype(np.float32)

    d, r = distortion(x, decode(z)), rate(mean, log_var)
    print(f"{checkpoint.name}, {len(x)} images, pixels {treatment}")
    print(f"-ELBO                {np.mean(d + r, dtype=float):.4f} ± {np.std(d + r) / len(x) ** 0.5:.4f} nats")
    print(f"rate                 {np.mean(r, dtype=float):.4f} nats")
    print(f"distortion           {np.mean(d, dtype=float):.4f} nats, one sample of z for each image")
    print(f"distortion at E[z]   {np.mean(distortion(x, decode(mean)), dtype=float):.4f} nats")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
