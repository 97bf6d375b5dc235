"""Random pairs of tables with what real ones have: ties, gaps, infinities, constants, few values, new categories."""

import numpy as np
import pandas as pd

# Across the sizes at which the tools change their methods.
sizes = [12, 60, 200, 999, 1000, 1001, 3000, 9999, 10000, 12000]


def table(rng, n, drift):
    base = rng.normal(drift, 1 + drift, n)
    columns = {
        "normal": base,
        "skewed": np.exp(rng.normal(drift / 2, 0.8, n)),
        "tied": np.round(rng.normal(drift, 1, n), 1),
        "few": rng.choice([0.5, 1.5, 2.5], n, p=[0.5, 0.3, 0.2] if drift == 0 else [0.4, 0.3, 0.3]),
        "binary": rng.choice([0, 1], n, p=[0.7, 0.3] if drift == 0 else [0.6, 0.4]),
        "codes": rng.integers(0, 8 + int(4 * drift), n),
        "counts": rng.poisson(20 + 3 * drift, n),
        "gaps": np.where(rng.random(n) < 0.2, np.nan, rng.normal(3 + drift, 2, n)),
        "infinite": np.where(rng.random(n) < 0.02, np.inf, rng.normal(0, 1, n)),
        "large": 1e9 + rng.normal(0, 5 + drift, n),
        "constant": np.full(n, 4.0),
        "letter": rng.choice(list("abcd"), n, p=[0.4, 0.3, 0.2, 0.1] if drift == 0 else [0.3, 0.3, 0.2, 0.2]),
        "more": rng.choice(list("abcde" if drift > 0 else "abcd"), n),
        "yes": rng.choice(["no", "yes"], n, p=[0.8, 0.2] if drift == 0 else [0.75, 0.25]),
        "truth": rng.random(n) < 0.3 + drift / 10,
    }
    return pd.DataFrame(columns)


def pairs(count):
    """Yields reference and current, each with five columns of the above."""
    for seed in range(count):
        rng = np.random.default_rng(seed)
        n = sizes[seed % len(sizes)]
        # A test of 10,000 against 10,000 rows is exact, and slow: once is enough.
        m = sizes[(seed * 7 + seed // 10) % len(sizes)] if n < 9999 or seed < 10 else 700
        drift = [0, 0.05, 0.3, 1][seed % 4]
        reference, current = table(rng, n, 0), table(rng, m, drift)
        names = rng.permutation(list(reference.columns))[:5]
        yield reference[names], current[names]


def plain(value):
    """JSON has no NaN and no infinity."""
    value = float(value)
    return value if np.isfinite(value) else None if np.isnan(value) else str(value)
