"""python drift-tables.py FOLDER ROWS COLUMNS: two samples of floats as Parquet, every other column a little shifted."""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

folder, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for name, shift, seed in (("reference", 0.0, 1), ("current", 0.1, 2)):
    rng = np.random.default_rng(seed)
    data = {f"f{i}": rng.normal(shift * (i % 2), 1 + 0.01 * i, rows) for i in range(columns)}
    pq.write_table(pa.table(data), f"{folder}/{name}-{rows}.parquet")
