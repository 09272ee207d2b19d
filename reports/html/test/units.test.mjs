// The pure parts of the page: filter, time, words, arrows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

async function load(name) {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${name}`, import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  const code = Buffer.from(bundle.outputFiles[0].text).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}
const filter = await load("filter.ts");
const time = await load("time.ts");
const words = await load("words.ts");
const data = await load("data.ts");
const machine = await load("machine.tsx");

test("a filter joins words, fields and negations", () => {
  const clause = { id: "JPR-21", verdict: "held", kind: "prohibition", statement: "No reissue" };
  const is = (query) => filter.matches(filter.parse(query), clause);
  assert.ok(is(""));
  assert.ok(is("jpr-21 REISSUE"));
  assert.ok(is("verdict:held kind:pro"));
  assert.ok(!is("verdict:violated"));
  assert.ok(!is("-reissue"));
  assert.ok(is("-kind:rule"));
  assert.ok(!is("nofield:x"));
});

test("waits are written, never drawn to scale", () => {
  const places = time.axis(
    ["2026-11-24T10:00:00+09:00", "2026-11-24T10:00:00+09:00", "2027-11-24T10:00:00+09:00"],
    10,
  );
  assert.deepEqual(places, [
    { x: 0, gap: "" },
    { x: 10, gap: "" },
    { x: 28, gap: "+365 d" },
  ]);
  assert.equal(time.span(90061), "+1 d 1 h");
  assert.equal(time.span(Number.NaN), "");
  assert.equal(time.plain("2026-11-24T10:00:00.5+09:00"), "2026-11-24 10:00:00");
});

test("both languages say every key with the same holes", () => {
  const { en, ja } = words.words;
  assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort());
  const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const key of Object.keys(en)) assert.deepEqual(holes(ja[key]), holes(en[key]), key);
  assert.equal(words.say("ja", "shown", { n: 3, all: 50 }), "50件中3件を表示");
});

test("a line that is no object is left out of a trace", () => {
  const trace = '{"id":"1","type":"a.b"}\nnot json\n\n7\n{"id":"2","type":"a.b"}\n';
  assert.deepEqual(
    data.events(trace).map((event) => event.id),
    ["1", "2"],
  );
  assert.deepEqual(data.events(undefined), []);
});

test("a mail is its sender's", () => {
  const around = { actors: { "mail.sent": "portal" }, senders: { "info@ca.example": "ca" } };
  const mail = (from) => data.actorOf({ id: "1", type: "mail.sent", data: { from } }, around);
  assert.equal(mail("info@ca.example"), "ca");
  assert.equal(mail("ssl@portal.example"), "portal");
  assert.equal(mail(undefined), "portal");
  assert.equal(data.actorOf({ id: "1", type: "new.type" }, around), "");
});

test("rows between the same states are one arrow", () => {
  const rows = [
    { name: "A --X--> B", count: 2 },
    { name: "A --Y--> B", count: 0 },
    { name: "B --X--> B", count: 0 },
  ];
  assert.deepEqual(machine.arrows({ name: "M", states: [], rows }), [
    { from: "A", to: "B", names: ["X", "Y"], count: 2 },
    { from: "B", to: "B", names: ["X"], count: 0 },
  ]);
});
