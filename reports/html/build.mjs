// Makes shell.html, the report without its data: one script, one style sheet, no request, and a
// content security policy that lets nothing else in. `node build.mjs [FILE]`.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const target = process.argv[2] ?? here("shell.html");

const bundle = await build({
  entryPoints: [here("src/main.tsx")],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
});
const script = bundle.outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
const style = readFileSync(here("src/style.css"), "utf8").trim();
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;

writeFileSync(
  target,
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Shinsa</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="data">/*__DATA__*/</script>
<script>${script}</script>
</body>
</html>
`,
);
