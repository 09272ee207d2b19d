"""Tables of the C++ side as DataFrames.

A table is a dict from a column's name to a tuple that begins with the column's kind
(`python/columns.hpp` lists them). Arrays are views of C++ memory that the frame now owns; nothing
here copies one, except that a column of lists takes its tuples from a pool.
"""

import numpy as np
import pandas as pd

ZONE = "Asia/Tokyo"


def frame(table, index=None):
    """Make a DataFrame of a table.

    Args:
        table: as `_shinsa` gives it.
        index: name of the column that becomes the index, instead of 0, 1, 2, ...
    """
    columns = {name: _COLUMN_OF[kind](*parts) for name, (kind, *parts) in table.items()}
    rows = None
    if index is not None:
        rows = pd.Index(columns.pop(index), name=index, copy=False)
    return pd.DataFrame(columns, index=rows, copy=False)


def _categories(codes, words):
    return pd.Categorical.from_codes(codes, categories=pd.Index(words, dtype=object))


def _texts(texts):
    column = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column


def _lists(codes, pool):
    with_absent = np.empty(len(pool) + 1, dtype=object)  # code -1 takes the last, None
    for position, one in enumerate(pool):
        with_absent[position] = one
    return with_absent[codes]


_COLUMN_OF = {
    "number": lambda values: values,
    "number?": lambda values, absent: pd.arrays.IntegerArray(values, absent),
    "truth": lambda values: values,
    "truth?": lambda values, absent: pd.arrays.BooleanArray(values, absent),
    "instant": lambda values: pd.array(values, dtype=pd.DatetimeTZDtype("ns", ZONE), copy=False),
    "duration": lambda values: values.view("timedelta64[ns]"),
    "category": _categories,
    "text": _texts,
    "list": _lists,
}
