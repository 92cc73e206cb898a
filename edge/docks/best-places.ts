import { NEAR_M, PLACE_KINDS } from "./place-table.ts";

/** A place that answers a query, with what it is ordered by. */
export interface Match {
  number: number;
  kind: number;
  /** Lower comes first: typing errors, whether the whole name was typed, kind, which part of it. */
  rank: number;
  /** Of equal rank, the higher comes first. */
  relevance: number;
  /** How far it is from what one looks at; infinite where it cannot be what one looks at. */
  metres: number;
}

/** Harbours before cities, these before waters and countries. */
const RANK_OF_KIND = PLACE_KINDS.map((kind) =>
  ({ harbour: 0, city: 1, region: 2, country: 2 })[kind]
);
const HARBOUR = 0;
const WATER_FROM = 2;

/** Answers of fewer places are the best of all, whatever they are. */
const MIXED_FROM = 4;

/** The rank of a match: a name typed in full, of tier 0, comes before all else. */
export function rankOf(kind: number, edits: number, tier: number): number {
  return ((edits * 2 + Math.min(tier, 1)) * 4 + RANK_OF_KIND[kind]!) * 4 + tier;
}

/** The best few of many matches, of each kind apart, without an object for each that is seen. */
export class BestPlaces {
  readonly #limit: number;
  readonly #byKind: readonly Match[][] = PLACE_KINDS.map(() => []);
  /** Of each kind, what is nearest to where one looks. */
  readonly #nearest: (Match | undefined)[] = PLACE_KINDS.map(() => undefined);

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many are held; at most the limit of each kind. */
  get count(): number {
    return this.#byKind.reduce((sum, matches) => sum + matches.length, 0);
  }

  /** Whether a match of that rank and at most that relevance could be among the best of its kind. */
  hasRoom(kind: number, rank: number, mostRelevance: number): boolean {
    const matches = this.#byKind[kind]!;
    if (matches.length < this.#limit) return true;
    const last = matches[matches.length - 1]!;
    return rank < last.rank || (rank === last.rank && mostRelevance >= last.relevance);
  }

  /** Whether nothing of a kind is known to be nearer to where one looks. */
  isNearest(kind: number, metres: number): boolean {
    return metres <= (this.#nearest[kind]?.metres ?? NEAR_M);
  }

  /** Takes a match in if it is among the best; a place's best match is the one that counts. */
  offer(match: Match): void {
    const nearest = this.#nearest[match.kind];
    if (this.isNearest(match.kind, match.metres)) {
      if (match.metres !== nearest?.metres || compare(match, nearest) < 0) {
        this.#nearest[match.kind] = match;
      }
    }
    const matches = this.#byKind[match.kind]!;
    const known = matches.findIndex(({ number }) => number === match.number);
    if (known >= 0) {
      if (compare(match, matches[known]!) >= 0) return;
      matches.splice(known, 1);
    }
    let at = matches.length;
    while (at > 0 && compare(match, matches[at - 1]!) < 0) at--;
    matches.splice(at, 0, match);
    if (matches.length > this.#limit) matches.pop();
  }

  /**
   * The best, of which at most three quarters are harbours while there is anything else. Of the
   * waters and countries that answer, one has a place, and so has the nearest of each kind to where
   * one looks.
   */
  take(): Match[] {
    const all = this.#byKind.flat().sort(compare);
    const best = all.slice(0, this.#limit);
    if (this.#limit < MIXED_FROM) return best;
    const rest = all.slice(this.#limit).filter(({ kind }) => kind !== HARBOUR);
    const mostHarbours = Math.ceil((this.#limit * 3) / 4);
    let harbours = best.filter(({ kind }) => kind === HARBOUR).length;
    for (let at = best.length - 1; at >= 0 && rest.length > 0 && harbours > mostHarbours; at--) {
      if (best[at]!.kind !== HARBOUR) continue;
      best[at] = rest.shift()!;
      harbours--;
    }
    best.sort(compare);
    const certain = this.#nearest.filter((match) => match !== undefined);
    const water = [...best, ...rest].find(({ kind }) => kind >= WATER_FROM);
    if (water) certain.push(water);
    const missing = certain.filter(({ number }) => !best.some((match) => match.number === number));
    const kept = new Set(certain.map(({ number }) => number));
    for (let at = best.length - 1; at >= 0 && missing.length > 0; at--) {
      if (!kept.has(best[at]!.number)) best[at] = missing.pop()!;
    }
    return best.sort(compare);
  }
}

function compare(a: Match, b: Match): number {
  return a.rank - b.rank || b.relevance - a.relevance || a.number - b.number;
}
