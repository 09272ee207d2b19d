"""The notebooks run from top to bottom, and are stored without output."""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

NOTEBOOKS = sorted((Path(__file__).resolve().parent / "notebooks").glob("*.ipynb"))
KERNEL = "shinsa-test"


def read(path):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def run(notebook, folder):
    """Runs every cell with this very interpreter, whatever kernels are installed."""
    from nbclient import NotebookClient

    kernel = Path(folder) / "kernels" / KERNEL
    kernel.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": KERNEL, "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    for name in ("JUPYTER_PATH", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        os.environ[name] = str(folder)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else the kernel speaks of its debugger
    place = {"metadata": {"path": str(NOTEBOOKS[0].parent)}}
    return NotebookClient(notebook, kernel_name=KERNEL, timeout=240, resources=place).execute()


class NotebookTest(unittest.TestCase):
    def test_there_are_notebooks(self):
        self.assertGreater(len(NOTEBOOKS), 0)

    def test_none_is_stored_with_output(self):
        for path in NOTEBOOKS:
            for cell in read(path).cells:
                with self.subTest(notebook=path.name, cell=cell.id):
                    self.assertEqual(cell.get("outputs", []), [])
                    self.assertIsNone(cell.get("execution_count"))

    def test_the_life_of_an_order_runs_and_shows_what_it_speaks_of(self):
        path = next(path for path in NOTEBOOKS if path.stem == "life-of-an-order")
        with tempfile.TemporaryDirectory() as folder:
            done = run(read(path), folder)
        outputs = [output for cell in done.cells for output in cell.get("outputs", [])]
        self.assertFalse([output for output in outputs if output.get("name") == "stderr"])
        pictures = [output for output in outputs if "image/png" in output.get("data", {})]
        self.assertEqual(len(pictures), 4)
        shown = json.dumps(outputs, ensure_ascii=False)
        for words in ("<svg", "paid-before-review", "violates JPR-10", "at-most-two-active"):
            self.assertIn(words, shown)
        last = done.cells[-1]["outputs"][0]["data"]["text/plain"]
        self.assertEqual(last, "('violated', 'held')")


if __name__ == "__main__":
    unittest.main()
