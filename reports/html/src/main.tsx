import { render } from "preact";
import { App } from "./app";
import { unpack } from "./data";

const root = document.getElementById("app");
void unpack(document.getElementById("data")).then((data) => {
  if (!root) return;
  render(<App data={data} />, root);
  document.documentElement.dataset.ready = "true";
});
