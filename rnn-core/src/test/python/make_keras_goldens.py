"""Makes keras_*.json: what Keras computes in float64 on TensorFlow, in this library's layout (which is Keras' own)."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import numpy as np
import tensorflow as tf

from golden_file import Values, write

SOURCE = f"Keras {keras.__version__} on TensorFlow {tf.__version__}, float64, CPU"
PADDING = 7.5  # a value that would show at once in any result it leaked into


def array(tensor):
    return np.asarray(tensor)


def padded(sequences, padding):
    """[batch, longest, width] and its mask, padded on the right."""
    longest = max(len(sequence) for sequence in sequences)
    shape = (len(sequences), longest, *np.shape(sequences[0])[1:])
    values = np.full(shape, padding, dtype=np.asarray(sequences[0]).dtype)
    mask = np.zeros(shape[:2], dtype=bool)
    for row, sequence in enumerate(sequences):
        values[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = True
    return tf.constant(values), tf.constant(mask)


def real_tokens(values, lengths):
    return [array(values)[row, :length] for row, length in enumerate(lengths)]


def new_cell_weights(values, kind, input_size, hidden, reset_after=True, scale=0.6):
    gates = 4 if kind == "lstm" else 3
    weights = {
        "inputWeights": values.normal(input_size, gates * hidden, scale=scale),
        "recurrentWeights": values.normal(hidden, gates * hidden, scale=scale),
        "bias": values.normal(gates * hidden, scale=scale),
    }
    if kind == "gru" and reset_after:
        weights["recurrentBias"] = values.normal(gates * hidden, scale=scale)
    return weights


def keras_cell(kind, input_size, hidden, weights, **options):
    if kind == "gru":
        options["reset_after"] = "recurrentBias" in weights
    cell = (keras.layers.LSTM if kind == "lstm" else keras.layers.GRU)(hidden, return_sequences=True, **options)
    cell.build((None, None, input_size))
    bias = weights["bias"]
    if "recurrentBias" in weights:
        bias = np.stack([bias, weights["recurrentBias"]])
    cell.set_weights([weights["inputWeights"], weights["recurrentWeights"], bias])
    return cell


def cell_weights(kernel, recurrent, bias):
    kernel, recurrent, bias = array(kernel), array(recurrent), array(bias)
    found = {"inputWeights": kernel, "recurrentWeights": recurrent}
    return found | ({"bias": bias} if bias.ndim == 1 else {"bias": bias[0], "recurrentBias": bias[1]})


def cell_case(seed, kind, input_size, hidden, lengths, initial_state, reset_after=True):
    values = Values(seed)
    weights = new_cell_weights(values, kind, input_size, hidden, reset_after)
    sequences = values.sequences(lengths, input_size)
    states = ["Hidden", "Cell"] if kind == "lstm" else ["Hidden"]
    batch = len(lengths)
    initial = [tf.constant(values.normal(batch, hidden)) for _ in states] if initial_state else []
    output_weighting = values.sequences(lengths, hidden)
    final_weighting = [values.normal(batch, hidden) for _ in states]

    cell = keras_cell(kind, input_size, hidden, weights, return_state=True)
    inputs, mask = padded(sequences, PADDING)
    with tf.GradientTape() as tape:
        tape.watch([inputs, *initial])
        outputs, *finals = cell(inputs, mask=mask, initial_state=initial or None)
        loss = tf.reduce_sum(outputs * padded(output_weighting, 0.0)[0])
        for final, weighting in zip(finals, final_weighting):
            loss += tf.reduce_sum(final * weighting)
    variables = [variable.value for variable in cell.trainable_variables]
    of_inputs, of_initial, of_weights = tape.gradient(loss, [inputs, initial, variables])
    assert outputs.dtype == tf.float64 and loss.dtype == tf.float64

    case = {"cell": kind, "inputSize": input_size, "hidden": hidden}
    if kind == "gru":
        case |= {"resetAfter": reset_after}
    case |= {"backward": False, "lengths": lengths} | weights | {"inputs": sequences}
    case |= {f"initial{name}": array(state) for name, state in zip(states, initial)}
    case |= {"outputs": real_tokens(outputs, lengths)}
    case |= {f"final{name}": array(state) for name, state in zip(states, finals)}
    case |= {"outputWeighting": output_weighting}
    case |= {f"final{name}Weighting": weighting for name, weighting in zip(states, final_weighting)}
    case |= {"loss": float(loss)}
    gradients = cell_weights(*of_weights) | {"inputs": real_tokens(of_inputs, lengths)}
    gradients |= {f"initial{name}": array(state) for name, state in zip(states, of_initial)}
    return case | {"gradients": gradients}


def cells():
    about = (
        "loss = sum(outputs*outputWeighting) + sum(finalHidden*finalHiddenWeighting)"
        " (+ sum(finalCell*finalCellWeighting)); gradients of it. Padded on the right and masked; only real tokens are"
        " stored. GRU: resetAfter adds bias to x.W and recurrentBias to h.U; without it there is one bias"
    )
    cases = {
        "lstm": cell_case(61, "lstm", 4, 3, [5, 3, 1, 4], False),
        "lstm_with_initial_state": cell_case(62, "lstm", 3, 5, [2, 5, 5, 1, 3], True),
        "gru_reset_after": cell_case(63, "gru", 4, 3, [5, 3, 1, 4], False),
        "gru_reset_after_with_initial_state": cell_case(64, "gru", 6, 5, [2, 5, 5, 1, 3], True),
        "gru_reset_before": cell_case(65, "gru", 4, 3, [5, 3, 1, 4], False, reset_after=False),
        "gru_reset_before_with_initial_state": cell_case(66, "gru", 3, 6, [2, 5, 5, 1, 3], True, reset_after=False),
    }
    write("keras_cells.json", SOURCE, about, cases)


def dropout_case(seed, kind, input_size, hidden, lengths, reset_after=True):
    """Recurrent dropout with masks that are given: a third of each gate's states is dropped."""
    values = Values(seed)
    gates = {"lstm": 4, "gru": 3, "simple_rnn": 1}[kind]
    options = {"recurrent_dropout": 1 / 3, "return_sequences": True}
    if kind == "gru":
        options |= {"reset_after": reset_after}
    layers_ = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU, "simple_rnn": keras.layers.SimpleRNN}
    layer = layers_[kind](hidden, **options)
    layer.build((None, None, input_size))
    weights = [values.normal(*weight.shape, scale=0.6) for weight in layer.get_weights()]
    layer.set_weights(weights)
    sequences = values.sequences(lengths, input_size)
    masks = 1.5 * (values.integers(0, 3, gates, len(lengths), hidden) > 0)
    given = [tf.constant(mask) for mask in masks]
    layer.cell.get_recurrent_dropout_mask = lambda state: given if kind != "simple_rnn" else given[0]
    output_weighting = values.sequences(lengths, hidden)
    inputs, mask = padded(sequences, PADDING)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = layer(inputs, mask=mask, training=True)
        loss = tf.reduce_sum(outputs * padded(output_weighting, 0.0)[0])
    variables = [variable.value for variable in layer.trainable_variables]
    of_inputs, of_weights = tape.gradient(loss, [inputs, variables])
    assert outputs.dtype == tf.float64 and loss.dtype == tf.float64

    case = {"cell": kind, "inputSize": input_size, "hidden": hidden, "backward": False, "lengths": lengths}
    case |= cell_weights(*weights) | {"inputs": sequences, "stateMasks": np.concatenate(list(masks), axis=1)}
    case |= {"outputs": real_tokens(outputs, lengths), "outputWeighting": output_weighting, "loss": float(loss)}
    return case | {"gradients": cell_weights(*of_weights) | {"inputs": real_tokens(of_inputs, lengths)}}


def dropouts():
    about = (
        "loss = sum(outputs*outputWeighting) and its gradients, with recurrent_dropout in training. stateMasks [batch,"
        " gates*hidden] are what each gate multiplies the state by, given to Keras in place of masks of its own"
    )
    lengths = [5, 3, 1, 4]
    cases = {
        "lstm": dropout_case(91, "lstm", 4, 3, lengths),
        "gru_reset_after": dropout_case(92, "gru", 4, 3, lengths),
        "gru_reset_before": dropout_case(93, "gru", 3, 4, lengths, reset_after=False),
        "simple_rnn": dropout_case(94, "simple_rnn", 3, 4, lengths),
    }
    write("keras_recurrent_dropout.json", SOURCE, about, cases)


def softmax_binary_case(seed, batch, softmax):
    values = Values(seed)
    logits = tf.constant(values.normal(batch, 2, scale=2.0))
    labels = values.integers(0, 2, batch)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        probabilities = softmax(logits)
        loss = keras.losses.BinaryCrossentropy()(np.eye(2)[labels], probabilities)
    smallest = float(tf.reduce_min(probabilities))
    assert smallest > 1e-5, f"a probability of {smallest} comes near Keras' clipping"
    gradient = tape.gradient(loss, logits)
    return {"logits": array(logits), "labels": labels, "loss": float(loss), "gradient": array(gradient)}


def losses():
    about = (
        "binary_crossentropy of the softmax of two logits against one-hot targets: the mean over the two entries,"
        " then over the batch; and its gradient with respect to the logits. softmax_binary_crossentropy is what Keras"
        " documents, the loss of the probabilities. keras_softmax_binary_crossentropy is what Keras on TensorFlow"
        " computes behind a softmax of its own: it finds the logits again and takes them for those of two sigmoids"
    )
    plain, own = tf.nn.softmax, keras.activations.softmax
    cases = {
        "softmax_binary_crossentropy": softmax_binary_case(71, 6, plain),
        "softmax_binary_crossentropy_one_text": softmax_binary_case(72, 1, plain),
        "keras_softmax_binary_crossentropy": softmax_binary_case(71, 6, own),
    }
    write("keras_losses.json", SOURCE, about, cases)


def training_batches(values, vocabulary):
    lengths = [[5, 3, 1, 4], [2, 6, 3, 3, 1], [4, 4, 4, 4], [1, 2, 3, 4, 5]]
    batches = []
    for step in range(10):
        ids = [values.integers(0, vocabulary, length) for length in lengths[step % len(lengths)]]
        batches.append({"ids": ids, "labels": values.integers(0, 2, len(ids))})
    return batches


def training_case(seed):
    vocabulary, embedding_size, sizes, classes = 11, 4, [5, 3], 2
    values = Values(seed)
    embedding = keras.layers.Embedding(vocabulary, embedding_size)
    embedding.build()
    embedding.set_weights([values.normal(vocabulary, embedding_size)])
    dense = keras.layers.Dense(classes)
    dense.build((None, sizes[-1]))
    dense.set_weights([values.normal(sizes[-1], classes, scale=1.5), values.normal(classes, scale=0.3)])
    widths = [embedding_size, *sizes]
    cells_ = []
    for inputs, hidden in zip(widths, sizes):
        weights_ = new_cell_weights(values, "lstm", inputs, hidden)
        cells_.append(keras_cell("lstm", inputs, hidden, weights_, return_state=True))
    batches = training_batches(values, vocabulary)

    def weights():
        kernel, bias = dense.get_weights()
        return {
            "embedding": embedding.get_weights()[0],
            "first": cell_weights(*cells_[0].get_weights()),
            "second": cell_weights(*cells_[1].get_weights()),
            "dense": {"weights": kernel, "bias": bias},
        }

    variables = [v for layer in (embedding, *cells_, dense) for v in layer.trainable_variables]
    # Python's own floats would pass through float32 on their way into the powers of the betas.
    betas = {"beta_1": np.float64(0.9), "beta_2": np.float64(0.999)}
    adam = keras.optimizers.Adam(learning_rate=1e-2, epsilon=1e-7, **betas)
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    initial, step_losses = weights(), []
    for batch in batches:
        ids, mask = padded(batch["ids"], 0)
        with tf.GradientTape() as tape:
            sequences = embedding(ids)
            for cell in cells_:
                sequences, final, _ = cell(sequences, mask=mask)
            loss = cross_entropy(batch["labels"], dense(final))
        gradients = tape.gradient(loss, [variable.value for variable in variables])
        # Dense, so that every row of the embedding takes part in every step, touched or not.
        adam.apply([tf.convert_to_tensor(gradient) for gradient in gradients], variables)
        step_losses.append(float(loss))
    case = {"cell": "lstm", "vocabulary": vocabulary, "embeddingSize": embedding_size, "hidden": sizes, "classes": classes}
    case |= {"learningRate": 1e-2, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}
    case |= {"initialWeights": initial, "batches": batches, "losses": step_losses}
    return case | {"finalWeights": weights()}


def training():
    about = (
        "ten steps of keras.optimizers.Adam: p -= lr * sqrt(1-beta2^t)/(1-beta1^t) * m / (sqrt(v) + epsilon), on"
        " embedding, two recurrent layers, last state, dense, cross entropy (mean over the batch). losses are those"
        " before each step. Every row of the embedding takes part in every step, touched or not"
    )
    write("keras_adam.json", SOURCE, about, {"lstm": training_case(81)})


if __name__ == "__main__":
    keras.config.set_floatx("float64")
    cells()
    dropouts()
    losses()
    training()
