"""PyTorch as a peer of rnn-bench/compare.

What is fastest differs from row to row, so each row begins with a short trial of time-major and batch-major layout;
in training of the fused and the foreach Adam, in prediction of the module itself and of its frozen trace, which saves
up to a quarter of the time of one text. Tried besides, and settled for all rows:

- Denormals are flushed to zero: without it long sequences train ten times slower.
- OMP_WAIT_POLICY=PASSIVE costs 10 to 40 percent, ACTIVE is no faster than the default. The default spins for
  milliseconds after a step, which does not reach into the rounds of others.
- glibc's malloc is told to keep large blocks (see `Launcher`), which gains up to 10 percent on long sequences.
- torch.compile runs, but recurrent layers break its graph: training gets neither faster nor slower by more than the noise.
- Without oneDNN, LSTMs predict two to four times slower; GRUs do not use it.
"""

import sys

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import protocol


class Attention(nn.Module):
    """Sums of a text's tokens, weighed by a softmax over time of one score for each hop."""

    def __init__(self, inputs, size, hops, batch_first):
        super().__init__()
        self.time = 1 if batch_first else 0
        self.hidden = nn.Linear(inputs, size, bias=hops == 1)
        self.context = nn.Linear(size, hops, bias=False)

    def forward(self, values, lengths=None):
        """Of texts of one length, or of padded ones with their lengths."""
        return self.summed(values, self.context(torch.tanh(self.hidden(values))), lengths)

    def forward_packed(self, packed):
        """Of a packed sequence: scores of its tokens only, which are then padded, as PyTorch's softmax wants them."""
        scores = packed._replace(data=self.context(torch.tanh(self.hidden(packed.data))))
        values, lengths = pad_packed_sequence(packed, batch_first=self.time == 1)
        return self.summed(values, pad_packed_sequence(scores, batch_first=self.time == 1)[0], lengths)

    def summed(self, values, scores, lengths):
        if lengths is not None:
            steps = torch.arange(scores.shape[self.time])
            padding = steps >= lengths[:, None] if self.time == 1 else steps[:, None] >= lengths
            scores = scores.masked_fill(padding[:, :, None], float("-inf"))
        weights = torch.softmax(scores, self.time)
        if self.time == 1:
            return torch.bmm(weights.transpose(1, 2), values).flatten(1)
        return torch.bmm(weights.permute(1, 2, 0), values.transpose(0, 1)).flatten(1)


class Network(nn.Module):
    """Embedding, recurrent layers of any widths, each normalised if wanted, the last state or attention, a dense head
    that gives logits."""

    def __init__(self, row, batch_first):
        super().__init__()
        self.batch_first = batch_first
        self.embedding = nn.Embedding(row["vocabulary"], row["embedding"])
        cell = {"lstm": nn.LSTM, "gru": nn.GRU}[row["cell"]]
        self.both = row["directions"] == 2
        hidden = row["hidden"]
        widths = [row["embedding"], *(row["directions"] * units for units in hidden)]
        self.layers = nn.ModuleList(
            cell(inputs, units, batch_first=batch_first, bidirectional=self.both) for inputs, units in zip(widths, hidden)
        )
        norms = (nn.LayerNorm(width) if row["normalized"] else nn.Identity() for width in widths[1:])
        self.norms = nn.ModuleList(norms)
        self.normalized = row["normalized"]
        self.attention = None
        if row["attention"]:
            self.attention = Attention(widths[-1], row["attention"], row["hops"], batch_first)
        self.head = nn.Linear(widths[-1] * (row["hops"] if row["attention"] else 1), row["outputs"])

    def forward(self, ids, lengths=None):
        """Of texts of one length; or of padded ones with their lengths."""
        values = self.embedding(ids)
        for layer, norm in zip(self.layers, self.norms):
            values, state = layer(values)
            values = norm(values)
        if self.attention is not None:
            return self.head(self.attention(values, lengths))
        if self.both:  # of texts of one length only
            state = state[0] if isinstance(state, tuple) else state
            return self.head(torch.cat([state[0], state[1]], 1))
        if lengths is None:
            last = values[:, -1] if self.batch_first else values[-1]
        else:
            texts = torch.arange(len(lengths))
            last = values[texts, lengths - 1] if self.batch_first else values[lengths - 1, texts]
        return self.head(last)

    def forward_packed(self, ids, lengths):
        """Of padded texts, longest first, without computing on the padding."""
        values = pack_padded_sequence(self.embedding(ids), lengths, batch_first=self.batch_first)
        for layer, norm in zip(self.layers, self.norms):
            values, state = layer(values)
            if self.normalized:
                values = values._replace(data=norm(values.data))
        if self.attention is not None:
            return self.head(self.attention.forward_packed(values))
        last = state[0] if isinstance(state, tuple) else state
        return self.head(last[-1])


class Batches:
    """The batches of a row as tensors, [batch, time] or [time, batch]."""

    def __init__(self, row, batch_first):
        self.lengths = [torch.tensor(lengths) for lengths in protocol.lengths_of(row)]
        self.tokens = [int(lengths.sum()) for lengths in self.lengths]
        self.labels = [torch.tensor(labels) for labels in protocol.random_labels(row)]
        ids = (torch.tensor(protocol.padded(texts)) for texts in protocol.random_ids(row))
        self.ids = [batch if batch_first else batch.t().contiguous() for batch in ids]


class Training(protocol.Task):
    """Whole training steps: forward, backward, clipping, Adam over everything, the embedding included."""

    def __init__(self, row, batch_first, fused):
        self.settings = ("batch first" if batch_first else "time first") + (", fused" if fused else ", foreach") + " Adam"
        self.form = row["form"]
        self.clip = row["clip"]
        self.network = Network(row, batch_first)
        self.batches = Batches(row, batch_first)
        self.loss = nn.CrossEntropyLoss()
        how = {"fused": True} if fused else {"foreach": True}
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=row["learningRate"], **how)
        self.last_loss = None

    def step(self, i):
        batches = self.batches
        i %= len(batches.ids)
        ids, lengths = batches.ids[i], batches.lengths[i]
        self.optimizer.zero_grad(set_to_none=True)
        if self.form == "packed":
            logits = self.network.forward_packed(ids, lengths)
        else:
            logits = self.network(ids, lengths if self.form == "padded" else None)
        self.last_loss = self.loss(logits, batches.labels[i])
        self.last_loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.clip, foreach=True)
        self.optimizer.step()
        return batches.tokens[i]

    def finish(self):
        return {"loss": self.last_loss.item()}


class Inference(protocol.Task):
    """Probabilities of a batch."""

    def __init__(self, row, batch_first, traced):
        self.settings = ("batch first" if batch_first else "time first") + (", traced" if traced else ", eager")
        self.batches = Batches(row, batch_first)
        self.network = Network(row, batch_first).eval()
        if traced:
            with torch.inference_mode():
                self.network = torch.jit.freeze(torch.jit.trace(self.network, self.batches.ids[0]))

    def step(self, i):
        i %= len(self.batches.ids)
        with torch.inference_mode():
            torch.softmax(self.network(self.batches.ids[i]), 1)
        return self.batches.tokens[i]


class Product(protocol.Task):
    """Products of square matrices, the peak that a core reaches."""

    settings = "torch.mm"

    def __init__(self, row):
        self.sizes = row["sizes"]
        self.pairs = [(torch.randn(n, n), torch.randn(n, n), torch.empty(n, n)) for n in self.sizes]

    def step(self, i):
        return 0

    def finish(self):
        """Gives GFLOP/s of each size, each timed for about 0.2 s."""
        return {
            "gflops": {
                f"{n}x{n}x{n}": protocol.rate(lambda: torch.mm(a, b, out=c), 2 * n**3)
                for n, (a, b, c) in zip(self.sizes, self.pairs)
            }
        }


def make_task(row):
    """The task of a row, at the settings that are fastest in a short trial."""
    torch.set_num_threads(row["threads"])
    torch.set_flush_denormal(True)
    torch.manual_seed(row["seed"])
    if row["kind"] == "product":
        return Product(row)
    if row["kind"] == "train":
        return protocol.fastest(
            row,
            [
                lambda b=batch_first, f=fused: Training(row, b, f)
                for batch_first in (False, True)
                for fused in (True, False)
            ],
        )
    return protocol.fastest(
        row,
        [
            lambda b=batch_first, t=traced: Inference(row, b, t)
            for batch_first in (False, True)
            for traced in (False, True)
        ],
    )


def save(row, file):
    """Writes weights for `first_prediction`."""
    torch.save({"row": row, "weights": Network(row, False).state_dict()}, file)


def first_prediction(file):
    """Loads weights and predicts once, as a program just started."""
    torch.set_flush_denormal(True)
    saved = torch.load(file, weights_only=True)
    network = Network(saved["row"], False).eval()
    network.load_state_dict(saved["weights"])
    with torch.inference_mode():
        ids = torch.arange(saved["row"]["length"]).reshape(-1, 1)
        print("predicted", torch.softmax(network(ids), 1)[0].tolist(), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        first_prediction(sys.argv[1])
    else:
        protocol.serve(torch.__version__, make_task, save)
