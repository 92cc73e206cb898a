import pg from "pg";
import { median } from "../engine/timing.ts";
import { type Way, type Wish } from "./ways-to-book.ts";

/** Docks, guests and nights at random. */
export interface Water {
  firstDock: number;
  docks: number;
  guests: readonly string[];
}

const FIRST_DAY = 20;
const DAYS = 480;

/** A date so many days from today. */
export function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

export function rollWish({ firstDock, docks, guests }: Water): Wish {
  const from = FIRST_DAY + Math.floor(Math.random() * DAYS);
  return {
    dockId: firstDock + Math.floor(Math.random() * docks),
    guestId: guests[Math.floor(Math.random() * guests.length)]!,
    from: dateIn(from),
    to: dateIn(from + 1 + Math.floor(Math.random() * 3)),
  };
}

/** Runs `count` pieces of work on so many hands at once; answers pieces a second. */
export async function rate(
  count: number,
  hands: number,
  work: (hand: number) => Promise<boolean>,
): Promise<number> {
  let left = count;
  let done = 0;
  const start = performance.now();
  await Promise.all(Array.from({ length: hands }, async (_, hand) => {
    while (left-- > 0) if (await work(hand)) done++;
  }));
  return done / ((performance.now() - start) / 1_000);
}

/** Works in turns, A B C C B A, each with as many pieces; the median of each one's rates. */
export async function compare(
  turns: number,
  works: Readonly<Record<string, () => Promise<number>>>,
): Promise<Record<string, number>> {
  const names = Object.keys(works);
  const rates = new Map<string, number[]>(names.map((name) => [name, []]));
  // The first turn is for caches and compilers.
  for (let turn = 0; turn <= turns; turn++) {
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      const value = await works[name]!();
      if (turn > 0) rates.get(name)!.push(value);
    }
  }
  return Object.fromEntries([...rates].map(([name, all]) => [name, Math.round(median(all))]));
}

export interface Rush {
  /** Milliseconds: of one booking alone, and of the middle and the slowest of a rush. */
  aloneMs: number;
  middleMs: number;
  slowestMs: number;
  /** Median over the rushes of the slowest as a multiple of the one alone before it. */
  ratio: number;
  /** Rushes in which not exactly one won. */
  wrong: number;
}

/** Everybody wants the same nights of one dock at the same moment, `rushes` times. */
export async function measureRush(
  clients: readonly pg.Client[],
  water: Water,
  way: Way,
  rushes: number,
): Promise<Rush> {
  const alone: number[] = [];
  const middle: number[] = [];
  const slowest: number[] = [];
  let wrong = 0;
  for (let rush = 0; rush <= rushes; rush++) {
    const own: number[] = [];
    for (const client of clients.slice(0, 5)) {
      const start = performance.now();
      await way(client, rollWish(water));
      own.push(performance.now() - start);
    }
    const wanted = rollWish(water);
    const times = await Promise.all(clients.map(async (client, index) => {
      const guestId = water.guests[index % water.guests.length]!;
      const start = performance.now();
      const isWon = await way(client, { ...wanted, guestId });
      return { isWon, ms: performance.now() - start };
    }));
    if (rush === 0) continue;
    if (times.filter(({ isWon }) => isWon).length !== 1) wrong++;
    const all = times.map(({ ms }) => ms);
    alone.push(median(own));
    middle.push(median(all));
    slowest.push(Math.max(...all));
  }
  const ratio = median(slowest.map((ms, index) => ms / alone[index]!));
  const [aloneMs, middleMs, slowestMs] = [median(alone), median(middle), median(slowest)];
  return { aloneMs, middleMs, slowestMs, ratio, wrong };
}

/** How many deadlocks a database has counted. */
export async function deadlocks(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()`,
  );
  return rows[0]!.count;
}
