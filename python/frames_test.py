"""Frames: what is in them, and that no row of them was copied one by one."""

import gc
import json
import unittest

import numpy as np
import pandas as pd

import shinsa
from shinsa import _frames

STORY = "jpdirect-reissue/first-light"
TOKYO = pd.DatetimeTZDtype("ns", "Asia/Tokyo")


def arrays_of(table):
    """Every numpy array of a table, with the column it belongs to."""
    for name, parts in table.items():
        for part in parts:
            if isinstance(part, np.ndarray):
                yield name, part


def memory_of(column):
    """The array that a pandas column lies on."""
    array = column.array
    if isinstance(array, pd.Categorical):
        return array.codes
    if isinstance(array, pd.arrays.DatetimeArray):
        return array.asi8
    if isinstance(array, pd.arrays.IntegerArray | pd.arrays.BooleanArray):
        return array._data
    return column.to_numpy()


def log_of_prices(count):
    """A trace of as many facts, each of another subject."""
    lines = [
        json.dumps(
            {
                "id": str(at),
                "time": "2026-11-24T10:00:00+09:00",
                "type": "fact.price",
                "subject": f"product/{at}",
                "data": {"amount": at},
            }
        )
        for at in range(count)
    ]
    return trace_of_lines(lines)


def trace_of_lines(lines):
    outcome = shinsa._shinsa.judge(
        "log.jsonl", "\n".join(lines) + "\n", "jpdirect-reissue", {}, True, True, False
    )
    return shinsa.Judgement(outcome).trace


class CopyTest(unittest.TestCase):
    def setUp(self):
        self.trace = shinsa.run(STORY).trace

    def test_arrays_lie_in_memory_that_a_capsule_owns(self):
        tables = [self.trace._handle.events()]
        tables += [self.trace._handle.data(type) for type in self.trace.types]
        for table in tables:
            for name, array in arrays_of(table):
                with self.subTest(column=name):
                    self.assertFalse(array.flags.owndata)
                    self.assertEqual(type(array.base).__name__, "PyCapsule")
                    self.assertTrue(array.flags.c_contiguous)

    def test_pandas_columns_share_that_memory(self):
        table = self.trace._handle.events()
        frame = _frames.frame(table, index="line")
        self.assertTrue(np.shares_memory(frame.index.to_numpy(), table["line"][1]))
        for name in frame:
            with self.subTest(column=name):
                self.assertTrue(np.shares_memory(memory_of(frame[name]), table[name][1]))

    def test_columns_of_fields_share_it_too_except_lists(self):
        for type in ("certificate.issued", "application.returned", "fact.price", "mail.sent"):
            table = self.trace._handle.data(type)
            frame = _frames.frame(table, index="line")
            for name in frame:
                if table[name][0] == "list":
                    continue
                with self.subTest(type=type, column=name):
                    self.assertTrue(np.shares_memory(memory_of(frame[name]), table[name][1]))

    def test_codes_are_as_wide_as_pandas_wants_them(self):
        for count, width in ((126, "int8"), (127, "int16"), (32766, "int16"), (32767, "int32")):
            with self.subTest(subjects=count):
                table = log_of_prices(count)._handle.events()
                codes = table["subject"][1]
                self.assertEqual(codes.dtype, width)
                frame = _frames.frame(table)
                self.assertTrue(np.shares_memory(memory_of(frame["subject"]), codes))
                self.assertEqual(frame["subject"].iloc[-1], f"product/{count - 1}")

    def test_a_frame_outlives_its_trace(self):
        frame = self.trace.to_pandas()
        before = frame.to_csv()
        self.trace = None
        gc.collect()
        self.assertEqual(frame.to_csv(), before)

    def test_each_call_gives_a_frame_of_its_own(self):
        first = self.trace.to_pandas()
        first["time"] = first["time"] + pd.Timedelta(days=1)
        first.loc[1, "type"] = "mail.sent"
        second = self.trace.to_pandas()
        self.assertEqual(second["type"].iloc[0], "log.opened")
        self.assertEqual(second["time"].iloc[0], first["time"].iloc[0] - pd.Timedelta(days=1))


class TraceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.trace = shinsa.run(STORY).trace

    def test_says_what_the_json_lines_say(self):
        frame = self.trace.to_pandas()
        self.assertEqual(len(frame), len(self.trace))
        for event, row in zip(self.trace, frame.itertuples()):
            self.assertEqual(event["id"], row.id)
            self.assertEqual(event["type"], row.type)
            self.assertEqual(event["subject"], row.subject)
            self.assertEqual(pd.Timestamp(event["time"]), row.time)

    def test_times_are_in_tokyo_and_the_rest_are_categories(self):
        frame = self.trace.to_pandas()
        self.assertEqual(frame["time"].dtype, TOKYO)
        self.assertEqual(frame.index.name, "line")
        for name in ("id", "type", "sort", "actor", "subject"):
            self.assertIsInstance(frame[name].dtype, pd.CategoricalDtype, name)

    def test_frames_of_two_traces_can_be_put_together(self):
        other = shinsa.run("jpdirect-reissue/new-order-by-card").trace
        both = pd.concat([self.trace.to_pandas(), other.to_pandas()])
        for name in ("type", "sort", "actor"):
            self.assertIsInstance(both[name].dtype, pd.CategoricalDtype, name)
        self.assertEqual(
            both["actor"].cat.categories.tolist(),
            "nobody customer payer telephone directory dns web whois post portal ca".split(),
        )

    def test_fields_of_every_type_say_what_the_json_lines_say(self):
        run = shinsa.run("jpdirect-reissue/new-order-by-transfer#1")
        for type, count in run.trace.types.items():
            frame = run.trace.data(type)
            self.assertEqual(len(frame), count)
            for line, row in frame.iterrows():
                said = run.trace[line - 1]["data"]
                for name, value in row.items():
                    with self.subTest(type=type, line=line, field=name):
                        if name not in said:
                            self.assertTrue(value is None or pd.isna(value))
                        elif isinstance(value, pd.Timestamp):
                            self.assertEqual(value, pd.Timestamp(said[name]))
                        else:
                            is_list = isinstance(value, tuple)
                            self.assertEqual(list(value) if is_list else value, said[name])

    def test_fields_have_types(self):
        trace = shinsa.run("jpdirect-reissue/new-order-by-transfer#1").trace
        issued = trace.data("certificate.issued")
        self.assertEqual(issued["not_after"].dtype, TOKYO)
        self.assertIn("OV-wildcard", issued["kind"].cat.categories)  # also what was not seen
        self.assertEqual(trace.data("fact.price")["amount"].dtype, "Int64")
        self.assertEqual(trace.data("log.opened")["complete"].dtype, "boolean")

    def test_a_type_that_does_not_occur_gives_no_rows_but_all_columns(self):
        frame = self.trace.data("certificate.revoked")
        self.assertEqual((len(frame), list(frame)), (0, ["reason"]))

    def test_joins_with_the_frame_of_events(self):
        joined = self.trace.to_pandas().join(self.trace.data("certificate.issued"), how="inner")
        self.assertEqual(joined["cn"].tolist(), ["www.example.jp"])
        self.assertEqual(joined["type"].tolist(), ["certificate.issued"])

    def test_refuses_a_type_that_there_is_not(self):
        with self.assertRaisesRegex(shinsa.Error, "did you mean 'certificate.issued'"):
            self.trace.data("certificate.isued")

    def test_refuses_an_instant_that_nanoseconds_cannot_hold(self):
        line = (
            '{"id":"1","time":"%s","type":"fact.price","subject":"product/DV","data":{"amount":1}}'
        )
        self.assertEqual(
            trace_of_lines([line % "2262-04-11T00:00:00Z"]).to_pandas()["time"].iloc[0],
            pd.Timestamp("2262-04-11T00:00:00Z"),
        )
        with self.assertRaisesRegex(shinsa.Error, "column time: the instant 9999-12-31T"):
            trace_of_lines([line % "9999-12-31T00:00:00Z"]).to_pandas()

    def test_keeps_line_numbers_when_it_leaves_out_unknown_types(self):
        lines = self.trace.to_jsonl().splitlines()
        lines.insert(1, lines[1].replace("fact.customer", "tea.served").replace('"2"', '"x"'))
        trace = trace_of_lines(lines)
        self.assertEqual(trace.to_pandas().index.tolist()[:3], [1, 3, 4])

    def test_counts_positions_like_a_list(self):
        self.assertEqual(self.trace[-1]["type"], "log.closed")
        self.assertEqual(self.trace[-1], self.trace[len(self.trace) - 1])
        for position in (len(self.trace), -len(self.trace) - 1):
            with self.assertRaises(IndexError):
                self.trace[position]


if __name__ == "__main__":
    unittest.main()
