import { signal } from "@preact/signals";
import { render } from "preact";
import type { KeptNews, PageNews } from "./messages.ts";
import { Shell, SHELL_PATH } from "./shell.ts";
import { OfflineStrip } from "./strip.tsx";
import { kindOf } from "./worker-routes.ts";

/** A tab that stays open looks for a newer client so often, ms. */
const LOOK_EVERY_MS = 30 * 60_000;

/** What the strip below the page says. */
export interface OfflineState {
  isOnline: boolean;
  /** What was last shown is as old as this (ISO 8601); null where it came from the network. */
  asOf: string | null;
  hasNewer: boolean;
}

/** Registers the worker, and tells the person what it does for them. */
export async function startWorker(): Promise<void> {
  // Some browsers have none, and none have one on a page that came over plain HTTP.
  if (!("serviceWorker" in navigator)) return;
  const state = signal<OfflineState>({
    isOnline: navigator.onLine,
    asOf: null,
    hasNewer: false,
  });
  const change = (part: Partial<OfflineState>) => state.value = { ...state.value, ...part };
  const holder = document.createElement("div");
  document.body.append(holder);
  render(<OfflineStrip state={state} />, holder);

  addEventListener("online", () => change({ isOnline: true, asOf: null }));
  addEventListener("offline", () => change({ isOnline: false }));
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<KeptNews>) => {
    if (data.type === "kept") change({ asOf: data.asOf });
    if (data.type === "too-old") change({ hasNewer: true });
  });
  watchForNewer(() => change({ hasNewer: true }));

  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
  if (isFirst) await tellWhatWasRead();
}

/** What this page read before the worker was there is read once more, so that it is kept. */
async function tellWhatWasRead(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  const read = new Set(
    performance.getEntriesByType("resource").map(({ name }) => name),
  );
  for (const url of read) {
    const kind = kindOf({ method: "GET", url, mode: "cors" }, location.origin);
    if (kind === "search") {
      const news: PageNews = { type: "searched", query: new URL(url).search };
      active?.postMessage(news);
    }
    // The worker answers now; the browser's own cache has most of it.
    if (kind === "record" || kind === "file" || kind === "photo") {
      await fetch(url).catch(() => undefined);
    }
  }
}

function watchForNewer(onNewer: () => void): void {
  const entry = document.querySelector<HTMLScriptElement>("script[type=module][src]")?.src;
  let lookedMs = performance.now();
  async function look(): Promise<void> {
    if (document.visibilityState !== "visible" || !entry) return;
    if (performance.now() - lookedMs < LOOK_EVERY_MS) return;
    lookedMs = performance.now();
    const response = await fetch(SHELL_PATH, { cache: "no-cache" });
    if (!response.ok) return;
    if (new URL(Shell.parse(await response.json()).entry, location.origin).href !== entry) {
      onNewer();
    }
  }
  // A look that fails is made again the next time.
  const tryLook = () => void look().catch(() => undefined);
  document.addEventListener("visibilitychange", tryLook);
  setInterval(tryLook, LOOK_EVERY_MS);
}
