"""What the scripts share: the seeded values and the way a golden file is written."""

import json
import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "org" / "rnn4j" / "goldens"
LARGEST_FILE = 300_000
LAYOUT = (
    "row-major x.W + b; LSTM gates i|f|g|o, GRU gates z|r|n, side by side in one matrix;"
    " sequences in the caller's order"
)


class Values:
    """Random values, rounded so that a person can read them in the file."""

    def __init__(self, seed):
        self._generator = np.random.default_rng(seed)

    def normal(self, *shape, scale=1.0):
        return np.round(self._generator.normal(0.0, scale, shape), 3)

    def sequences(self, lengths, width):
        return [self.normal(length, width) for length in lengths]

    def integers(self, low, high, *shape):
        return self._generator.integers(low, high, shape)


def plain(value):
    """Turns arrays into lists of Python numbers and refuses what JSON cannot hold."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f" and (value.dtype != np.float64 or not np.isfinite(value).all()):
            raise ValueError(f"expected finite float64 values, got {value.dtype}: {value}")
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    return value


def text(value, indent=0):
    """One row vector a line: json's own indentation would put one number on each."""
    inner = " " * (indent + 1)
    if isinstance(value, dict) and value:
        entries = (f"{inner}{json.dumps(key)}: {text(entry, indent + 1)}" for key, entry in value.items())
        return "{\n" + ",\n".join(entries) + "\n" + " " * indent + "}"
    if isinstance(value, list) and any(isinstance(entry, (list, dict)) for entry in value):
        entries = (inner + text(entry, indent + 1) for entry in value)
        return "[\n" + ",\n".join(entries) + "\n" + " " * indent + "]"
    return json.dumps(value, allow_nan=False)


def write(name, source, about, cases, layout=LAYOUT):
    document = {"source": source, "about": about, "layout": layout, "cases": plain(cases)}
    body = text(document) + "\n"
    assert json.loads(body) == document, f"{name} does not read back as it was written"
    assert len(body) < LARGEST_FILE, f"{name} has {len(body)} bytes, at most {LARGEST_FILE} wanted"
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(body, encoding="ascii")
    print(f"{name}: {len(cases)} cases, {len(body)} bytes")
