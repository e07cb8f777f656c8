"""Writes tune_goldens.json: Gaussian processes of scikit-learn, expected improvement by SciPy, rungs of scikit-learn's halving.

    venv/bin/python make_tune_goldens.py > ../resources/org/rnn4j/tune/tune_goldens.json
"""

import json
import sys

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.base import BaseEstimator
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from sklearn.model_selection import HalvingRandomSearchCV


def processes():
    """Values, groups of columns and log parameters (variance, lengths, noise); posteriors, likelihood, gradient, best likelihood times prior."""
    cases = []
    for seed, columns, groups, count in [(1, 1, [0], 6), (2, 3, [0, 1, 2], 12), (3, 5, [0, 1, 1, 1, 2], 20)]:
        draw = np.random.default_rng(seed)
        points = draw.random((count, columns)).round(3)
        if seed == 3:  # a choice of three, one-hot
            points[:, 1:4] = np.eye(3)[draw.integers(0, 3, count)]
        values = (np.sin(4 * points[:, 0]) + points[:, -1] ** 2 + 0.1 * draw.standard_normal(count)).round(3)
        lengths = draw.uniform(0.2, 1.5, max(groups) + 1).round(3)
        variance, noise = 1.3, 0.02

        def process(logs):
            kernel = ConstantKernel(np.exp(logs[0])) * Matern(np.exp(logs[1:-1])[groups], nu=2.5) + WhiteKernel(np.exp(logs[-1]))
            return GaussianProcessRegressor(kernel, alpha=0, optimizer=None).fit(points, values)

        logs = np.log([variance, *lengths, noise])
        regressor = process(logs)
        likelihood, gradient = regressor.log_marginal_likelihood(regressor.kernel_.theta, eval_gradient=True)
        by_group = [sum(gradient[1 + c] for c in range(columns) if groups[c] == g) for g in range(max(groups) + 1)]
        asked = draw.random((8, columns)).round(3)
        mean, deviation = regressor.predict(asked, return_std=True)

        medians = np.log([1, *[0.5] * len(lengths), 0.01])
        deviations = np.array([1, *[1] * len(lengths), 2])
        bounds = [(np.log(0.05), np.log(20))] * (1 + len(lengths)) + [(np.log(1e-6), 0)]
        loss = lambda logs: -process(logs).log_marginal_likelihood_value_ + 0.5 * (((logs - medians) / deviations) ** 2).sum()
        fits = [minimize(loss, start, bounds=bounds).fun for start in [medians, logs]]
        cases.append(
            {
                "groups": groups,
                "points": points.tolist(),
                "values": values.tolist(),
                "logs": logs.tolist(),
                "log_likelihood": likelihood,
                "gradient": [gradient[0], *by_group, gradient[-1]],
                "asked": asked.tolist(),
                "mean": mean.tolist(),
                "variance": (deviation**2 - noise).tolist(),  # without the noise of the WhiteKernel
                "best": -min(fits),
            }
        )
    return cases


def improvements():
    cases = []
    for mean in [-8.0, -3.5, -1.0, -0.01, 0.0, 0.3, 2.0, 5.0]:
        for deviation in [0.01, 0.3, 1.0, 4.0]:
            z = (mean - 0.1) / deviation
            cases.append([mean, deviation, 0.1, (mean - 0.1) * norm.cdf(z) + deviation * norm.pdf(z)])
    return cases


class Spender(BaseEstimator):
    """Does nothing with a budget."""

    def __init__(self, budget=1, value=0):
        self.budget = budget
        self.value = value

    def fit(self, points, labels):
        return self

    def score(self, points, labels):
        return self.value


def rungs():
    cases = []
    for configurations, minimum, factor, budget in [(27, 1, 3, 81), (20, 10, 3, 300), (9, 5, 2, 1000), (50, 7, 4, 500), (1, 3, 3, 9), (6, 100, 2, 399)]:
        search = HalvingRandomSearchCV(
            Spender(),
            {"value": list(range(1000))},
            n_candidates=configurations,
            min_resources=minimum,
            max_resources=budget,
            factor=factor,
            resource="budget",
            cv=2,
            random_state=0,
            refit=False,
        ).fit(np.zeros((10, 1)), np.arange(10) % 2)
        cases.append(
            {
                "configurations": configurations,
                "minimum": minimum,
                "factor": factor,
                "budget": budget,
                "rungs": [[int(n), int(r)] for n, r in zip(search.n_candidates_, search.n_resources_)],
            }
        )
    return cases


json.dump({"processes": processes(), "improvements": improvements(), "rungs": rungs()}, sys.stdout)
