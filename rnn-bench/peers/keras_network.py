"""Builds a Keras network of the layers that a model file of rnn4j describes, layer by layer.

What cannot be built in Keras with the same meaning is refused: a `ValueError` names the layer and the setting.
"""

import keras
import keras_layers
import numpy
import tensorflow as tf

# What a layer is to give to those behind it: a row for each token, the state after each whole text, or a row for each
# text. Keras' recurrent layers are told in advance.
TOKENS, STATE, TEXTS = "tokens", "the last state", "texts"

CELLS = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU, "simple_rnn": keras.layers.SimpleRNN}
MERGES = {"CONCAT": "concat", "SUM": "sum", "MEAN": "ave", "PRODUCT": "mul"}
REQUIRED = object()
PREDICTED_AT_ONCE = 64


def padded(texts, multiple=1):
    """Texts filled up with zeros behind, to the longest, or to a multiple of a length."""
    longest = max(1, max(len(text) for text in texts))
    ids = numpy.zeros((len(texts), -(-longest // multiple) * multiple), "int32")
    for row, text in zip(ids, texts):
        row[: len(text)] = text
    return ids


class Network:
    """A network whose `model` gives the sums before the activation of the last layer; `head` names that activation."""

    def __init__(self, layers):
        self.variables = []  # of names of rnn4j's tensors and the variable they are
        last = layers[-1]
        if last["type"] != "dense":
            raise ValueError(f"expected a last layer of type dense, got {last['type']}")
        self.head = last["activation"]
        self.vocabulary = 0
        self.ids = keras.Input((None,), dtype="int32")
        logits = self.chain([*layers[:-1], {**last, "activation": "LINEAR"}], self.ids, TEXTS, Names())
        self.model = keras.Model(self.ids, logits)
        self.forward = tf.function(
            lambda ids: self.model(ids, training=False), input_signature=[tf.TensorSpec((None, None), tf.int32)]
        )

    def copy(self, tensors):
        """Gives variables rnn4j's weights: all, or those of some names."""
        left = set(tensors)
        for names, variable in self.variables:
            if left.intersection(names):
                parts = [tensors[name] for name in names]
                variable.assign(parts[0] if len(parts) == 1 else numpy.stack(parts))
                left.difference_update(names)
        if left:
            raise ValueError(f"expected a variable for every tensor, got none for {sorted(left)}")

    def logits(self, texts):
        """What the network gives for lists of ids, in their order."""
        logits = numpy.zeros((len(texts), self.model.output_shape[-1]), "float32")
        places = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(places), PREDICTED_AT_ONCE):
            own = places[start : start + PREDICTED_AT_ONCE]
            logits[own] = self.forward(padded([texts[place] for place in own])).numpy()
        if not numpy.isfinite(logits).all():
            raise ValueError("expected finite logits, got some that are not")
        return logits.tolist()

    def biases_and_tables(self, tensors):
        """The variables that are no matrices of weights."""
        return [
            variable
            for names, variable in self.variables
            if tensors[names[0]].ndim != 2 or names[0].endswith(".table")
        ]

    def has_stacked_variables(self):
        """Whether a variable is several of rnn4j's tensors."""
        return any(len(names) > 1 for names, _ in self.variables)

    def chain(self, layers, x, wanted, names):
        """Layers in a row, the last of which gives what is wanted."""
        for i, layer in enumerate(layers):
            settings = Settings(layer)
            if settings.type not in BUILDERS:
                raise ValueError(f"no Keras form is known of the layer {settings.type}")
            name = names.of(settings.type)
            x = BUILDERS[settings.type](self, settings, x, before(layers[i + 1 :], wanted), name)
            settings.require_all_read()
        return x

    def call(self, layer, x, name, tensors):
        """A layer's output; its variables, in Keras' order, are these tensors."""
        y = layer(x)
        if len(layer.weights) != len(tensors):
            raise ValueError(f"expected {len(tensors)} variables of {name}, got {len(layer.weights)}")
        for variable, parts in zip(layer.weights, tensors):
            self.variables.append(([f"{name}.{part}" for part in parts], variable))
        return y


class Settings:
    """The settings of a layer. What nobody reads is refused, for it would not be followed."""

    def __init__(self, layer):
        self.values = dict(layer)
        self.type = self.values.pop("type")

    def __call__(self, name, unless_told=REQUIRED):
        if name not in self.values and unless_told is REQUIRED:
            raise ValueError(f"expected the setting {name} of the layer {self.type}, got none")
        return self.values.pop(name, unless_told)

    def require_all_read(self):
        if self.values:
            raise ValueError(f"no Keras form is known of the layer {self.type} with {self.values}")


class Names:
    """rnn4j's names of layers within what holds them: their type, and `gru_2` for the second of a type."""

    def __init__(self, prefix=""):
        self.prefix = prefix
        self.counts = {}

    def of(self, kind):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.prefix + (kind if self.counts[kind] == 1 else f"{kind}_{self.counts[kind]}")


def before(layers, wanted):
    """What layers in a row must be given, so that the last gives what is wanted."""
    for layer in reversed(layers):
        wanted = before_one(layer, wanted)
    return wanted


def before_one(layer, wanted):
    kind = layer["type"]
    if kind in ("dropout", "layer_norm", "dense"):
        return wanted
    if kind == "over_time":
        return STATE if layer["take"] == "LAST" else TOKENS
    if kind == "residual":
        return agreed(kind, wanted, before(layer["layers"], wanted))
    if kind == "concatenate":
        return agreed(kind, *(before(branch, wanted) for branch in layer["branches"]))
    return TOKENS


def agreed(kind, *wants):
    if len(set(wants)) > 1:
        raise ValueError(f"no Keras form is known of a {kind} that reads both {' and '.join(sorted(set(wants)))}")
    return wants[0]


def embedding(network, settings, ids, gives, name):
    if gives != TOKENS:
        raise ValueError(f"no Keras form is known of an embedding that gives {gives}; a recurrent layer does")
    rate = settings("word_dropout", 0)
    if rate:
        ids = keras_layers.WordDropout(rate, settings("unknown"))(ids)
    limit = settings("initial_limit", 0.05)
    network.vocabulary = settings("vocabulary")
    layer = keras.layers.Embedding(
        network.vocabulary,
        settings("size"),
        mask_zero=True,
        embeddings_initializer=keras.initializers.RandomUniform(-limit, limit),
        trainable=settings("trainable"),
    )
    return network.call(layer, ids, name, [["table"]])


def dropout(network, settings, x, gives, name):
    rate, unit = settings("rate"), settings("unit", "VALUE")
    if unit == "TOKEN":
        return keras.layers.Dropout(rate, noise_shape=(None, None, 1) if gives == TOKENS else (None, 1))(x)
    if unit == "FEATURE" and gives == TOKENS:
        return keras.layers.SpatialDropout1D(rate)(x)
    if unit == "WORD" and gives == TOKENS:
        return keras_layers.EmbeddingDropout(rate, network.vocabulary)(x, network.ids)
    if unit in ("VALUE", "FEATURE"):
        return keras.layers.Dropout(rate)(x)
    raise ValueError(f"no Keras form is known of dropout of a {unit} of {gives}")


def cell(settings, **options):
    """A recurrent layer and the names of its tensors."""
    tensors = [["input_weights"], ["recurrent_weights"], ["bias"]]
    if settings.type == "gru":
        options["reset_after"] = settings("reset_after")
        tensors[2] = ["bias", "recurrent_bias"] if options["reset_after"] else ["bias"]
    layer = CELLS[settings.type](
        settings("hidden"), recurrent_dropout=settings("recurrent_dropout", 0), **options
    )
    return layer, tensors


def recurrent(network, settings, x, gives, name):
    backwards = settings("backwards", False)
    layer, tensors = cell(settings, return_sequences=gives == TOKENS, go_backwards=backwards)
    y = network.call(layer, x, name, tensors)
    return keras_layers.Backwards()(y) if backwards and gives == TOKENS else y


def bidirectional(network, settings, x, gives, name):
    inner = Settings(settings("layer"))
    if inner.type not in CELLS:
        raise ValueError(f"no Keras form is known of a bidirectional {inner.type}")
    layer, tensors = cell(inner, return_sequences=gives == TOKENS)
    inner.require_all_read()
    both = keras.layers.Bidirectional(layer, merge_mode=MERGES[settings("merge")])
    named = [[f"{way}.{part}" for part in parts] for way in ("forward", "backward") for parts in tensors]
    return network.call(both, x, name, named)


def over_time(network, settings, x, gives, name):
    take = settings("take")
    return x if take == "LAST" else {"MEAN": keras_layers.Mean, "MAX": keras_layers.Max}[take]()(x)


def attention(network, settings, x, gives, name):
    size, hops, bias = settings("size"), settings("hops"), settings("bias")
    penalty, coefficient = settings("penalty"), settings("coefficient")
    layer = keras_layers.Attention(size, hops, bias, coefficient / hops**2 if penalty == "MEAN" else coefficient)
    return network.call(layer, x, name, [["weights"], ["bias"], ["context"]] if bias else [["weights"], ["context"]])


def layer_norm(network, settings, x, gives, name):
    layer = keras.layers.LayerNormalization(epsilon=settings("epsilon"))
    return network.call(layer, x, name, [["gain"], ["bias"]])


def dense(network, settings, x, gives, name):
    layer = keras.layers.Dense(settings("units"), activation=settings("activation").lower())
    return network.call(layer, x, name, [["weights"], ["bias"]])


def residual(network, settings, x, gives, name):
    return keras.layers.Add()([x, network.chain(settings("layers"), x, gives, Names(name + "."))])


def concatenate(network, settings, x, gives, name):
    names = Names(name + ".")
    return keras.layers.Concatenate()([network.chain(branch, x, gives, names) for branch in settings("branches")])


BUILDERS = {
    "embedding": embedding,
    "dropout": dropout,
    **{kind: recurrent for kind in CELLS},
    "bidirectional": bidirectional,
    "over_time": over_time,
    "attention": attention,
    "layer_norm": layer_norm,
    "dense": dense,
    "residual": residual,
    "concatenate": concatenate,
}
