// The parts' own styles come after these and may outweigh them.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/offline.css";
import { render } from "preact";
import { DokkerrApp } from "./app.tsx";
import { browserHistory, followLinks } from "./browser-history.ts";
import { createApp } from "./store/app.ts";

/** Storage that a browser refuses to even name is one that remembers nothing. */
function keptIn(name: "localStorage" | "sessionStorage") {
  try {
    return globalThis[name];
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}

/** Dates and numbers follow the words' language, in the visitor's own variety of it. */
const locale = navigator.languages.find((name) => name.startsWith(__LANGUAGE__)) ??
  (__LANGUAGE__ === "en" ? "en-GB" : __LANGUAGE__);

const app = createApp({
  fetch: (input, init) => fetch(input, init),
  local: keptIn("localStorage"),
  tab: keptIn("sessionStorage"),
  locale,
  language: __LANGUAGE__,
  build: __BUILD__,
  history: browserHistory,
  hasWorker: () => Boolean(navigator.serviceWorker?.controller),
  now: () => Date.now(),
  newKey: () => crypto.randomUUID(),
});

followLinks(app.router);
render(<DokkerrApp app={app} />, document.getElementById("app")!);

// Nothing of it is needed before the first list is there.
if (import.meta.env.PROD) {
  setTimeout(
    () => void import("./offline/start-worker.tsx").then((m) => m.startWorker(), () => undefined),
    app.platform.hasWorker() ? 0 : 6_000,
  );
}
