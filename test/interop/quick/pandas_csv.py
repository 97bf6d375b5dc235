"""Reads the delimited files that a list names, all values as texts, and writes what each holds or that it is refused."""

import json
import sys
import warnings

import pandas

warnings.simplefilter("error")


def read(path, delimiter, one_column):
    # An empty line in a table of one column is a row; pandas passes it over unless told otherwise.
    try:
        table = pandas.read_csv(
            path, sep=delimiter, dtype=str, keep_default_na=False, skip_blank_lines=not one_column
        )
    except Exception as error:
        return {"refused": str(error)}
    if not isinstance(table.index, pandas.RangeIndex):
        return {"refused": "the first column was taken for an index"}
    # A value that a short row lacks is no text.
    rows = [[value if isinstance(value, str) else None for value in row] for row in table.itertuples(index=False)]
    return {"columns": list(table.columns), "rows": rows}


listed, answers = sys.argv[1:]
with open(listed, encoding="utf8") as file:
    tables = json.load(file)
with open(answers, "w", encoding="utf8") as file:
    json.dump([read(**table) for table in tables], file)
