"""`shinsa serve --keep N`: the newest N orders are there, older ones that are over are gone.

serve_keep_test.py SHINSA SOURCE_DIR

The client is that of serve_kill_test.py.
"""

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from serve_kill_test import SHINSA, Client, Connection, Kept, given

KEPT, ORDERS = 3, 300


class KeepTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="shinsa-keep-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.log = open(self.folder / "log.jsonl", "w", encoding="utf-8")
        self.addCleanup(self.log.close)

    def start(self):
        folder = self.folder
        self.process = subprocess.Popen(
            [SHINSA, "serve", "--frozen", "--keep", str(KEPT), "--ca-dir", str(folder / "ca")]
            + ["--given", str(given(folder))],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.addCleanup(self.end)
        self.at = json.loads(self.process.stdout.readline())
        self.root = folder / "ca/root.pem"

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def admin(self):
        return Connection(self.at["admin"]["url"])

    def test_the_newest_are_there_and_older_ones_are_not(self):
        self.start()
        client = Client(0, Kept(0, random.Random(1)), self)
        client.open_account()
        waiting = self.order(client)  # is over never
        for _ in range(ORDERS):
            client.issue()

        told = client.kept.told
        orders = [path for path, (kind, _) in told.items() if kind == "order" and path != waiting]
        for path in orders[-KEPT:]:
            self.assertEqual(client.post(path, None)[0], 200, path)
        self.assertEqual(client.post(waiting, None)[0], 200)
        gone = orders[0]
        state = told[gone][1]
        for path in (gone, state["authorizations"][0], state["certificate"]):
            status, _, said = client.post(path, None)
            self.assertEqual((status, json.loads(said)["type"][-9:]), (404, "malformed"), path)
        self.assertEqual(client.post(state["finalize"], {"csr": "AA"})[0], 404)
        known = json.loads(client.get(client.kept.account + "/orders"))["orders"]
        self.assertEqual(len(known), KEPT + 1)

        admin = self.admin()
        trace = admin.ask("GET", "/trace")[2].splitlines()
        events = json.loads(admin.ask("GET", "/verdict")[2])["events"]
        self.assertEqual(int(json.loads(trace[-1])["id"]), events)  # lines are counted as before
        self.assertLess(len(trace), 2200)
        self.assertGreater(events, 15 * ORDERS)
        self.assertEqual(json.loads(admin.ask("GET", "/verdict")[2])["findings"], [])
        self.assertEqual(admin.ask("POST", "/snapshot")[0], 409)
        self.assertEqual(admin.ask("POST", "/reset")[0], 200)
        self.assertEqual(json.loads(admin.ask("GET", "/verdict")[2])["refused"], [])

    def order(self, client):
        """One that nobody proves."""
        wish = {"identifiers": [{"type": "dns", "value": "n0.example.jp"}]}
        status, headers, _ = client.post("/acme/new-order", wish)
        self.assertEqual(status, 201)
        return client.path_of(headers["Location"])

    def test_it_goes_without_state(self):
        command = [SHINSA, "serve", "--keep", "5", "--state", str(self.folder / "state")]
        refused = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(refused.returncode, 64)
        self.assertIn("--keep forgets what --state keeps", refused.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
