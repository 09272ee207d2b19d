// The report as its reader sees it: in Chromium, from disk. SHINSA names the program, SHOTS (if set) a
// folder for pictures.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const source = fileURLToPath(new URL("../../..", import.meta.url));
assert.ok(process.env.SHINSA, "SHINSA must name the program");
const shinsa = resolve(process.env.SHINSA);

let folder, browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "shinsa-report-"));
  execFileSync(shinsa, ["run", "scenarios", "--out", join(folder, "run"), "--lang", "en"], {
    cwd: source,
  });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page and notes whatever it says or asks for. */
async function open(file, hash = "", viewport = { width: 1280, height: 900 }) {
  const page = await browser.newPage({ viewport });
  const noted = { errors: [], requests: [] };
  page.on("console", (message) => noted.errors.push(message.text()));
  page.on("pageerror", (error) => noted.errors.push(error.message));
  page.on("request", (request) => noted.requests.push(request.url()));
  await page.goto(`file://${file}${hash}`);
  await page.waitForSelector("html[data-ready]");
  return { page, noted };
}
const report = () => join(folder, "run", "report.html");
const results = () => JSON.parse(readFileSync(join(folder, "run", "results.json"), "utf8"));
const rowsOfClauses = (page) => page.locator("table.clauses tbody tr:not(.group)");
const first = `#/scenario/${encodeURIComponent("jpdirect-reissue/first-light")}`;

test("opens from disk without an error and asks nobody", async () => {
  const { page, noted } = await open(report());
  const held = results().clauses.filter((clause) => clause.verdict === "held").length;
  assert.ok(held > 200, String(held));
  assert.match(await page.textContent("header"), new RegExp(`All ${held} clauses that were exercised held`));
  assert.match(await page.textContent("footer"), /Not affiliated/);
  for (const hash of ["#/scenarios", first, "#/machines", "#/coverage", "#/about", "#/nowhere"])
    await page.goto(`file://${report()}${hash}`);
  assert.deepEqual(noted.errors, []);
  assert.deepEqual(
    noted.requests.filter((url) => !url.startsWith(`file://${report()}`)),
    [],
  );
  await page.close();
});

test("filters, and keeps the filter in the address", async () => {
  const { page } = await open(report());
  const { clauses } = results();
  assert.equal(await rowsOfClauses(page).count(), clauses.length);
  await page.keyboard.press("/");
  await page.keyboard.type("kind:prohibition");
  const rows = await rowsOfClauses(page).count();
  assert.equal(rows, clauses.filter((clause) => clause.kind === "prohibition").length);
  assert.match(page.url(), /q=kind/);
  const again = await open(report(), new URL(page.url()).hash);
  assert.equal(await rowsOfClauses(again.page).count(), rows);
  await again.page.close();
  await page.close();
});

test("tells how each system stands, and leads to its clauses", async () => {
  const { page } = await open(report());
  const { clauses } = results();
  const systems = [...new Set(clauses.map((clause) => clause.system))];
  assert.deepEqual(await page.locator("table.systems tbody th").allTextContents(), systems);
  for (const system of systems) {
    await page.click(`table.systems a:text-is("${system}")`);
    const own = clauses.filter((clause) => clause.system === system).length;
    // The page is drawn anew a moment after its address has changed.
    for (let tries = 0; tries < 100 && (await rowsOfClauses(page).count()) !== own; ++tries)
      await page.waitForTimeout(20);
    assert.equal(await rowsOfClauses(page).count(), own, system);
    assert.equal(await page.locator("table.clauses tr.group").count(), 1, system);
  }
  await page.close();
});

test("deep links lead to a clause and to a scenario", async () => {
  const { page } = await open(report(), "#/clause/JPR-21");
  assert.match(await page.textContent("h2"), /JPR-21/);
  await page.goto(`file://${report()}${first}`);
  assert.match(await page.textContent("h2"), /A DV certificate is reissued/);
  assert.ok((await page.locator("svg.lanes circle").count()) > 5);
  await page.locator("summary", { hasText: "mail.sent" }).first().click();
  assert.match(await page.textContent(".mail"), /申請フォーム/);
  await page.locator("summary", { hasText: "certificate.issued" }).click();
  assert.match(await page.textContent(".certificate"), /Issuer:/);
  await page.close();
});

test("shows the revocation list beside a revocation", async () => {
  const id = encodeURIComponent("jpdirect-reissue/third-held");
  const { page } = await open(report(), `#/scenario/${id}`);
  await page.locator("summary", { hasText: "certificate.revoked" }).first().click();
  assert.match(await page.textContent("details[open] .certificate"), /Certificate Revocation List/);
  await page.close();
});

test("speaks Japanese at the push of a button", async () => {
  const { page } = await open(report());
  await page.click("text=日本語");
  assert.equal(await page.textContent("h2"), "条項");
  assert.equal(await page.getAttribute("html", "lang"), "ja");
  assert.match(await page.textContent("table.clauses"), /説明であり/, "notes too");
  const statements = await page.locator("table.clauses tbody td:nth-child(4)").allTextContents();
  assert.equal(statements.length, results().clauses.length);
  for (const statement of statements) assert.match(statement, /[ぁ-ん]/, statement);
  await page.goto(`file://${report()}${first}`);
  assert.match(await page.textContent("svg.lanes"), /認証局/);
  await page.close();
});

test("has nothing serious for axe in any view, light and dark", async () => {
  const { page } = await open(report());
  for (const dark of [false, true])
    for (const hash of ["#/clauses", "#/clause/JPR-21", "#/scenarios", first, "#/machines", "#/coverage", "#/about"]) {
      await page.goto(`file://${report()}${hash}`);
      await page.evaluate((on) => {
        document.documentElement.dataset.theme = on ? "dark" : "light";
      }, dark);
      await page.evaluate(readFileSync(axe, "utf8"));
      const found = await page.evaluate(() => window.axe.run());
      const serious = found.violations
        .filter((v) => v.impact === "serious" || v.impact === "critical")
        .map((v) => `${v.id}: ${v.nodes[0]?.html}`);
      assert.deepEqual(serious, [], `${hash} ${dark ? "dark" : "light"}`);
    }
  await page.close();
});

test("a failing scenario shows expected beside observed", async () => {
  const out = join(folder, "mutant");
  const ran = spawnSync(
    shinsa,
    ["run", "--mutant", "JPR-21", "scenarios/jpdirect-reissue/month-of-expiry.yaml", "--out", out],
    { cwd: source },
  );
  assert.equal(ran.status, 1);
  const id = encodeURIComponent("jpdirect-reissue/month-of-expiry#2");
  const { page, noted } = await open(join(out, "report.html"), `#/scenario/${id}`);
  assert.match(await page.textContent("header"), /violated/);
  assert.match(await page.textContent(".sides"), /refused by JPR-21/);
  assert.deepEqual(noted.errors, []);
  await page.close();
});

test("a hostile log stays text", async () => {
  const nasty = '<img src=x onerror="document.title=1">';
  const log = join(folder, "hostile.jsonl");
  const line = (id, type, subject, data) =>
    `${JSON.stringify({ id, time: "2026-11-24T10:00:00+09:00", type, subject, data })}\n`;
  writeFileSync(
    log,
    line("1", "inquiry.received", "application/1", {
      customer: "customer/C1",
      channel: "form",
      from: "</script><script>document.title=2</script>",
      cn: nasty,
    }) +
      line("2", "mail.sent", "application/1", {
        to: "x@example.jp",
        from: "y@example.jp",
        subject: nasty,
        text: `${nasty}\u2028</script>`,
        attachments: ["application-form"],
      }),
  );
  const out = join(folder, "check");
  spawnSync(shinsa, ["check", log, "--out", out, "--lang", "en"], { cwd: source });
  const { page, noted } = await open(join(out, "report.html"), `#/scenario/${encodeURIComponent(log)}`);
  for (const summary of await page.locator("summary").all()) await summary.click();
  assert.match(await page.textContent("main"), /<img src=x onerror=/);
  assert.equal(await page.locator("main img").count(), 0);
  assert.match(await page.title(), /^Shinsa/);
  assert.deepEqual(noted.errors, []);
  assert.equal(noted.requests.length, 1);
  await page.close();
});

test("a redacted report names nobody", () => {
  const out = join(folder, "redacted");
  const only = "scenarios/jpdirect-reissue/ov-by-telephone.yaml";
  execFileSync(shinsa, ["run", only, "--out", out, "--redact"], { cwd: source });
  const page = readFileSync(join(out, "report.html"), "utf8");
  for (const name of ["billing@example.jp", "taro@", "03-0000-0001", "090-1111-2222", "株式会社例", "customer/C1"])
    assert.ok(!page.includes(name), name);
  for (const stand of ["mail-1@redacted.invalid", "tel-1", "organisation-1", "www.example.jp"])
    assert.ok(page.includes(stand), stand);
});

test("fits a telephone", async () => {
  const { page } = await open(report(), "", { width: 400, height: 800 });
  for (const hash of ["#/clauses", "#/clause/JPR-21", first, "#/machines", "#/coverage", "#/about"]) {
    await page.goto(`file://${report()}${hash}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 400, `${hash}: ${width}`);
  }
  await page.close();
});

test("a short report is plain, a long one packed, and both open", async () => {
  const out = join(folder, "one");
  execFileSync(shinsa, ["run", "scenarios/jpdirect-reissue/first-light.yaml", "--out", out], {
    cwd: source,
  });
  const plain = join(out, "report.html");
  assert.match(readFileSync(plain, "utf8"), /<script type="application\/json" id="data">\{/);
  assert.match(readFileSync(report(), "utf8"), /id="data" data-packed="gzip-base64">H4sI/);
  for (const file of [plain, report()]) {
    const { page } = await open(file, first);
    assert.match(await page.textContent("h2"), /A DV certificate is reissued/);
    await page.close();
  }
});

test("says where a clause stands and which readings settle it", async () => {
  const { page } = await open(report(), "#/clause/JPR-21");
  const shown = await page.textContent("main");
  assert.match(shown, /jpdirect\.jp\/ssl\/reissue\.html/);
  assert.match(shown, /JPR-Q3/);
  assert.match(shown, /form-return/);
  await page.close();
});

test("coverage names what was never reached, and why", async () => {
  const { page } = await open(report(), "#/coverage");
  const { systems, machines } = results().coverage;
  const acme = systems.find((one) => one.system === "jpdirect-acme");
  const explained = acme.never.find((one) => one.because);
  const shown = await page.textContent("main");
  for (const { system, rows } of systems)
    assert.ok(shown.includes(`${rows.reached} of ${rows.all}`), system);
  for (const { what } of acme.never) assert.ok(shown.includes(what.en), what.en);
  assert.ok(shown.includes(explained.because.en));
  for (const { name } of machines.flatMap((one) => one.guards)) assert.ok(shown.includes(name), name);
  await page.close();
});

test("pictures for the documentation", { skip: !process.env.SHOTS }, async () => {
  for (const width of [1280, 400]) {
    const { page } = await open(report(), "", { width, height: 900 });
    for (const [name, hash] of [
      ["clauses", "#/clauses"],
      ["scenario", first],
      ["machines", "#/machines"],
      ["coverage", "#/coverage"],
    ]) {
      await page.goto(`file://${report()}${hash}`);
      await page.waitForTimeout(200);
      await page.screenshot({ path: join(process.env.SHOTS, `report-${name}-${width}.png`) });
    }
    await page.close();
  }
});
