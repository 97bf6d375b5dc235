"""python drift_scipy.py FOLDER COUNT: writes N.reference.parquet, N.current.parquet and answers.json there."""

import json
import sys
import warnings

import numpy as np
from drift_tables import pairs, plain
from scipy import stats

warnings.filterwarnings("ignore")
folder, count = sys.argv[1], int(sys.argv[2])


def numbers(x, y):
    # Far from 0 a mean has no digits left for small differences; near it the test is as exact as it can be.
    near, near_too = x - x[0], y - x[0]
    return {
        "ks": stats.ks_2samp(x, y).pvalue,
        "mann_whitney": stats.mannwhitneyu(x, y).pvalue,
        "t_test": stats.ttest_ind(near, near_too, equal_var=False).pvalue if len(set(x)) > 1 else None,
        "levene": stats.levene(near, near_too).pvalue if len(set(x)) > 1 or len(set(y)) > 1 else None,
        "cramer_von_mises": stats.cramervonmises_2samp(x, y).pvalue,
        "anderson_darling": stats.anderson_ksamp([x, y], variant="midrank").pvalue if len(set(x) | set(y)) > 1 else None,
        "energy": stats.energy_distance(x, y),
        "wasserstein": stats.wasserstein_distance(x, y) / max(np.std(x), 0.001),
    }


def categories(x, y):
    keys = sorted(set(x) | set(y))
    counts = np.array([[np.sum(x == key) for key in keys], [np.sum(y == key) for key in keys]])
    if len(keys) < 2:
        return {}
    answers = {
        "chi_square": stats.chi2_contingency(counts)[1],
        "g_test": stats.chi2_contingency(counts, correction=False, lambda_="log-likelihood")[1],
    }
    if len(keys) == 2:
        answers["fisher_exact"] = stats.fisher_exact(counts)[1]
    return answers


def statistics(column):
    present = column.replace([np.inf, -np.inf], np.nan)
    shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    return {
        "mean": present.mean(), "std": present.std(), "min": present.min(), "max": present.max(),
        "distinct": present.nunique(), "missing": column.isna().sum(),
        **{str(share): present.quantile(share) for share in shares},
    }


answers = []
for at, (reference, current) in enumerate(pairs(count)):
    reference.to_parquet(f"{folder}/{at}.reference.parquet")
    current.to_parquet(f"{folder}/{at}.current.parquet")
    methods, figures = {}, {}
    for name in reference.columns:
        if reference[name].dtype.kind in "fi":
            x, y = (part[name][np.isfinite(part[name])].to_numpy(float) for part in (reference, current))
            found = numbers(x, y)
            figures[name] = {key: plain(value) for key, value in statistics(reference[name]).items()}
        else:
            found = categories(reference[name].to_numpy(), current[name].to_numpy())
        methods[name] = {key: None if value is None else plain(value) for key, value in found.items()}
    answers.append({"methods": methods, "statistics": figures})
json.dump(answers, open(f"{folder}/answers.json", "w"))
