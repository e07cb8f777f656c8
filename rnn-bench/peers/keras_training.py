"""Trains in Keras what rnn4j trains, for rnn-bench/accuracy: the network of a model file on the same examples.

Requests, by their "do", each a line of JSON as in protocol.py:

  choose    a training  -> tries ways of compiling the training step on a few batches, replies the seconds of each as
                           "trials", and the number of the fastest as "choice"
  prepare   a training, with the "choice" -> builds the network, traces and compiles the step, replies the "settings" and
                           the "seconds" of all that
  check     "model", "ids" -> replies the "logits" of the network under the weights of a model file
  epoch                 -> learns for one epoch, replies its "seconds" and "processorSeconds"; "progress" comes before
  predict   "ids"       -> replies the "logits" of the network as trained, averaged where averages are wanted

A training has: "model", the file; "design", its settings of regularisation and learning by name, as rnn4j's examples have
them; "bucketed", whether batches are of texts of similar length; "stock", whether Keras' optimizer stays as it comes; "ids"
and "labels" of the examples; "given", the names of the weights that are the file's, where Keras is not to draw its own.
The program is started with the number of threads.
"""

import math
import os
import random
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import keras_network
import model_file
import numpy
import protocol
import tensorflow as tf

POOL_BATCHES = 64
SHAPES = 8
TRIAL_ROUNDS = 3
PROGRESS_SECONDS = 2


class Plan:
    """How weights are found: the settings of a design that are no network's. What Keras has no form of is refused."""

    WITHOUT_EFFECT = {"class-weights": "none", "l2": 0, "max-norm": 0, "batches-per-step": 1, "early-stopping": "none"}

    def __init__(self, settings, examples):
        told = dict(settings)
        self.seed = told.pop("seed")
        self.epochs = told.pop("epochs")
        self.batch_size = told.pop("batch-size")
        self.smoothing = told.pop("label-smoothing")
        self.averaging = told.pop("averaging")
        self.optimizer = variant(told.pop("optimizer"))
        self.schedule = variant(told.pop("schedule"))
        self.clip = variant(told.pop("clip"))
        self.steps = self.epochs * -(-examples // self.batch_size)
        for name, value in told.items():
            if value != self.WITHOUT_EFFECT.get(name):
                raise unknown_form(f"{name}={value}")


def variant(text):
    """The kind and the parameters of `kind:name=value,name=value`."""
    kind, _, rest = text.partition(":")
    return kind, dict(part.split("=") for part in rest.split(",") if part)


def unknown_form(what):
    return ValueError(f"no Keras form is known of {what}")


def factors(kind, parameters, steps):
    """What the learning rate is multiplied by at each step."""
    if kind not in SCHEDULES:
        raise unknown_form("the schedule " + kind)
    numbers = {name: float(value) for name, value in parameters.items()}
    warm_up = int(numbers.pop("warmup"))
    factor = SCHEDULES[kind](steps - warm_up, **numbers)
    return [(step + 1) / warm_up if step < warm_up else factor(step - warm_up) for step in range(steps)]


SCHEDULES = {
    "constant": lambda steps: lambda step: 1,
    "linear": lambda steps: lambda step: 1 - step / steps,
    "cosine": lambda steps, least: lambda step: least + (1 - least) * (1 + math.cos(math.pi * step / steps)) / 2,
    "step": lambda steps, factor, every: lambda step: factor ** (step // every),
    "exponential": lambda steps, factor, every: lambda step: factor ** (step / every),
}


class Rates(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate of each step, told in advance."""

    def __init__(self, rates):
        self.rates = tf.constant(rates, tf.float32)

    def __call__(self, step):
        return tf.gather(self.rates, tf.minimum(tf.cast(step, tf.int32), len(self.rates) - 1))

    def get_config(self):
        return {"rates": self.rates.numpy().tolist()}


class AcrossFits:
    """An optimizer for a training of several calls of `fit`, each of which would else leave the averages of the weights."""

    def finalize_variable_values(self, var_list):
        pass

    def put_averages(self, var_list):
        super().finalize_variable_values(var_list)  # does nothing where none are kept


class Exact:
    """An optimizer of Keras that is rnn4j's to the letter.

    Keras 3 on TensorFlow squares the gradient of a word at each of its places in a batch on its own, instead of their sum,
    and its averages begin with the weights after the first step, where after step t
    a += (1 - decay) / (1 - decay^t) · (w - a) has no such bias.
    """

    def apply(self, grads, trainable_variables=None):
        return super().apply([tf.convert_to_tensor(gradient) for gradient in grads], trainable_variables)

    def _update_model_variables_moving_average(self, trainable_variables):
        if self.use_ema:
            decay = self.ema_momentum
            taken = keras.ops.cast(self.iterations + 1, "float32")
            share = (1 - decay) / (1 - keras.ops.power(decay, taken))
            for variable, average in zip(trainable_variables, self._model_variables_moving_average):
                average.assign(average + share * (variable - average))


CLIPS = {"global": "global_clipnorm", "norm": "clipnorm", "value": "clipvalue"}


def optimizer_of(plan, network, tensors, stock):
    """The optimizer of a plan, Keras' own as it comes or exact."""
    kind, told = plan.optimizer
    scheduled = plan.schedule != ("constant", {"warmup": "0"})
    options = {"learning_rate": float(told["lr"])}
    if scheduled:
        options["learning_rate"] = Rates([options["learning_rate"] * f for f in factors(*plan.schedule, plan.steps)])
    if kind in ("adam", "adamw") and told["form"] == "keras":
        maker = keras.optimizers.Adam
        options.update(beta_1=float(told["beta1"]), beta_2=float(told["beta2"]), epsilon=float(told["eps"]))
        if kind == "adamw":
            options["weight_decay"] = float(told["decay"])
    elif kind == "sgd" and not (scheduled and float(told["momentum"])):
        maker = keras.optimizers.SGD
        options.update(momentum=float(told["momentum"]), nesterov=told["nesterov"] == "true")
    else:  # RMSprop has its epsilon in another place, SGD keeps its momentum in another form
        raise unknown_form(f"{kind} with {told} and the schedule {plan.schedule[0]}")
    clip, limit = plan.clip
    if clip == "norm" and network.has_stacked_variables():
        raise unknown_form("a limit of each parameter's norm where Keras has two of rnn4j's biases in one variable")
    if clip != "none":
        options[CLIPS[clip]] = float(limit["limit"])
    if plan.averaging:
        options.update(use_ema=True, ema_momentum=plan.averaging)
    if not hasattr(maker, "_update_model_variables_moving_average"):
        raise unknown_form(f"averages of weights in Keras {keras.__version__}")
    mixins = (AcrossFits,) if stock else (AcrossFits, Exact)
    optimizer = type(maker.__name__, (*mixins, maker), {})(**options)
    if kind == "adamw":
        optimizer.exclude_from_weight_decay(var_list=network.biases_and_tables(tensors))
    return optimizer


def loss_of(smoothing, head, outputs):
    """The loss over logits, and how labels are given to it."""
    if head == "SIGMOID" and outputs == 1:
        loss = keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=smoothing)
        return loss, lambda labels: labels.reshape(-1, 1).astype("float32")
    if head != "SOFTMAX":
        raise unknown_form(f"a head of {outputs} {head}")
    if not smoothing:
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True), lambda labels: labels
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    return loss, lambda labels: numpy.eye(outputs, dtype="float32")[labels]


class Batches:
    """The examples, and in which batches they come: as rnn4j's, of similar length, or in any company."""

    def __init__(self, training, plan, label_form, multiple):
        self.texts = [numpy.array(text, "int32") for text in training["ids"]]
        self.labels = numpy.array(training["labels"], "int32")
        self.size = plan.batch_size
        self.bucketed = training["bucketed"]
        self.seed = plan.seed
        self.label_form = label_form
        self.multiple = multiple

    def order(self, epoch):
        """Lists of places: examples are shuffled, sorted by length within pools, cut, the batches shuffled."""
        draw = random.Random(self.seed * 1_000_003 + epoch)
        places = list(range(len(self.texts)))
        draw.shuffle(places)
        pool = self.size * POOL_BATCHES if self.bucketed else len(places)
        batches = []
        for start in range(0, len(places), pool):
            members = places[start : start + pool]
            if self.bucketed:
                members.sort(key=lambda place: -len(self.texts[place]))
            batches += [members[at : at + self.size] for at in range(0, len(members), self.size)]
        draw.shuffle(batches)
        return batches

    def batch(self, places):
        texts = [self.texts[place] for place in places]
        return keras_network.padded(texts, self.multiple), self.label_form(self.labels[places])

    def shape(self, places):
        longest = max(1, max(len(self.texts[place]) for place in places))
        return len(places), -(-longest // self.multiple) * self.multiple


class Training:
    """A network under training. `jit` compiles the step with XLA for each shape of a batch; lengths are then padded
    to eight sizes, so that there are few."""

    def __init__(self, training, jit):
        self.plan = Plan(training["design"], len(training["ids"]))
        keras.utils.set_random_seed(self.plan.seed)
        file = model_file.ModelFile(training["model"])
        self.network = keras_network.Network(file.layers)
        self.network.copy({name: file.tensors[name] for name in training["given"]})
        self.model = self.network.model
        self.jit = jit
        loss, label_form = loss_of(self.plan.smoothing, self.network.head, self.model.output_shape[-1])
        optimizer = optimizer_of(self.plan, self.network, file.tensors, training["stock"])
        self.model.compile(optimizer=optimizer, loss=loss, jit_compile=jit)
        longest = max(1, max(len(text) for text in training["ids"]))
        self.batches = Batches(training, self.plan, label_form, -(-longest // SHAPES) if jit else 1)
        self.epochs = 0

    @property
    def settings(self):
        if self.jit:
            return f"jit_compile, lengths padded to multiples of {self.batches.multiple}"
        return "no jit_compile"

    def fit(self, order, callbacks=()):
        """Learns from batches, once each."""
        ids, labels = self.batches.batch(order[0])
        data = tf.data.Dataset.from_generator(
            lambda: (self.batches.batch(places) for places in order),
            output_signature=(
                tf.TensorSpec((None, None), ids.dtype),
                tf.TensorSpec((None, *labels.shape[1:]), labels.dtype),
            ),
        )
        data = data.apply(tf.data.experimental.assert_cardinality(len(order))).prefetch(2)
        self.model.fit(data, epochs=1, verbose=0, callbacks=list(callbacks))

    def compile(self, orders):
        """Traces the step, and compiles it for each shape where that is to be done; the state stays as it was."""
        self.model.optimizer.build(self.model.trainable_variables)
        variables = self.model.variables + self.model.optimizer.variables
        kept = [variable.numpy() for variable in variables]
        shapes = {self.batches.shape(places): places for order in orders for places in order}
        self.fit(list(shapes.values()) if self.jit else orders[0][:2])
        for variable, value in zip(variables, kept):
            variable.assign(value)

    def epoch(self, callbacks=()):
        """Learns for one epoch; its seconds, and those of all threads together."""
        self.epochs += 1
        order = self.batches.order(self.epochs)
        start, processor = time.perf_counter(), time.process_time()
        self.fit(order, callbacks)
        return {"seconds": time.perf_counter() - start, "processorSeconds": time.process_time() - processor}

    def predict(self, texts):
        """The logits of texts under the averages of the weights, where they are kept, else under the weights."""
        variables = self.model.trainable_variables
        kept = [variable.numpy() for variable in variables]
        self.model.optimizer.put_averages(variables)
        logits = self.network.logits(texts)
        for variable, value in zip(variables, kept):
            variable.assign(value)
        return logits


def check(request):
    """The logits of a network of a file, under the weights of the file."""
    file = model_file.ModelFile(request["model"])
    network = keras_network.Network(file.layers)
    network.copy(file.tensors)
    return {"logits": network.logits(request["ids"])}


def choose(training):
    """The way of compiling that is fastest on batches of typical lengths, tracing and compiling apart."""
    ways = []
    for jit in (False, True):
        own = Training(training, jit)
        order = sorted(own.batches.order(1), key=own.batches.shape)
        typical = [order[len(order) * part // 4] for part in (1, 2, 3)]
        own.compile([typical])
        ways.append((own, typical, []))
    for _ in range(TRIAL_ROUNDS):
        for own, typical, seconds in ways:
            start = time.perf_counter()
            own.fit(typical)
            seconds.append(time.perf_counter() - start)
    trials = {own.settings: min(seconds) for own, _, seconds in ways}
    return {"choice": min(range(len(ways)), key=lambda way: min(ways[way][2])), "trials": trials}


class Progress(keras.callbacks.Callback):
    """Tells how many batches of an epoch are done, every two seconds."""

    def __init__(self, reply, batches):
        super().__init__()
        self.reply = reply
        self.batches = batches
        self.told = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        if time.perf_counter() - self.told > PROGRESS_SECONDS:
            self.told = time.perf_counter()
            self.reply({"progress": batch + 1, "of": self.batches})


class Answers:
    """What is answered to each request."""

    def __init__(self, reply):
        self.reply = reply
        self.training = None

    def by_name(self):
        return {
            "choose": choose,
            "prepare": self.prepare,
            "check": check,
            "epoch": self.epoch,
            "predict": lambda request: {"logits": self.training.predict(request["ids"])},
        }

    def prepare(self, request):
        start = time.perf_counter()
        own = Training(request, bool(request["choice"]))
        own.compile([own.batches.order(epoch + 1) for epoch in range(own.plan.epochs)])
        self.training = own
        return {"settings": own.settings, "seconds": time.perf_counter() - start}

    def epoch(self, request):
        batches = -(-len(self.training.batches.texts) // self.training.batches.size)
        return self.training.epoch([Progress(self.reply, batches)])


if __name__ == "__main__":
    threads = int(sys.argv[1])
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    protocol.converse(f"{keras.__version__}, TensorFlow {tf.__version__}", lambda reply: Answers(reply).by_name())
