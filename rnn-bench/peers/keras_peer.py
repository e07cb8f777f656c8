"""Keras on TensorFlow as a peer of rnn-bench/compare."""

import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy
import tensorflow as tf

import keras
import protocol


class Attention(keras.layers.Layer):
    """Sums of a text's tokens, weighed by a softmax over time of one score for each hop."""

    def __init__(self, size, hops):
        super().__init__()
        self.supports_masking = True
        self.hidden = keras.layers.Dense(size, activation="tanh", use_bias=hops == 1)
        self.context = keras.layers.Dense(hops, use_bias=False)
        self.softmax = keras.layers.Softmax(axis=1)
        self.sums = keras.layers.Dot(axes=1)
        self.flatten = keras.layers.Flatten()

    def compute_mask(self, inputs, mask=None):
        return None

    def call(self, values, mask=None):
        scores = self.context(self.hidden(values))
        weights = self.softmax(scores, mask=None if mask is None else mask[:, :, None])
        return self.flatten(self.sums([weights, values]))


def network(row, masked):
    """Embedding, recurrent layers, each normalised if wanted, the last state or attention, a dense softmax."""
    cell = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU}[row["cell"]]
    hidden = row["hidden"]
    layers = [keras.Input((None,), dtype="int32")]
    layers.append(keras.layers.Embedding(row["vocabulary"], row["embedding"], mask_zero=masked))
    for i, units in enumerate(hidden):
        every = i < len(hidden) - 1 or row["attention"] > 0
        layer = cell(units, return_sequences=every, recurrent_dropout=row["recurrentDropout"])
        layers.append(keras.layers.Bidirectional(layer) if row["directions"] == 2 else layer)
        if row["normalized"]:
            layers.append(keras.layers.LayerNormalization(epsilon=1e-5))
    if row["attention"]:
        layers.append(Attention(row["attention"], row["hops"]))
    layers.append(keras.layers.Dense(row["outputs"], activation="softmax"))
    return keras.Sequential(layers)


class Batches:
    """The batches of a row, padded with id 0, which masks; no text has it otherwise."""

    def __init__(self, row, make):
        self.tokens = [sum(lengths) for lengths in protocol.lengths_of(row)]
        ids = ([[max(1, token) for token in text] for text in texts] for texts in protocol.random_ids(row))
        self.ids = [make(numpy.array(protocol.padded(texts), numpy.int32)) for texts in ids]
        self.labels = [make(numpy.array(labels, numpy.int32)) for labels in protocol.random_labels(row)]


class Training(protocol.Task):
    """Whole training steps through `train_on_batch`."""

    def __init__(self, row, jit):
        self.settings = "jit_compile" if jit else "no jit_compile"
        self.model = network(row, row["form"] == "padded")
        self.model.compile(
            optimizer=keras.optimizers.Adam(row["learningRate"], global_clipnorm=row["clip"]),
            loss="sparse_categorical_crossentropy",
            jit_compile=jit,
        )
        self.batches = Batches(row, tf.constant)
        self.last_loss = None

    def step(self, i):
        i %= len(self.batches.ids)
        self.last_loss = self.model.train_on_batch(self.batches.ids[i], self.batches.labels[i])
        return self.batches.tokens[i]

    def finish(self):
        return {"loss": float(self.last_loss)}


class Inference(protocol.Task):
    """Probabilities of a batch, through `predict_on_batch` or a compiled call of the model."""

    def __init__(self, row, jit, direct):
        self.settings = ("compiled call" if direct else "predict_on_batch") + (", jit_compile" if jit else "")
        self.model = network(row, False)
        if direct:
            compiled = tf.function(lambda ids: self.model(ids, training=False), jit_compile=jit)
            self.call = lambda ids: compiled(ids).numpy()
        else:
            self.model.compile(jit_compile=jit)
            self.call = self.model.predict_on_batch
        self.batches = Batches(row, tf.constant)

    def step(self, i):
        i %= len(self.batches.ids)
        self.call(self.batches.ids[i])
        return self.batches.tokens[i]


def make_task(row):
    """The task of a row, at the setting that is fastest in a short trial."""
    tf.config.threading.set_intra_op_parallelism_threads(row["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(row["threads"])
    keras.utils.set_random_seed(row["seed"])
    if row["kind"] == "train":
        # Lengths differ from batch to batch in ragged rows, and XLA compiles for each anew.
        choices = (False,) if row["form"] == "padded" else (False, True)
        return protocol.fastest(row, [lambda j=jit: Training(row, j) for jit in choices])
    return protocol.fastest(
        row,
        [lambda j=jit, d=direct: Inference(row, j, d) for direct in (True, False) for jit in (False, True)],
    )


def save(row, file):
    """Writes a model for `first_prediction`."""
    network(row, False).save(file)


def first_prediction(file, length):
    """Loads a model and predicts once, as a program just started."""
    model = keras.models.load_model(file)
    ids = numpy.arange(length, dtype=numpy.int32).reshape(1, -1)
    print("predicted", numpy.asarray(model(ids))[0].tolist(), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        first_prediction(sys.argv[1], int(sys.argv[2]))
    else:
        protocol.serve(f"{keras.__version__}, TensorFlow {tf.__version__}", make_task, save)
