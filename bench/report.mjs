// How long report.html takes to be ready, and how large it is: 200 scenarios of 100 events, plain and packed, beside the
// same data as one plain HTML table. `./dev bench report` runs it with SHINSA naming the program.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const source = fileURLToPath(new URL("..", import.meta.url));
const { chromium } = createRequire(join(source, "reports/html/package.json"))("playwright-core");
const kRuns = 5;

const folder = mkdtempSync(join(tmpdir(), "shinsa-bench-"));
const story = "scenarios/jpdirect-reissue/first-light.yaml";
execFileSync(process.env.SHINSA, ["run", story, "--out", folder], { cwd: source });
const page = readFileSync(join(folder, "report.html"), "utf8");
const [, before, json, after] = /^([^]*)<script type="application\/json" id="data">([^]*?)(<\/script>[^]*)$/.exec(page);
const data = JSON.parse(json);

const [one] = data.results.scenarios;
const lines = data.traces[one.id].trim().split("\n");
const trace = Array.from({ length: 100 }, (_, i) => lines[i % lines.length]);
data.results.scenarios = Array.from({ length: 200 }, (_, i) => ({ ...one, id: `big/${i}` }));
data.traces = Object.fromEntries(data.results.scenarios.map((s) => [s.id, trace.join("\n")]));
const text = JSON.stringify(data).replaceAll("<", "\\u003c");
const escaped = (line) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const files = {
  plain: `${before}<script type="application/json" id="data">${text}${after}`,
  packed: `${before}<script type="text/plain" id="data" data-packed="gzip-base64">${gzipSync(text).toString("base64")}${after}`,
  "one table": `<!doctype html><html><meta charset="utf-8"><table>${data.results.scenarios
    .map((s) => trace.map((line) => `<tr><td>${s.id}<td>${escaped(line)}`).join(""))
    .join("")}</table><script>document.documentElement.dataset.ready = "true"</script>`,
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const took = Object.fromEntries(Object.keys(files).map((name) => [name, []]));
for (const [name, html] of Object.entries(files)) writeFileSync(join(folder, `${name}.html`), html);
for (let run = 0; run < kRuns; ++run)
  for (const name of Object.keys(files)) {
    const tab = await browser.newPage();
    await tab.goto(`file://${join(folder, `${name}.html`)}#/scenarios`);
    await tab.waitForSelector("html[data-ready]", { state: "attached" });
    took[name].push(await tab.evaluate(() => new Promise((done) => {
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    })));
    await tab.close();
  }
await browser.close();
const peer = median(took["one table"]);
for (const name of Object.keys(files)) {
  const ms = median(took[name]);
  const size = statSync(join(folder, `${name}.html`)).size;
  console.log(
    `${name.padEnd(10)} ${(size / 1e6).toFixed(2).padStart(6)} MB  ready after ${ms.toFixed(0).padStart(5)} ms  (${(ms / peer).toFixed(2)} of one table)`,
  );
}
rmSync(folder, { recursive: true, force: true });
