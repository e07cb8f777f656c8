"""ONNX Runtime as a peer of rnn-bench/compare; it predicts and does not train."""

import sys

import numpy
import onnxruntime

import protocol


def recurrent(cell, name, inputs, hidden, draw):
    """The weights of an ONNX LSTM or GRU, and what its node has besides."""
    gates = {"lstm": 4, "gru": 3}[cell]
    weights = {
        f"{name}.W": draw(1, gates * hidden, inputs),
        f"{name}.R": draw(1, gates * hidden, hidden),
        f"{name}.B": draw(1, 2 * gates * hidden),
    }
    return weights, {"hidden_size": hidden, **({"linear_before_reset": 1} if cell == "gru" else {})}


def network(row, batch):
    """A model of ids [time, batch]: embedding, recurrent layers, last state, dense softmax."""
    import onnx  # not at the top: a program that only predicts does not need it
    from onnx import TensorProto, helper, numpy_helper

    random = numpy.random.default_rng(row["seed"])

    def draw(*shape):
        return random.uniform(-0.08, 0.08, shape).astype(numpy.float32)

    weights = {"embedding": draw(row["vocabulary"], row["embedding"])}
    nodes = [helper.make_node("Gather", ["embedding", "ids"], ["values0"])]
    widths = [row["embedding"], *row["hidden"]]
    for i, (inputs, hidden) in enumerate(zip(widths, widths[1:])):
        name = f"{row['cell']}{i}"
        own, attributes = recurrent(row["cell"], name, inputs, hidden, draw)
        weights.update(own)
        outputs = ["", f"state{i}"] if i == len(widths) - 2 else [f"all{i}"]
        nodes.append(helper.make_node(row["cell"].upper(), [f"values{i}", *own], outputs, **attributes))
        if outputs[0]:  # [time, direction, batch, hidden]
            weights["axis"] = numpy.array([1], numpy.int64)
            nodes.append(helper.make_node("Squeeze", [f"all{i}", "axis"], [f"values{i + 1}"]))
    weights["zero"] = numpy.array([0], numpy.int64)
    nodes.append(helper.make_node("Squeeze", [f"state{len(widths) - 2}", "zero"], ["last"]))
    weights["head.weight"], weights["head.bias"] = draw(widths[-1], row["outputs"]), draw(row["outputs"])
    nodes.append(helper.make_node("Gemm", ["last", "head.weight", "head.bias"], ["logits"]))
    nodes.append(helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1))
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [row["length"], batch])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [batch, row["outputs"]])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def session(model, threads):
    """A session over bytes or a file, at all graph optimisations, which are the default."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Its threads spin while they wait for work within a run; they stop soon after it, and the
    # orchestrator checks that the processor is idle between rounds.
    options.add_session_config_entry("session.intra_op.allow_spinning", "1")
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Inference(protocol.Task):
    """Probabilities of a batch."""

    settings = "all graph optimisations, spinning within a run"

    def __init__(self, row):
        self.session = session(network(row, row["batch"]), row["threads"])
        self.ids = [numpy.array(texts, numpy.int64).T.copy() for texts in protocol.random_ids(row)]
        self.tokens = [batch.size for batch in self.ids]

    def step(self, i):
        i %= len(self.ids)
        self.session.run(None, {"ids": self.ids[i]})
        return self.tokens[i]


def save(row, file):
    """Writes a model of one text for `first_prediction`."""
    with open(file, "wb") as out:
        out.write(network(row, 1))


def first_prediction(file):
    """Loads a model and predicts once, as a program just started."""
    model = session(file, 1)
    length = model.get_inputs()[0].shape[0]
    ids = numpy.arange(length, dtype=numpy.int64).reshape(-1, 1)
    print("predicted", model.run(None, {"ids": ids})[0][0].tolist(), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        first_prediction(sys.argv[1])
    else:
        protocol.serve(onnxruntime.__version__, Inference, save)
