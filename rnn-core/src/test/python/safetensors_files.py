"""Reads and writes files with Python's safetensors, for PythonSafeTensorsTest.

    python safetensors_files.py read FILE     prints what is in the file as JSON
    python safetensors_files.py write FILE    writes a file whose content the test knows
"""

import json
import sys
import zlib

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

CHECKSUM = "rnn4j.crc32"


def read(name):
    with safe_open(name, framework="numpy") as file:
        metadata = file.metadata() or {}
        tensors = {key: file.get_tensor(key) for key in file.keys()}
    digits = metadata.get(CHECKSUM, "").encode()
    with open(name, "rb") as file:
        content = file.read()
    zeroed = content.replace(digits, b"0" * len(digits), 1) if digits else content
    return {
        "metadata": metadata,
        "crc32": f"{zlib.crc32(zeroed):08x}",
        "tensors": {
            key: {"dtype": str(tensor.dtype), "shape": list(tensor.shape), "values": tensor.ravel().tolist()}
            for key, tensor in tensors.items()
        },
    }


def write(name):
    tensors = {
        "single": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
        "double": np.array([1 / 3, -0.0, 5e-324]),
        "scalar": np.array(2.5, dtype=np.float32),
        "empty": np.zeros((0, 2), dtype=np.float32),
    }
    save_file(tensors, name, metadata={"from": "Python", "text": 'ü "\n'})


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("read", "write"):
        sys.exit(__doc__)
    if sys.argv[1] == "read":
        # Escapes only: the caller need not know the console's encoding.
        print(json.dumps(read(sys.argv[2]), ensure_ascii=True))
    else:
        write(sys.argv[2])
