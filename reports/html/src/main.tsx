import { render } from "preact";
import { App } from "./app";
import type { Data } from "./data";

const text = document.getElementById("data")?.textContent ?? "";
const root = document.getElementById("app");
if (root) {
  render(<App data={JSON.parse(text) as Data} />, root);
  document.documentElement.dataset.ready = "true";
}
