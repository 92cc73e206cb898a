import { Problem } from "../../shared/problem.ts";
import { parseDockSearch } from "../../shared/search-query.ts";
import { areaToBbox } from "../../shared/search-terms.ts";
import { boxHolds } from "./boxes.ts";
import { createIndexedWater } from "./indexed-water.ts";
import { AS_OF, createKeptAnswers } from "./kept-answers.ts";
import { keepWater } from "./keep-water.ts";
import { createLocalSearch, type LocalAnswer } from "./local-search.ts";
import { type KeptNews, ONLY_KEPT, type PageNews } from "./messages.ts";
import { createShellCache } from "./shell.ts";
import { kindOf } from "./worker-routes.ts";
import type { AskEvent, WorkerScope } from "./worker-scope.ts";

// This file runs as a service worker, whatever the compiler takes it for.
const scope = globalThis as unknown as WorkerScope;

/** How long the network may take before what is kept serves instead, ms. */
const PATIENCE = { page: 800, record: 4_000, search: 5_000 } as const;
/** Water that was seen is brought here once the searches have come to rest, ms. */
const REST_MS = 1_500;
/** Water that was looked at a moment ago is not looked at again, ms. */
const FRESH_MS = 60_000;

const fetchAny = (input: Request | string, init?: RequestInit) => scope.fetch(input, init);
const pause = (ms: number) => new Promise<void>((resolve) => void scope.setTimeout(resolve, ms));
const now = () => Date.now();

const store = createIndexedWater(scope.indexedDB);
const local = createLocalSearch(store, now);
const shell = createShellCache({ caches: scope.caches, fetch: fetchAny });
const answers = { caches: scope.caches, fetch: fetchAny, pause };
const records = createKeptAnswers(answers, "dokkerr-records", 400);
const photos = createKeptAnswers(answers, "dokkerr-photos", 150);
const files = createKeptAnswers(answers, "dokkerr-files", 500);

scope.addEventListener("install", (event) => {
  event.waitUntil(shell.renew().then(() => scope.skipWaiting()));
});
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("message", (event) => {
  // Only pages of this origin can reach their worker, and these send nothing else.
  const { type, query } = event.data as PageNews;
  if (type === "searched") event.waitUntil(noteWater(new URLSearchParams(query)));
});
scope.addEventListener("fetch", (event) => {
  const kind = kindOf(event.request, scope.location.origin);
  if (kind !== "pass") event.respondWith(ANSWER_BY_KIND[kind](event));
});

const ANSWER_BY_KIND = {
  page: openPage,
  file: async ({ request }: AskEvent) =>
    await shell.file(request).catch(() => undefined) ?? await files.keptFirst(request),
  photo: ({ request }: AskEvent) => photos.keptFirst(request),
  record: readRecord,
  search: answerSearch,
  async session({ request }: AskEvent) {
    const response = await scope.fetch(request);
    if (response.ok) await records.forget();
    return response;
  },
} as const;

async function openPage(event: AskEvent): Promise<Response> {
  const asked = scope.fetch(event.request);
  const kept = await shell.page().catch(() => undefined);
  const first = kept
    ? await Promise.race([asked.catch(() => undefined), pause(PATIENCE.page)])
    : await asked;
  if (kept && (!first || first.status >= 500)) return kept;
  // The page's own files come first.
  event.waitUntil(pause(REST_MS).then(() => shell.renew()).catch(() => undefined));
  return first ?? await asked;
}

async function readRecord(event: AskEvent): Promise<Response> {
  const { request } = event;
  const response = await records.freshFirst(request, PATIENCE.record);
  if (response.status === 401) await records.forget();
  await tellOf(event, response);
  return response;
}

async function answerSearch(event: AskEvent): Promise<Response> {
  const { request } = event;
  const params = new URL(request.url).searchParams;
  if (request.headers.has(ONLY_KEPT)) {
    return toResponse(await local.answer(params).catch(() => undefined));
  }
  const asked = scope.fetch(request).catch(() => undefined);
  const first = await Promise.race([asked, pause(PATIENCE.search)]);
  if (first && first.status < 500) {
    if (first.ok) event.waitUntil(noteWater(params));
    await tellOf(event, first);
    return first;
  }
  const kept = await local.answer(params).catch(problemOnly);
  if (kept instanceof Problem || !kept) return await asked ?? Response.error();
  await tell(event, { type: "kept", asOf: kept.kept.asOf });
  return toResponse(kept);
}

/** A search that is not valid has no answer here either; nor has one where storage fails. */
function problemOnly(error: unknown): Problem | undefined {
  return error instanceof Problem ? error : undefined;
}

function toResponse(answer: LocalAnswer | undefined): Response {
  return answer ? Response.json(answer) : new Response(null, { status: 204 });
}

/** Tells a page what an answer says of the connection: nothing where nothing has changed. */
async function tellOf(event: AskEvent, { status, headers }: Response): Promise<void> {
  if (status === 426) await tell(event, { type: "too-old" });
  const asOf = headers.get(AS_OF);
  if (asOf === null && !told.has(event.clientId)) return;
  await tell(event, { type: "kept", asOf });
}

/** Pages that show what is kept. */
const told = new Set<string>();

async function tell({ clientId }: AskEvent, news: KeptNews): Promise<void> {
  if (news.type === "kept" && news.asOf === null) told.delete(clientId);
  else told.add(clientId);
  (await scope.clients.get(clientId))?.postMessage(news);
}

let latest: URLSearchParams | undefined;

/** Brings the water of the last search here, so that it can be searched without a network. */
async function noteWater(params: URLSearchParams): Promise<void> {
  latest = params;
  await pause(REST_MS);
  if (latest !== params || scope.navigator.connection?.saveData) return;
  try {
    const { area } = parseDockSearch(params);
    if ("place" in area) return;
    const box = areaToBbox(area);
    const { skewMs } = await store.facts() ?? { skewMs: 0 };
    const isKnown = (await store.areas()).some((kept) =>
      kept.asOfMs > now() + skewMs - FRESH_MS && boxHolds(kept.box, box)
    );
    if (!isKnown) await keepWater({ store, fetch: fetchAny, now }, { area, label: null });
  } catch {
    // Too wide, no network, no room: what was kept before serves on.
  }
}
