"""Makes torch_optimizers.json, torch_schedules.json and torch_weighted_losses.json: what PyTorch computes in float64."""

import numpy as np
import torch
from torch.nn import functional

from golden_file import Values, write

SOURCE = f"PyTorch {torch.__version__}, float64, CPU"
STEPS = 12


def parameter(array):
    return torch.nn.Parameter(torch.tensor(np.asarray(array, dtype=np.float64)))


def steps_case(seed, make, settings, after=lambda weights: None, before=lambda weights: None):
    """Twelve steps on given gradients, the rate going down half-way, as a schedule would have it."""
    values = Values(seed)
    initial = values.normal(3, 4)
    gradients = [values.normal(3, 4, scale=0.5) for _ in range(STEPS)]
    factors = [1.0] * 6 + [0.5] * 6
    weights = parameter(initial)
    optimizer = make([weights])
    rate = optimizer.param_groups[0]["lr"]
    trace = []
    for gradient, factor in zip(gradients, factors):
        optimizer.param_groups[0]["lr"] = rate * factor
        weights.grad = torch.tensor(gradient)
        before(weights)
        optimizer.step()
        after(weights)
        trace.append(weights.detach().numpy().copy())
    return settings | {"initial": initial, "gradients": gradients, "factors": factors, "weights": trace}


def renorm(limit):
    def apply(weights):
        with torch.no_grad():
            weights.copy_(torch.renorm(weights, 2, 1, limit))

    return apply


def optimizers():
    sgd, rms, adam, adamw = torch.optim.SGD, torch.optim.RMSprop, torch.optim.Adam, torch.optim.AdamW
    plain = {"learningRate": 0.1}
    cases = {
        "sgd": steps_case(61, lambda p: sgd(p, lr=0.1), plain),
        "sgd_momentum": steps_case(62, lambda p: sgd(p, lr=0.1, momentum=0.9), plain | {"momentum": 0.9}),
        "sgd_nesterov": steps_case(
            63, lambda p: sgd(p, lr=0.1, momentum=0.8, nesterov=True), plain | {"momentum": 0.8}
        ),
        "sgd_l2": steps_case(64, lambda p: sgd(p, lr=0.1, weight_decay=0.3), plain | {"l2": 0.3}),
        "sgd_max_norm": steps_case(65, lambda p: sgd(p, lr=0.1), plain | {"maxNorm": 1.1}, after=renorm(1.1)),
        "rmsprop": steps_case(
            66,
            lambda p: rms(p, lr=0.01, alpha=0.8, eps=1e-3),
            {"learningRate": 0.01, "decay": 0.8, "momentum": 0.0, "epsilon": 1e-3},
        ),
        "rmsprop_momentum": steps_case(
            67,
            lambda p: rms(p, lr=0.01, alpha=0.9, eps=1e-7, momentum=0.7),
            {"learningRate": 0.01, "decay": 0.9, "momentum": 0.7, "epsilon": 1e-7},
        ),
        "adam_l2": steps_case(68, lambda p: adam(p, lr=0.05, weight_decay=0.2), {"learningRate": 0.05, "l2": 0.2}),
        "adamw": steps_case(69, lambda p: adamw(p, lr=0.05, weight_decay=0.2), {"learningRate": 0.05, "decay": 0.2}),
        "clip_by_norm": steps_case(
            70,
            lambda p: sgd(p, lr=0.1),
            plain | {"clipNorm": 1.6},
            before=lambda weights: torch.nn.utils.clip_grad_norm_([weights], 1.6),
        ),
        "clip_by_value": steps_case(
            71,
            lambda p: sgd(p, lr=0.1),
            plain | {"clipValue": 0.4},
            before=lambda weights: torch.nn.utils.clip_grad_value_([weights], 0.4),
        ),
    }
    about = (
        "weights after each of twelve steps on given gradients; the learning rate of a step is learningRate*factor."
        " l2 is weight_decay, decay of adamw decoupled; maxNorm is torch.renorm over columns after each step"
    )
    write("torch_optimizers.json", SOURCE, about, cases)


def factors(make, steps, scores=None):
    optimizer = torch.optim.SGD([parameter([1.0])], lr=1.0)
    schedule = make(optimizer)
    found = []
    for step in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step(*([] if scores is None else [scores[step]]))
    return found


def schedules():
    lr = torch.optim.lr_scheduler
    steps, warm_up = 20, 5

    def warmed(optimizer):
        rise = lr.LinearLR(optimizer, start_factor=1 / warm_up, total_iters=warm_up - 1)
        fall = lr.CosineAnnealingLR(optimizer, T_max=steps - warm_up, eta_min=0.1)
        return lr.SequentialLR(optimizer, [rise, fall], milestones=[warm_up])

    scores = [1.0, 0.9, 0.95, 0.91, 0.89, 0.6, 0.595, 0.61, 0.7, 0.8, 0.5, 0.49, 0.495, 0.5]
    cases = {
        "step": {"factors": factors(lambda o: lr.StepLR(o, step_size=6, gamma=0.3), steps)},
        "exponential": {"factors": factors(lambda o: lr.ExponentialLR(o, gamma=0.9), steps)},
        "cosine": {"factors": factors(lambda o: lr.CosineAnnealingLR(o, T_max=steps, eta_min=0.05), steps)},
        "cosine_warm_up": {"factors": factors(warmed, steps)},
        "plateau": {
            "scores": scores,
            "factors": factors(
                lambda o: lr.ReduceLROnPlateau(
                    o, factor=0.5, patience=1, threshold=0.02, threshold_mode="abs", min_lr=0.2, eps=0
                ),
                len(scores),
                scores,
            ),
        },
    }
    about = (
        "what the learning rate is multiplied by at each step; of plateau in each epoch, whose score is known at its"
        " end: PyTorch's patience of 1 is 2 here and in Keras"
    )
    write("torch_schedules.json", SOURCE, about, cases)


def loss_case(seed, classes, labels, smoothing=0.0, class_weights=None):
    logits = torch.tensor(Values(seed).normal(len(labels), classes, scale=2.0), requires_grad=True)
    targets = torch.tensor(labels)
    weights = torch.ones(len(labels), dtype=torch.float64)
    if class_weights is not None:
        weights = torch.tensor(class_weights, dtype=torch.float64)[targets]
    if class_weights is not None and smoothing > 0:
        # With both, PyTorch weighs each entry of the spread target by the entry's own class; here a text weighs as its label.
        each = functional.cross_entropy(logits, targets, label_smoothing=smoothing, reduction="none")
        loss = (weights * each).sum() / weights.sum()
    else:
        given = None if class_weights is None else torch.tensor(class_weights, dtype=torch.float64)
        loss = functional.cross_entropy(logits, targets, weight=given, label_smoothing=smoothing)
    loss.backward()
    case = {"logits": logits.detach().numpy().copy(), "labels": labels, "smoothing": smoothing}
    if class_weights is not None:
        case["classWeights"] = class_weights
    return case | {"loss": loss.item(), "gradient": logits.grad.numpy().copy()}


def binary_case(seed, labels, smoothing):
    logits = torch.tensor(Values(seed).normal(len(labels), 1, scale=2.0), requires_grad=True)
    targets = torch.tensor(labels, dtype=torch.float64)[:, None] * (1 - smoothing) + smoothing / 2
    loss = functional.binary_cross_entropy_with_logits(logits, targets)
    loss.backward()
    case = {"logits": logits.detach().numpy().copy(), "labels": labels, "smoothing": smoothing}
    return case | {"loss": loss.item(), "gradient": logits.grad.numpy().copy()}


def weighted_losses():
    labels = [2, 0, 1, 1, 0, 1]
    weights = [0.5, 1.25, 4.0]
    cases = {
        "smoothed": loss_case(81, 3, labels, smoothing=0.1),
        "smoothed_two": loss_case(82, 2, [1, 0, 0, 1, 1], smoothing=0.25),
        "weighted": loss_case(83, 3, labels, class_weights=weights),
        "smoothed_and_weighted": loss_case(84, 3, labels, smoothing=0.2, class_weights=weights),
        "binary_smoothed": binary_case(85, [1, 0, 0, 1, 1], 0.15),
    }
    about = "cross-entropy with label smoothing and class weights: weighted means, sum(w*l)/sum(w), and their gradients"
    write("torch_weighted_losses.json", SOURCE, about, cases)


if __name__ == "__main__":
    torch.set_num_threads(1)
    optimizers()
    schedules()
    weighted_losses()
