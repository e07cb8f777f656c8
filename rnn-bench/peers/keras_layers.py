"""What rnn4j has and Keras does not: layers that heed masks where Keras' own do not, or that are not there at all.

Values of tokens are [batch, time, width] with a mask [batch, time]; padded tokens have no part in any result, and a text
without tokens gives zeros.
"""

import keras
from keras import ops


def weights_of(mask, x):
    """The mask as numbers, [batch, time, 1]."""
    return ops.expand_dims(ops.cast(mask, x.dtype), -1)


class WordDropout(keras.layers.Layer):
    """In training reads each token as the unknown word with a probability; id 0 is padding and stays."""

    def __init__(self, rate, unknown):
        super().__init__()
        self.rate = rate
        self.unknown = unknown
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, ids, training=False):
        if not training:
            return ids
        dropped = keras.random.uniform(ops.shape(ids), seed=self.seed_generator) < self.rate
        return ops.where(ops.logical_and(dropped, ids != 0), self.unknown, ids)


class EmbeddingDropout(keras.layers.Layer):
    """In training drops words, each at all its places in a text; given their vectors and the ids."""

    def __init__(self, rate, vocabulary):
        super().__init__()
        self.supports_masking = True
        self.rate = rate
        self.vocabulary = vocabulary
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, x, ids, training=False):
        if not training:
            return x
        draws = keras.random.uniform((ops.shape(ids)[0], self.vocabulary), seed=self.seed_generator)
        dropped = ops.take_along_axis(draws, ids, axis=1) < self.rate
        return x * ops.expand_dims(ops.where(dropped, 0.0, 1 / (1 - self.rate)), -1)


class Backwards(keras.layers.Layer):
    """Turns the time axis around: from the order in which a layer read to the order of the text, in which Keras hands its
    mask on in any case."""

    def __init__(self):
        super().__init__()
        self.supports_masking = True

    def call(self, x):
        return ops.flip(x, axis=1)


class OverTime(keras.layers.Layer):
    """A summary of the tokens of each text."""

    def __init__(self):
        super().__init__()
        self.supports_masking = True

    def compute_mask(self, x, mask=None):
        return None


class Mean(OverTime):
    """The mean over the tokens."""

    def call(self, x, mask=None):
        counted = weights_of(mask, x)
        return ops.sum(x * counted, axis=1) / ops.maximum(ops.sum(counted, axis=1), 1)


class Max(OverTime):
    """The greatest value of each feature."""

    def call(self, x, mask=None):
        counted = ops.expand_dims(mask, -1)
        greatest = ops.max(ops.where(counted, x, -1e30), axis=1)
        return ops.where(ops.any(counted, axis=1), greatest, 0)


class Attention(OverTime):
    """Additive attention of one hop (Yang et al. 2016) and structured attention of several (Lin et al. 2017):
    a = softmax over time of tanh(x·W + b)·c, and the sums of x by each hop's a, side by side."""

    def __init__(self, size, hops, use_bias, coefficient):
        super().__init__()
        self.size = size
        self.hops = hops
        self.use_bias = use_bias
        self.coefficient = coefficient

    def build(self, shape):
        self.inner = self.add_weight(name="weights", shape=(shape[-1], self.size), initializer="glorot_uniform")
        self.bias = self.add_weight(name="bias", shape=(self.size,), initializer="zeros") if self.use_bias else None
        self.context = self.add_weight(name="context", shape=(self.size, self.hops), initializer="glorot_uniform")

    def call(self, x, mask=None):
        counted = weights_of(mask, x)
        u = ops.matmul(x, self.inner)
        u = ops.tanh(u if self.bias is None else u + self.bias)
        scores = ops.where(ops.expand_dims(mask, -1), ops.matmul(u, self.context), -1e30)
        a = ops.softmax(scores, axis=1) * counted
        if self.coefficient:
            self.add_loss(self.coefficient * ops.mean(self.overlap(a, mask)))
        sums = ops.einsum("bth,btd->bhd", a, x)
        return ops.reshape(sums, (-1, self.hops * x.shape[-1]))

    def overlap(self, a, mask):
        """‖A·Aᵀ − I‖² of each text, 0 of one without tokens."""
        products = ops.einsum("bth,btk->bhk", a, a)
        squares = ops.sum(ops.square(products - ops.eye(self.hops)), axis=(1, 2))
        return ops.where(ops.any(mask, axis=1), squares, 0)
