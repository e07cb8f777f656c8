"""Reads model files of rnn4j: safetensors, with the network's layers as JSON in the metadata."""

import json

import numpy

ELEMENTS = {"F32": "<f4", "F64": "<f8"}


class ModelFile:
    """The `layers` of a network, as rnn4j describes them, and its `tensors` by name, such as
    `gru_2.input_weights`."""

    def __init__(self, path):
        with open(path, "rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
            data = file.read()
        self.layers = json.loads(header.pop("__metadata__")["rnn4j.model"])["layers"]
        self.tensors = {name: self._tensor(data, entry) for name, entry in header.items()}

    @staticmethod
    def _tensor(data, entry):
        start, end = entry["data_offsets"]
        return numpy.frombuffer(data[start:end], ELEMENTS[entry["dtype"]]).reshape(entry["shape"])
