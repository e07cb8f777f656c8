"""Makes torch_*.json: what PyTorch computes in float64, in this library's layout."""

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

from golden_file import Values, write

SOURCE = f"PyTorch {torch.__version__}, float64, CPU"


def tensor(array, gradient=False):
    return torch.tensor(np.asarray(array), requires_grad=gradient)


def array(tensor_):
    return tensor_.detach().numpy().copy()


def gru_columns(hidden):
    """The order in which PyTorch's r|z|n rows are taken to become our z|r|n columns; its own inverse."""
    return np.r_[hidden : 2 * hidden, 0:hidden, 2 * hidden : 3 * hidden]


def theirs(kind, hidden, ours):
    """Our [inputs, gates*hidden] or [gates*hidden] as PyTorch's rows."""
    rows = np.asarray(ours).T
    return rows[gru_columns(hidden)] if kind == "gru" else rows


def ours(kind, hidden, theirs_):
    rows = array(theirs_)
    return (rows[gru_columns(hidden)] if kind == "gru" else rows).T.copy()


def new_cell_weights(values, kind, input_size, hidden, scale=0.6):
    gates = 4 if kind == "lstm" else 3
    weights = {
        "inputWeights": values.normal(input_size, gates * hidden, scale=scale),
        "recurrentWeights": values.normal(hidden, gates * hidden, scale=scale),
        "bias": values.normal(gates * hidden, scale=scale),
    }
    if kind == "gru":
        weights["recurrentBias"] = values.normal(gates * hidden, scale=scale)
    return weights


def torch_cell(kind, input_size, hidden, weights):
    cell = (nn.LSTM if kind == "lstm" else nn.GRU)(input_size, hidden, batch_first=True).double()
    with torch.no_grad():
        cell.weight_ih_l0.copy_(tensor(theirs(kind, hidden, weights["inputWeights"])))
        cell.weight_hh_l0.copy_(tensor(theirs(kind, hidden, weights["recurrentWeights"])))
        cell.bias_ih_l0.copy_(tensor(theirs(kind, hidden, weights["bias"])))
        if kind == "gru":
            cell.bias_hh_l0.copy_(tensor(theirs(kind, hidden, weights["recurrentBias"])))
        else:
            cell.bias_hh_l0.zero_()  # our LSTM has one bias: it stands in bias_ih
    if kind == "lstm":
        cell.bias_hh_l0.requires_grad_(False)
    return cell


def cell_weights(kind, hidden, cell, of=lambda parameter: parameter):
    found = {
        "inputWeights": ours(kind, hidden, of(cell.weight_ih_l0)),
        "recurrentWeights": ours(kind, hidden, of(cell.weight_hh_l0)),
        "bias": ours(kind, hidden, of(cell.bias_ih_l0)),
    }
    if kind == "gru":
        found["recurrentBias"] = ours(kind, hidden, of(cell.bias_hh_l0))
    return found


def projected_lstm(input_size, hidden, weights):
    cell = nn.LSTM(input_size, hidden, batch_first=True, proj_size=weights["projection"].shape[1]).double()
    with torch.no_grad():
        cell.weight_ih_l0.copy_(tensor(weights["inputWeights"].T))
        cell.weight_hh_l0.copy_(tensor(weights["recurrentWeights"].T))
        cell.bias_ih_l0.copy_(tensor(weights["bias"]))
        cell.bias_hh_l0.zero_()
        cell.weight_hr_l0.copy_(tensor(weights["projection"].T))
    return cell


def simple_rnn(input_size, hidden, weights):
    cell = nn.RNN(input_size, hidden, batch_first=True).double()
    with torch.no_grad():
        cell.weight_ih_l0.copy_(tensor(weights["inputWeights"].T))
        cell.weight_hh_l0.copy_(tensor(weights["recurrentWeights"].T))
        cell.bias_ih_l0.copy_(tensor(weights["bias"]))
        cell.bias_hh_l0.zero_()
    return cell


def other_case(seed, kind, input_size, hidden, lengths, initial_state, backward, state=None):
    """A projected LSTM, whose h has the width `state`, or a simple layer."""
    values = Values(seed)
    gates, width = (4, state) if state else (1, hidden)
    weights = {
        "inputWeights": values.normal(input_size, gates * hidden, scale=0.6),
        "recurrentWeights": values.normal(width, gates * hidden, scale=0.6),
        "bias": values.normal(gates * hidden, scale=0.6),
    }
    if state:
        weights["projection"] = values.normal(hidden, state, scale=0.6)
    inputs = [tensor(sequence, True) for sequence in values.sequences(lengths, input_size)]
    states = {"Hidden": width, "Cell": hidden} if state else {"Hidden": width}
    batch = len(lengths)
    initial = [tensor(values.normal(batch, size), True) for size in states.values()] if initial_state else []
    output_weighting = values.sequences(lengths, width)
    final_weighting = [values.normal(batch, size) for size in states.values()]

    cell = (projected_lstm if state else simple_rnn)(input_size, hidden, weights)
    given = None
    if initial_state:
        given = tuple(value[None] for value in initial) if state else initial[0][None]
    turn = (lambda sequence: sequence.flip(0)) if backward else (lambda sequence: sequence)
    outputs, finals = run_packed(cell, [turn(sequence) for sequence in inputs], given)
    outputs = [turn(sequence) for sequence in outputs]
    loss = sum((output * tensor(weighting)).sum() for output, weighting in zip(outputs, output_weighting))
    loss = loss + sum((final * tensor(weighting)).sum() for final, weighting in zip(finals, final_weighting))
    loss.backward()

    case = {"cell": kind, "inputSize": input_size, "hidden": hidden, "backward": backward, "lengths": lengths}
    case |= weights | {"inputs": [array(sequence) for sequence in inputs]}
    case |= {f"initial{name}": array(value) for name, value in zip(states, initial)}
    case |= {"outputs": [array(sequence) for sequence in outputs]}
    case |= {f"final{name}": array(value) for name, value in zip(states, finals)}
    case |= {"outputWeighting": output_weighting}
    case |= {f"final{name}Weighting": weighting for name, weighting in zip(states, final_weighting)}
    case |= {"loss": loss.item()}
    gradients = {
        "inputWeights": array(cell.weight_ih_l0.grad).T.copy(),
        "recurrentWeights": array(cell.weight_hh_l0.grad).T.copy(),
        "bias": array(cell.bias_ih_l0.grad),
    }
    if state:
        gradients["projection"] = array(cell.weight_hr_l0.grad).T.copy()
    gradients |= {"inputs": [array(sequence.grad) for sequence in inputs]}
    gradients |= {f"initial{name}": array(value.grad) for name, value in zip(states, initial)}
    return case | {"gradients": gradients}


def other_cells():
    about = (
        "as torch_cells.json. lstm: nn.LSTM with proj_size, projection is [hidden, proj_size]. simple_rnn: nn.RNN with"
        " tanh, its second bias 0"
    )
    lengths = [5, 3, 1, 4]
    cases = {
        "lstm_projected": other_case(21, "lstm", 4, 5, lengths, False, False, state=2),
        "lstm_projected_with_initial_state": other_case(22, "lstm", 3, 4, lengths, True, False, state=3),
        "lstm_projected_backward_with_initial_state": other_case(23, "lstm", 3, 4, lengths, True, True, state=2),
        "simple_rnn": other_case(24, "simple_rnn", 4, 3, lengths, False, False),
        "simple_rnn_with_initial_state": other_case(25, "simple_rnn", 3, 5, lengths, True, False),
        "simple_rnn_backward_with_initial_state": other_case(26, "simple_rnn", 5, 4, lengths, True, True),
    }
    write("torch_other_cells.json", SOURCE, about, cases)


def run_packed(cell, sequences, initial=None):
    lengths = [len(sequence) for sequence in sequences]
    packed = pack_padded_sequence(
        pad_sequence(sequences, batch_first=True), lengths, batch_first=True, enforce_sorted=False
    )
    outputs, final = cell(packed, initial)
    padded, _ = pad_packed_sequence(outputs, batch_first=True)
    finals = final if isinstance(final, tuple) else (final,)
    return [padded[i, :length] for i, length in enumerate(lengths)], [state[0] for state in finals]


def cell_case(seed, kind, input_size, hidden, lengths, initial_state, backward):
    values = Values(seed)
    weights = new_cell_weights(values, kind, input_size, hidden)
    inputs = [tensor(sequence, True) for sequence in values.sequences(lengths, input_size)]
    states = ["Hidden", "Cell"] if kind == "lstm" else ["Hidden"]
    batch = len(lengths)
    initial = [tensor(values.normal(batch, hidden), True) for _ in states] if initial_state else []
    output_weighting = values.sequences(lengths, hidden)
    final_weighting = [values.normal(batch, hidden) for _ in states]

    cell = torch_cell(kind, input_size, hidden, weights)
    given = None
    if initial_state:
        given = tuple(state[None] for state in initial) if kind == "lstm" else initial[0][None]
    turn = (lambda sequence: sequence.flip(0)) if backward else (lambda sequence: sequence)
    outputs, finals = run_packed(cell, [turn(sequence) for sequence in inputs], given)
    outputs = [turn(sequence) for sequence in outputs]
    loss = sum((output * tensor(weighting)).sum() for output, weighting in zip(outputs, output_weighting))
    loss = loss + sum((final * tensor(weighting)).sum() for final, weighting in zip(finals, final_weighting))
    loss.backward()

    case = {"cell": kind, "inputSize": input_size, "hidden": hidden, "backward": backward, "lengths": lengths}
    case |= weights | {"inputs": [array(sequence) for sequence in inputs]}
    case |= {f"initial{name}": array(state) for name, state in zip(states, initial)}
    case |= {"outputs": [array(sequence) for sequence in outputs]}
    case |= {f"final{name}": array(state) for name, state in zip(states, finals)}
    case |= {"outputWeighting": output_weighting}
    case |= {f"final{name}Weighting": weighting for name, weighting in zip(states, final_weighting)}
    case |= {"loss": loss.item()}
    gradients = cell_weights(kind, hidden, cell, of=lambda parameter: parameter.grad)
    gradients |= {"inputs": [array(sequence.grad) for sequence in inputs]}
    gradients |= {f"initial{name}": array(state.grad) for name, state in zip(states, initial)}
    return case | {"gradients": gradients}


def cells():
    about = (
        "loss = sum(outputs*outputWeighting) + sum(finalHidden*finalHiddenWeighting)"
        " (+ sum(finalCell*finalCellWeighting)); gradients of it. backward: the cell reads each sequence from its"
        " end, outputs[t] is the state after tokens T-1..t. GRU: reset after, bias is added to x.W, recurrentBias to"
        " h.U. LSTM: PyTorch's second bias is 0"
    )
    cases = {
        "lstm": cell_case(11, "lstm", 4, 3, [5, 3, 1, 4], False, False),
        "lstm_with_initial_state": cell_case(12, "lstm", 3, 5, [2, 5, 5, 1, 3], True, False),
        "lstm_backward_with_initial_state": cell_case(13, "lstm", 5, 4, [1, 4, 6, 3], True, True),
        "gru": cell_case(14, "gru", 4, 3, [5, 3, 1, 4], False, False),
        "gru_with_initial_state": cell_case(15, "gru", 7, 6, [2, 5, 5, 1, 3], True, False),
        "gru_backward_with_initial_state": cell_case(16, "gru", 3, 2, [1, 4, 6, 3], True, True),
    }
    write("torch_cells.json", SOURCE, about, cases)


def binary_loss_case(logits, targets):
    given = tensor(logits, True)
    loss = nn.functional.binary_cross_entropy_with_logits(given, tensor(targets))
    loss.backward()
    return {"logits": array(given), "targets": targets, "loss": loss.item(), "gradient": array(given.grad)}


def categorical_loss_case(logits, labels):
    given = tensor(logits, True)
    loss = nn.functional.cross_entropy(given, torch.tensor(labels))
    loss.backward()
    return {"logits": array(given), "labels": labels, "loss": loss.item(), "gradient": array(given.grad)}


def losses():
    values = Values(21)
    about = "losses from logits, mean over the batch, and their gradients with respect to the logits"
    extreme = np.array([[40.0], [-40.0], [40.0], [-40.0], [800.0], [-800.0], [800.0], [-800.0], [0.0]])
    extreme_targets = np.array([[1.0], [0.0], [0.0], [1.0], [1.0], [0.0], [0.0], [1.0], [1.0]])
    three = np.array([[40.0, -40.0, 0.0], [-40.0, 40.0, 0.0], [800.0, -800.0, 1.0], [800.0, 799.0, -800.0], [0.0, 0.0, 0.0]])
    five = np.array([[800.0, 0.0, -800.0, 800.0, 799.5], [-800.0, -801.0, -799.0, -802.0, -800.0], [40.0, 39.0, 0.0, -40.0, 3.0]])
    cases = {
        "binary_cross_entropy": binary_loss_case(values.normal(6, 1, scale=2.0), np.array([[1.0], [0], [0], [1], [1], [0]])),
        "binary_cross_entropy_extreme": binary_loss_case(extreme, extreme_targets),
        "cross_entropy_3": categorical_loss_case(values.normal(5, 3, scale=2.0), [2, 0, 1, 1, 0]),
        "cross_entropy_3_extreme": categorical_loss_case(three, [0, 0, 1, 1, 2]),
        "cross_entropy_5": categorical_loss_case(values.normal(4, 5, scale=2.0), [4, 0, 3, 2]),
        "cross_entropy_5_extreme": categorical_loss_case(five, [3, 1, 0]),
    }
    write("torch_losses.json", SOURCE, about, cases)


def dense_case(seed, activation):
    values = Values(seed)
    inputs = tensor(values.normal(5, 4), True)
    weights = tensor(values.normal(4, 3), True)
    bias = tensor(values.normal(3), True)
    weighting = values.normal(5, 3)
    functions = {
        "linear": lambda x: x,
        "relu": torch.relu,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "softmax": lambda x: torch.softmax(x, dim=1),
    }
    outputs = functions[activation](nn.functional.linear(inputs, weights.T, bias))
    loss = (outputs * tensor(weighting)).sum()
    loss.backward()
    return {
        "activation": activation,
        "inputs": array(inputs),
        "weights": array(weights),
        "bias": array(bias),
        "outputs": array(outputs),
        "outputWeighting": weighting,
        "loss": loss.item(),
        "gradients": {"inputs": array(inputs.grad), "weights": array(weights.grad), "bias": array(bias.grad)},
    }


def pooling_case(seed, over_time):
    values = Values(seed)
    lengths = [5, 3, 1, 4]
    inputs = [tensor(sequence, True) for sequence in values.sequences(lengths, 6)]
    for sequence in inputs:
        for column in array(sequence).T:
            assert len(set(column)) == len(column), "a tie leaves the gradient of the maximum open"
    weighting = values.normal(len(lengths), 6)
    outputs = torch.stack([over_time(sequence) for sequence in inputs])
    loss = (outputs * tensor(weighting)).sum()
    loss.backward()
    return {
        "lengths": lengths,
        "inputs": [array(sequence) for sequence in inputs],
        "outputs": array(outputs),
        "outputWeighting": weighting,
        "loss": loss.item(),
        "gradients": {"inputs": [array(sequence.grad) for sequence in inputs]},
    }


def layers():
    about = "loss = sum(outputs*outputWeighting); gradients of it. Dense layers on rows, pooling over the time of ragged sequences"
    activations = ["linear", "relu", "tanh", "sigmoid", "softmax"]
    cases = {f"dense_{name}": dense_case(31 + i, name) for i, name in enumerate(activations)}
    cases["mean_over_time"] = pooling_case(41, lambda sequence: sequence.mean(dim=0))
    cases["max_over_time"] = pooling_case(42, lambda sequence: sequence.amax(dim=0))
    write("torch_layers.json", SOURCE, about, cases)


def attention_case(seed, hops, biased, penalty, coefficient):
    """Attention of Yang et al. 2016 (one hop, a bias) or Lin et al. 2017 (several, none), text by text."""
    values = Values(seed)
    lengths, width, size = [5, 3, 1, 4], 4, 3
    inputs = [tensor(sequence, True) for sequence in values.sequences(lengths, width)]
    layer = nn.Linear(width, size, bias=biased).double()
    context = nn.Linear(size, hops, bias=False).double()
    with torch.no_grad():
        layer.weight.copy_(tensor(values.normal(width, size).T))
        context.weight.copy_(tensor(values.normal(size, hops, scale=2.0).T))
        if biased:
            layer.bias.copy_(tensor(values.normal(size)))
    weighting = values.normal(len(lengths), hops * width)
    outputs, attention, penalties = [], [], []
    for sequence in inputs:
        rows = nn.functional.softmax(context(torch.tanh(layer(sequence))), dim=0).T
        distance = (rows @ rows.T - torch.eye(hops, dtype=torch.float64)) ** 2
        penalties.append(distance.mean() if penalty == "MEAN" else distance.sum())
        attention.append(rows)
        outputs.append((rows @ sequence).flatten())
    outputs = torch.stack(outputs)
    loss = (outputs * tensor(weighting)).sum() + coefficient * torch.stack(penalties).mean()
    loss.backward()
    case = {"hops": hops, "penalty": penalty, "coefficient": coefficient, "lengths": lengths}
    case |= {"inputs": [array(sequence) for sequence in inputs]}
    case |= {"weights": array(layer.weight).T.copy(), "context": array(context.weight).T.copy()}
    gradients = {"weights": array(layer.weight.grad).T.copy(), "context": array(context.weight.grad).T.copy()}
    if biased:
        case |= {"bias": array(layer.bias)}
        gradients |= {"bias": array(layer.bias.grad)}
    gradients |= {"inputs": [array(sequence.grad) for sequence in inputs]}
    case |= {"attention": [array(rows) for rows in attention], "outputs": array(outputs)}
    return case | {"outputWeighting": weighting, "loss": loss.item(), "gradients": gradients}


def layer_norm_case(seed, epsilon):
    values = Values(seed)
    norm = nn.LayerNorm(5, eps=epsilon).double()
    with torch.no_grad():
        norm.weight.copy_(tensor(values.normal(5)))
        norm.bias.copy_(tensor(values.normal(5)))
    inputs = tensor(values.normal(4, 5), True)
    weighting = values.normal(4, 5)
    outputs = norm(inputs)
    loss = (outputs * tensor(weighting)).sum()
    loss.backward()
    case = {"epsilon": epsilon, "inputs": array(inputs), "gain": array(norm.weight), "bias": array(norm.bias)}
    case |= {"outputs": array(outputs), "outputWeighting": weighting, "loss": loss.item()}
    gradients = {"inputs": array(inputs.grad), "gain": array(norm.weight.grad), "bias": array(norm.bias.grad)}
    return case | {"gradients": gradients}


def attention():
    about = (
        "loss = sum(outputs*outputWeighting), and for attention + coefficient * the mean over the texts of the penalty:"
        " the SUM or the MEAN of the squares of A.A^T - I; gradients of it. attention: A of each text, [hops][tokens]"
    )
    cases = {
        "additive": attention_case(61, 1, True, "SUM", 0),
        "structured": attention_case(62, 3, False, "SUM", 0),
        "structured_sum": attention_case(63, 3, False, "SUM", 0.7),
        "structured_mean": attention_case(64, 2, True, "MEAN", 1.5),
        "layer_norm": layer_norm_case(65, 1e-5),
        "layer_norm_large_epsilon": layer_norm_case(66, 0.3),
    }
    write("torch_attention.json", SOURCE, about, cases)


def training_batches(values, vocabulary):
    lengths = [[5, 3, 1, 4], [2, 6, 3, 3, 1], [4, 4, 4, 4], [1, 2, 3, 4, 5]]
    batches = []
    for step in range(10):
        ids = [values.integers(0, vocabulary, length).tolist() for length in lengths[step % len(lengths)]]
        labels = values.integers(0, 2, len(ids)).tolist()
        batches.append({"ids": ids, "labels": labels})
    return batches


def training_case(seed, kind, clip_norm=None):
    vocabulary, embedding_size, sizes, classes = 11, 4, [5, 3], 2
    values = Values(seed)
    embedding = nn.Embedding(vocabulary, embedding_size).double()
    dense = nn.Linear(sizes[-1], classes).double()
    with torch.no_grad():
        embedding.weight.copy_(tensor(values.normal(vocabulary, embedding_size)))
        dense.weight.copy_(tensor(values.normal(sizes[-1], classes, scale=1.5).T))
        dense.bias.copy_(tensor(values.normal(classes, scale=0.3)))
    widths = [embedding_size, *sizes]
    cells_ = []
    for inputs, hidden in zip(widths, sizes):
        cells_.append(torch_cell(kind, inputs, hidden, new_cell_weights(values, kind, inputs, hidden)))
    batches = training_batches(values, vocabulary)

    def weights():
        return {
            "embedding": array(embedding.weight),
            "first": cell_weights(kind, sizes[0], cells_[0]),
            "second": cell_weights(kind, sizes[1], cells_[1]),
            "dense": {"weights": array(dense.weight).T.copy(), "bias": array(dense.bias)},
        }

    parameters = [p for module in (embedding, *cells_, dense) for p in module.parameters() if p.requires_grad]
    adam = torch.optim.Adam(parameters, lr=1e-2, betas=(0.9, 0.999), eps=1e-8)
    initial, step_losses, norms = weights(), [], []
    for batch in batches:
        adam.zero_grad()
        sequences = [embedding(torch.tensor(ids)) for ids in batch["ids"]]
        for cell in cells_:
            sequences, finals = run_packed(cell, sequences)
        loss = nn.functional.cross_entropy(dense(finals[0]), torch.tensor(batch["labels"]))
        loss.backward()
        bound = float("inf") if clip_norm is None else clip_norm
        norms.append(nn.utils.clip_grad_norm_(parameters, bound).item())
        adam.step()
        step_losses.append(loss.item())
    if clip_norm is not None:
        assert min(norms) < clip_norm < max(norms), f"clipping should act on some steps, not on all: {norms}"
    case = {"cell": kind, "vocabulary": vocabulary, "embeddingSize": embedding_size, "hidden": sizes, "classes": classes}
    case |= {"learningRate": 1e-2, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    if clip_norm is not None:
        case |= {"clipNorm": clip_norm}
    case |= {"initialWeights": initial, "batches": batches, "losses": step_losses, "gradientNorms": norms}
    return case | {"finalWeights": weights()}


def training():
    about = (
        "ten steps of torch.optim.Adam: p -= lr * (m/(1-beta1^t)) / (sqrt(v/(1-beta2^t)) + epsilon), on embedding,"
        " two recurrent layers (GRU: reset after), last state, dense, cross entropy (mean over the batch)."
        " losses are those before each step; gradientNorms are global norms before clipping; clip_grad_norm_ scales by"
        " min(1, clipNorm/(norm + 1e-6)). Every row of the embedding takes part in every step, touched or not"
    )
    cases = {
        "lstm": training_case(51, "lstm"),
        "gru": training_case(52, "gru"),
        "lstm_clipped": training_case(53, "lstm", clip_norm=0.5),
    }
    write("torch_adam.json", SOURCE, about, cases)


if __name__ == "__main__":
    torch.set_num_threads(1)
    cells()
    other_cells()
    losses()
    layers()
    attention()
    training()
