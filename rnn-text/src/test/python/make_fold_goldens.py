"""Writes how scikit-learn's StratifiedKFold balances folds: python make_fold_goldens.py > ../resources/org/rnn4j/text/data/stratified_folds.json

For texts of given classes and a number of folds: the counts of each class over the folds, ascending, and the folds' sizes, ascending.
Which text stands in which fold depends on the generator and is not compared.
"""

import json
import random

import numpy as np
from sklearn.model_selection import StratifiedKFold

cases = []
for seed in range(40):
    draw = random.Random(seed)
    folds = draw.randint(2, 10)
    counts = [draw.randint(folds, 60) for _ in range(draw.randint(2, 5))]
    labels = np.repeat(np.arange(len(counts)), counts)
    np.random.default_rng(seed).shuffle(labels)
    parts = [held for _, held in StratifiedKFold(folds, shuffle=True, random_state=seed).split(labels, labels)]
    held = np.array([np.bincount(labels[part], minlength=len(counts)) for part in parts])
    cases.append(
        {
            "folds": folds,
            "labels": "".join(map(str, labels)),
            "class_counts": [sorted(map(int, column)) for column in held.T],
            "sizes": sorted(map(int, held.sum(axis=1))),
        }
    )
print("[" + ",\n".join(json.dumps(case) for case in cases) + "]")
