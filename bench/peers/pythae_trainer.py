"""pythae's VAE under pythae's own trainer: 784-512-256-20, its metrics, progress and optimizer as they come.

    .venv/bin/python pythae_trainer.py trainer [--threads N] ...

A measurement is an epoch of training. pythae's MLP nets have one hidden layer; these are the `vae` recipe's, given to it as
its documentation says. Its Bernoulli loss takes probabilities, so the decoder ends in a sigmoid.
"""

import logging
import sys
import tempfile
import time

import torch
from pythae.models import VAE, VAEConfig
from pythae.models.base.base_utils import ModelOutput
from pythae.models.nn import BaseDecoder, BaseEncoder
from pythae.trainers import BaseTrainer, BaseTrainerConfig
from pythae.trainers.training_callbacks import TrainingCallback
from pythae.data.datasets import BaseDataset
from torch import nn

import common


class Encoder(BaseEncoder):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU())
        self.embedding, self.log_var = nn.Linear(256, 20), nn.Linear(256, 20)

    def forward(self, x):
        h = self.layers(x)
        return ModelOutput(embedding=self.embedding(h), log_covariance=self.log_var(h))


class Decoder(BaseDecoder):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 784), nn.Sigmoid())

    def forward(self, z):
        return ModelOutput(reconstruction=self.layers(z).reshape(-1, 1, 28, 28))


class Epochs(TrainingCallback):
    def __init__(self):
        self.seconds, self.losses, self.began = [], [], 0.0

    def on_epoch_begin(self, training_config, **kwargs):
        self.began = time.perf_counter()

    def on_epoch_end(self, training_config, **kwargs):
        self.seconds.append(time.perf_counter() - self.began)

    def on_log(self, training_config, logs, **kwargs):
        self.losses.append(float(logs["train_epoch_loss"]))


def main():
    options = common.arguments(__doc__)
    logging.disable(logging.CRITICAL)
    data = common.images()
    model = VAE(
        VAEConfig(input_dim=(1, 28, 28), latent_dim=20, reconstruction_loss="bce"), Encoder(), Decoder())
    before = [p.detach().clone() for p in model.parameters()]
    epochs = options.warm_up + options.repeats
    per_epoch = common.IMAGES // options.batch
    callback = Epochs()
    with tempfile.TemporaryDirectory() as folder:
        config = BaseTrainerConfig(
            output_dir=folder, num_epochs=epochs, learning_rate=1e-3, per_device_train_batch_size=options.batch,
            optimizer_cls="Adam", no_cuda=True)
        dataset = BaseDataset(data, torch.ones(len(data)))
        trainer = BaseTrainer(model, dataset, training_config=config, callbacks=[callback])
        stdout, sys.stdout = sys.stdout, sys.stderr
        trainer.train()
        sys.stdout = stdout
    steps = -(-common.IMAGES // options.batch)  # pythae keeps the last, smaller batch
    rates = [steps / s for s in callback.seconds[options.warm_up :]]
    moved = max(float((p.detach() - b).abs().max()) for p, b in zip(trainer.model.parameters(), before))
    import pythae  # noqa: F401  (its version has no attribute)
    from importlib.metadata import version
    common.report(options, rates, callback.losses[0], callback.losses[-1], moved, pythae=version("pythae"),
                  stepsPerEpoch=per_epoch, parameters=common.parameters(trainer.model))


main()
