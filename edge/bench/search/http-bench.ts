import type { SearchAnswer } from "../../../shared/api.ts";
import type { EdgeProcess } from "../../local/edge-process.ts";
import type { QuestionedWorld } from "../engine/questions.ts";
import { mean } from "../engine/timing.ts";
import { type BenchDatabase, type BenchServer, startServer, withClient } from "./bench-stack.ts";
import { compareWithPostgres } from "./engine-vs-postgres.ts";
import {
  type HttpQuestion,
  readHarbours,
  rollHttpQuestions,
  toFreshPath,
} from "./http-questions.ts";
import { type LoadProcess, readCpuMs, readMemory, startLoadProcess } from "./load-process.ts";
import { type Contender, loadInTurns, type Standing, standingToText } from "./measure-http.ts";

export interface HttpBenchOptions {
  today: number;
  connections: readonly number[];
  rounds: number;
  ms: number;
  ratio: (name: string, value: number) => void;
}

const VIEWS = [0.5, 10] as const;
const QUESTIONS = 1_000;
/** Before anything is counted each server has met every question, or had so long for it. */
const WARM_MS = 2_500;
const MOST_WARM_MS = 90_000;
/** Answers compared with the peer's, of each view. */
const COMPARED = { 0.5: 200, 10: 40 } as const;
const SAME_BYTES = 10_000;

interface Servers {
  edge: EdgeProcess;
  peer: BenchServer;
  client: LoadProcess;
}

/** The whole product's search against its limits and its peer, through HTTP. */
export async function benchHttp(
  database: BenchDatabase,
  docks: number,
  options: HttpBenchOptions,
): Promise<object> {
  const world = await withClient(database.url, (client) => readHarbours(client, options.today));
  const engines = await benchAgainstPostgres(database, world, docks, options);
  const cold = await measureCold(database, world);
  console.log(`${docks} docks: first answer of a new process after ${cold.firstMs.toFixed(0)} ms`);
  const edge = await database.startEdge();
  await untilIdle(edge.pid);
  const peer = await startServer(new URL("./peer-server.ts", import.meta.url), {
    DATABASE_URL: database.url,
  });
  const client = await startLoadProcess();
  const servers = { edge, peer, client };
  const results: Record<string, unknown> = { engines, cold };
  try {
    for (const degrees of VIEWS) {
      results[`${degrees}deg`] = await benchView(servers, world, docks, degrees, options);
    }
    results.same = await benchSame(servers, world, docks, options);
    const bytes = await readMemory(edge.pid);
    results.memory = { bytes, perDock: bytes / docks };
    console.log(`Memory of the edge: ${(bytes / 1e6).toFixed(0)} MB`);
  } finally {
    await client.stop();
    await peer.stop();
    await edge.stop();
  }
  return results;
}

const IDLE = 0.05;
const LOOK_MS = 500;

/** A process that has begun reads 30 MB of names, between its answers: waits until it is done. */
async function untilIdle(pid: number): Promise<void> {
  for (let cpuMs = await readCpuMs(pid);;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const nowMs = await readCpuMs(pid);
    // Where the system does not tell, it is NaN, and nobody waits.
    if (!(nowMs - cpuMs >= IDLE * LOOK_MS)) return;
    cpuMs = nowMs;
  }
}

async function benchAgainstPostgres(
  database: BenchDatabase,
  world: QuestionedWorld,
  docks: number,
  { rounds, ratio }: HttpBenchOptions,
): Promise<object> {
  const results: Record<string, unknown> = {};
  for (const [degrees, count] of [[0.5, 150], [10, 40]] as const) {
    const questions = rollHttpQuestions(world, count, degrees, 3).map(({ search }) => search);
    const times = await withClient(
      database.url,
      (client) => compareWithPostgres(client, questions, rounds),
    );
    console.log(`${degrees}°, ${docks} docks, engine and Postgres's own time:`, times);
    const name = `search.engine.${degrees}deg.${docks}`;
    ratio(`${name}.vs-postgres`, times.postgresNightsUs / times.oursUs);
    ratio(`${name}.vs-postgres.multirange`, times.postgresUs / times.oursUs);
    results[`${degrees}deg`] = times;
  }
  return results;
}

async function benchView(
  servers: Servers,
  world: QuestionedWorld,
  docks: number,
  degrees: typeof VIEWS[number],
  { connections, rounds, ms, ratio }: HttpBenchOptions,
): Promise<object> {
  const { edge, peer, client } = servers;
  const questions = rollHttpQuestions(world, QUESTIONS, degrees, 3);
  const compared = await compareAnswers(servers, questions.slice(0, COMPARED[degrees]));
  console.log(`${degrees}°, ${docks} docks:`, compared);
  const answers = await askAll(edge.url, questions.slice(0, 400));
  const own = nearest(answers, mean(answers.map(({ body }) => body.length)));
  const constant = await startConstants([{ name: "own", ...own }]);
  const pool = `fresh-${degrees}`;
  client.keep({ pool, paths: questions.map(toFreshPath) });
  const results: Record<string, unknown> = { compared };
  try {
    const contenders: Contender[] = [
      {
        name: "own bytes, constant",
        port: constant.said.own!,
        pid: constant.pid,
        pool,
        isFresh: true,
      },
      { name: "dokkerr", port: Number(new URL(edge.url).port), pid: edge.pid, pool, isFresh: true },
      { name: "hono + postgres", port: peer.said.port!, pid: peer.pid, pool, isFresh: true },
    ];
    await warm(client, contenders);
    for (const count of connections) {
      const course = { connections: count, rounds, ms };
      const standings = await loadInTurns(client, contenders, course);
      results[`${count}`] = standings;
      console.log(`${degrees}°, no URL repeated, ${count} connections:`);
      print(standings);
      const [limit, ours, theirs] = contenders.map(({ name }) => standings[name]!);
      const name = `search.http.${degrees}deg.${docks}.c${count}`;
      ratio(`${name}.vs-constant`, ours!.perSecond / limit!.perSecond);
      ratio(`${name}.vs-constant.cpu`, limit!.serverCpuUs / ours!.serverCpuUs);
      ratio(`${name}.vs-hono-postgres`, ours!.perSecond / theirs!.perSecond);
    }
  } finally {
    await constant.stop();
  }
  return results;
}

async function benchSame(
  { edge, client }: Servers,
  world: QuestionedWorld,
  docks: number,
  { connections, rounds, ms, ratio }: HttpBenchOptions,
): Promise<object> {
  const answers = await askAll(edge.url, rollHttpQuestions(world, 400, 0.5, 5));
  // As plain as the constant that it is held against.
  const plain = answers.filter(({ body }) => !/[^\0-\xff]/.test(body));
  const own = nearest(plain, SAME_BYTES);
  const constant = await startConstants([
    { name: "bare", body: "x".repeat(SAME_BYTES), headers: {} },
    { name: "own", ...own },
  ]);
  client.keep({ pool: "same", paths: [own.path] });
  const results: Record<string, unknown> = {};
  try {
    const at = { pool: "same", isFresh: false };
    const contenders: Contender[] = [
      { name: "10 KB, constant", port: constant.said.bare!, pid: constant.pid, ...at },
      { name: "own bytes, constant", port: constant.said.own!, pid: constant.pid, ...at },
      { name: "dokkerr", port: Number(new URL(edge.url).port), pid: edge.pid, ...at },
    ];
    for (const count of connections) {
      const standings = await loadInTurns(client, contenders, { connections: count, rounds, ms });
      results[`${count}`] = standings;
      console.log(`The same URL again, ${docks} docks, ${count} connections:`);
      print(standings);
      const [bare, withHeads, ours] = contenders.map(({ name }) => standings[name]!);
      const name = `search.http.same.${docks}.c${count}`;
      ratio(`${name}.vs-constant`, ours!.perSecond / bare!.perSecond);
      ratio(`${name}.vs-own-bytes`, ours!.perSecond / withHeads!.perSecond);
      ratio(`${name}.vs-own-bytes.cpu`, withHeads!.serverCpuUs / ours!.serverCpuUs);
    }
  } finally {
    await constant.stop();
  }
  return results;
}

async function warm(client: LoadProcess, contenders: readonly Contender[]): Promise<void> {
  for (const { port, pid, pool, isFresh } of contenders) {
    let asked = 0;
    for (let ms = 0; asked < 2 * QUESTIONS && ms < MOST_WARM_MS; ms += WARM_MS) {
      const load = { port, pool, isFresh, connections: 16, warmMs: 0, ms: WARM_MS };
      asked += (await client.run(load, pid)).requests;
    }
  }
}

function print(standings: Record<string, Standing>): void {
  for (const [name, standing] of Object.entries(standings)) {
    console.log(standingToText(name, standing));
  }
}

interface OwnAnswer {
  path: string;
  body: string;
  headers: Record<string, string>;
}

async function askAll(url: string, questions: readonly HttpQuestion[]): Promise<OwnAnswer[]> {
  const answers: OwnAnswer[] = [];
  for (const { path } of questions) {
    const response = await fetch(url + path, { headers: { "Accept-Encoding": "identity" } });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path}: ${body}`);
    const headers = Object.fromEntries(response.headers);
    // The server below writes these itself.
    for (const name of ["date", "content-length", "vary"]) delete headers[name];
    answers.push({ path, body, headers });
  }
  return answers;
}

function nearest(answers: readonly OwnAnswer[], bytes: number): OwnAnswer {
  const off = ({ body }: OwnAnswer) => Math.abs(body.length - bytes);
  return answers.reduce((best, one) => off(one) < off(best) ? one : best);
}

function startConstants(answers: readonly object[]): Promise<BenchServer> {
  return startServer(new URL("./constant-server.ts", import.meta.url), {}, JSON.stringify(answers));
}

/** Throws where the peer answers otherwise; of a view of which we read a part, there is no other. */
async function compareAnswers({ edge, peer }: Servers, questions: readonly HttpQuestion[]) {
  let alike = 0;
  let parts = 0;
  let found = 0;
  for (const { path } of questions) {
    const ours = await readShort(`${edge.url}${path}`);
    if (ours.total.relation === "gte") {
      parts++;
      continue;
    }
    const theirs = await readShort(`http://127.0.0.1:${peer.said.port}${path}`);
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      const both = JSON.stringify({ ours, theirs });
      throw new Error(`the peer answers otherwise to ${path}: ${both.slice(0, 4_000)}`);
    }
    alike++;
    found += ours.total.value;
  }
  return { alike, parts, found: found / alike };
}

async function readShort(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  const { items, total } = await response.json() as SearchAnswer;
  const short = items.map(({ id, price, fit, distanceM }) => [id, price, fit?.verdict, distanceM]);
  return { items: short, total };
}

/** What a new process needs for its first answer, and for another one of the same water. */
async function measureCold(database: BenchDatabase, world: QuestionedWorld) {
  const edge = await database.startEdge();
  try {
    const [{ path } = { path: "" }] = rollHttpQuestions(world, 1, 0.5, 9);
    const ask = async () => {
      const start = performance.now();
      const response = await fetch(edge.url + path);
      await response.text();
      return performance.now() - start;
    };
    const firstMs = await ask();
    return { firstMs, secondMs: await ask(), idleBytes: await readMemory(edge.pid) };
  } finally {
    await edge.stop();
  }
}
