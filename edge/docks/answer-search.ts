import { findDocks } from "../../shared/search.ts";
import { ANSWER_FORMAT, isWideAnswer, writeAnswer } from "../../shared/search-answer.ts";
import { pinnedRates } from "../../shared/search-cursor.ts";
import { answerHoldsUntil, momentOf } from "../../shared/search-moment.ts";
import { areaToBbox, type DockSearch, type WaterArea } from "../../shared/search-terms.ts";
import type { Deps } from "../deps.ts";
import { AnswerMemo, type KeptAnswer } from "./answer-memo.ts";
import { layersToStatus } from "./cache-status.ts";
import { photoUrl } from "./photo-url.ts";
import { gatherRest, MOST_TILES, resolveArea } from "./search-docks.ts";

/** Memory to spend on answers. */
const MEMO_BYTES = 16 * 1024 * 1024;

type SearchDeps = Pick<
  Deps,
  "tiles" | "summaries" | "places" | "exchangeRates" | "now" | "randomBytes"
>;

export interface AskedSearch {
  /** As it was written: what an answer is kept by. */
  rawQuery: string;
  parse: (nowMs: number) => DockSearch;
  /** Whether the caller holds the answer of a tag. */
  holds: (tag: string) => boolean;
  /** Told how long each part of the work took. */
  took: (part: string, ms: number) => void;
}

/** JSON, or undefined where the caller holds what the tag names. */
export interface SearchText {
  body: string | Uint8Array<ArrayBuffer> | undefined;
  /** A strong entity tag. */
  tag: string;
  /** The layers that were asked (RFC 9211). */
  cacheStatus: string;
}

/**
 * The answer to a search, from memory where nothing has changed since: the change log is looked at
 * first, so an answer is never older than a tile may be. Where the caller holds the answer already,
 * neither search nor writing is done.
 */
export async function answerSearch(deps: SearchDeps, asked: AskedSearch): Promise<SearchText> {
  const { rawQuery, holds, took } = asked;
  const { memo, name } = memoOf(deps);
  const start = performance.now();
  const nowMs = deps.now();
  const kept = memo.get(rawQuery);
  if (kept) {
    const changes = await deps.tiles.changesSeen();
    const { version } = await deps.exchangeRates();
    if (
      kept.changes === changes && kept.ratesVersion === version && nowMs < kept.untilMs &&
      (kept.gathered === "" || kept.gathered === deps.summaries.seen())
    ) {
      memo.use(rawQuery, kept);
      took("memo", performance.now() - start);
      return toText(kept, holds, "dokkerr-answers; hit");
    }
  }

  const search = asked.parse(nowMs);
  const area = "place" in search.area ? await resolveArea(deps, search.area) : search.area;
  // Of before the tiles are looked at: what changes meanwhile makes the answer old, not new.
  const changes = await deps.tiles.changesSeen();
  const rates = await deps.exchangeRates(pinnedRates(search.cursor));
  const water = await deps.tiles.waterIn(areaToBbox(area), MOST_TILES);
  const { tiles, whole, version, layers } = water;
  const untilMs = answerHoldsUntil(tiles, search, nowMs);
  const moment = momentOf(untilMs, nowMs);
  const tagWith = (gathered: string) =>
    `"${ANSWER_FORMAT}-${version}-${rates.version}${mark("t", moment)}${mark("g", gathered)}${
      "place" in search.area ? mark("p", areaText(area)) : ""
    }"`;
  // Two processes count their summaries each by itself.
  const gathered = () => whole ? "" : deps.summaries.seen();
  const gatheredTag = () => whole ? "" : `${name}.${deps.summaries.seen()}`;
  const read = performance.now();
  took("tiles", read - start);

  const seen = gathered();
  const tag = tagWith(gatheredTag());
  const status = layersToStatus(layers);
  if (kept?.tag === tag) {
    const again = { ...kept, changes, ratesVersion: rates.version, untilMs, gathered: seen };
    memo.offer(rawQuery, again);
    return toText(again, holds, `${status}, dokkerr-answers; fwd=stale; fwd-status=304`);
  }
  const memoStatus = `${status}, dokkerr-answers; fwd=${kept ? "stale" : "uri-miss"}`;
  if (holds(tag)) return { body: undefined, tag, cacheStatus: memoStatus };

  const asks = { ...search, area };
  const found = findDocks(tiles, asks, { nowMs, rates });
  const searched = performance.now();
  took("engine", searched - read);
  const rest = whole ? {} : await gatherRest(deps, asks, found.total);
  const gatheredAt = whole ? searched : performance.now();
  if (!whole) took("gather", gatheredAt - searched);
  const text = writeAnswer(found, asks, photoUrl, rest);
  // Deno copies a text of one byte a character as it is; others cost it less as bytes.
  const body = isWideAnswer(found) ? utf8.encode(text) : text;
  took("encode", performance.now() - gatheredAt);
  const answer = {
    body,
    tag: whole ? tag : tagWith(gatheredTag()),
    changes,
    ratesVersion: rates.version,
    gathered: gathered(),
    untilMs,
  };
  // A place may move, and what a wide view lacks for a moment is soon there.
  const isKept = !("place" in search.area) && (whole || rest.clusters !== undefined);
  if (isKept) memo.offer(rawQuery, answer);
  return toText(answer, holds, memoStatus);
}

const utf8 = new TextEncoder();

/** Answers of each store of tiles, and what tells this process's summaries from another's. */
const memos = new WeakMap<Deps["tiles"], { memo: AnswerMemo; name: string }>();

function memoOf({ tiles, randomBytes }: SearchDeps) {
  let known = memos.get(tiles);
  if (!known) {
    const name = Array.from(randomBytes(6), (byte) => byte.toString(36)).join("");
    memos.set(tiles, known = { memo: new AnswerMemo(MEMO_BYTES), name });
  }
  return known;
}

function mark(letter: string, text: string): string {
  return text === "" ? "" : `${letter}${text}`;
}

function areaText(area: WaterArea): string {
  return "near" in area ? `${area.near.lat},${area.near.lon},${area.radiusM}` : "";
}

function toText(
  { body, tag }: KeptAnswer,
  holds: AskedSearch["holds"],
  cacheStatus: string,
): SearchText {
  return { body: holds(tag) ? undefined : body, tag, cacheStatus };
}
