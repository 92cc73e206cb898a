import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type EdgeProcess, startEdgeProcess } from "./edge-process.ts";
import { claimFolder } from "./folder-claim.ts";
import { startGuardian } from "./guardian.ts";
import { freePort, isPortTaken } from "./ports.ts";
import { preparePostgresFolder } from "./postgres.ts";
import { type Rooms, startRooms } from "./rooms.ts";
import { loadSecrets } from "./secrets.ts";
import {
  keep,
  type PartContext,
  startDatabase,
  startObjectStore,
  startPayments,
  startSharedCache,
} from "./stack-parts.ts";
import { planStack, type StackPlan } from "./stack-plan.ts";
import { StartProblem } from "./start-problem.ts";
import type { Supervised } from "./supervise.ts";
import { Undo } from "./undo.ts";
import { untilAnswer } from "./until-answer.ts";
import { buildWeb } from "./web-build.ts";
import { serveWeb } from "./web-serve.ts";

export interface StackOptions {
  /** Everything that the embedded parts keep. */
  dataDir: string;
  /** Of the edge, with the API and the web client; 0: any free one. */
  port: number;
  /** Of the rooms; 0: any free one. */
  realtimePort: number;
  /** Names real services, as the contract lists them; usually process.env. */
  env: Readonly<Record<string, string | undefined>>;
  /** How many demo docks an empty embedded database gets; 0: no demo data at all. */
  docks: number;
  /** Which demo data, where not the usual. */
  seed?: number;
  /** Begin anew: what the folder holds is removed. */
  fresh?: boolean;
  /** The port of a development server for the client; absent: it is built, and the edge serves it. */
  webPort?: number;
  /** The edge's log goes to this process's output instead of its file. */
  isVerbose?: boolean;
  /** Aborts a start that is under way; what it started is stopped. */
  signal?: AbortSignal;
  log: (line: string) => void;
  /** A part ended and does not come back; the caller is to stop the stack. */
  onGiveUp: (sentence: string) => void;
}

export interface Stack {
  /** What the edge was started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly urls: { edge: string; public: string; rooms: string };
  /** Demo data and demo accounts exist. */
  readonly isDemo: boolean;
  readonly edge: Supervised<EdgeProcess> | undefined;
  readonly rooms: Supervised<Rooms> | undefined;
  /** Stops the edge first and Postgres last. */
  stop(): Promise<void>;
}

const partykitJsonPath = fileURLToPath(new URL("../../realtime/partykit.json", import.meta.url));

// Of a folder that somebody names, only what the stack itself put there is ever removed.
const ownFiles = [
  "edge.log",
  "postgres",
  "postgres.log",
  "postgres.log.1",
  "postgres.unfinished",
  "redis",
  "redis.log",
  "rooms",
  "rooms.log",
  "s3",
  "secrets.json",
  "stripe",
  "tmp",
  "web.log",
];

/**
 * Starts the whole product: each part that no variable names, migrations, demo data, rooms, edge.
 * What was started is stopped again when a later part fails.
 *
 * @throws {StartProblem} one sentence that says what to do.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const plan = planStack(options.env);
  const undo = new Undo();
  const abort = () => void undo.run();
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    const stack = await start({ ...options, dataDir: resolve(options.dataDir) }, plan, undo);
    options.signal?.throwIfAborted();
    return stack;
  } catch (error) {
    await undo.run();
    // Whatever it stumbled over then, it was because its parts were being stopped.
    if (options.signal?.aborted) throw new StartProblem("The start was stopped.");
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

async function start(options: StackOptions, plan: StackPlan, undo: Undo): Promise<Stack> {
  const { dataDir, log, onGiveUp } = options;
  const claim = await claimFolder(dataDir, log);
  await undo.add(() => claim.release());
  const ports = await choosePorts(options, plan);
  if (plan.postgres) await preparePostgresFolder(dataDir, log);
  if (options.fresh) {
    for (const name of ownFiles) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  const guardian = claim.record(await startGuardian());
  await undo.add(() => guardian.close());
  const secrets = await loadSecrets(dataDir);
  const context: PartContext = { dataDir, guardian, secrets, undo, log, onGiveUp };

  const demo = { docks: options.docks, seed: options.seed };
  const isWebBuilt = ports.web === undefined && plan.edge;
  const edgeUrl = plan.given.EDGE_URL ?? `http://127.0.0.1:${ports.edge}`;
  const [database, redis, s3, stripe, webDir] = await allSettledOrThrow([
    startDatabase(context, plan, demo),
    plan.redis ? startSharedCache(context) : Promise.resolve({}),
    plan.s3 ? startObjectStore(context) : Promise.resolve({}),
    plan.stripe ? startPayments(context, edgeUrl) : Promise.resolve({}),
    isWebBuilt ? buildWeb(log) : Promise.resolve(undefined),
  ]);

  const publicUrl = plan.given.PUBLIC_URL ?? `http://localhost:${ports.web ?? ports.edge}`;
  const realtimeSecret = plan.given.REALTIME_SECRET ?? secrets.realtimeSecret;
  const rooms = plan.rooms
    ? await keepRooms(context, ports.rooms, {
      REALTIME_SECRET: realtimeSecret,
      EDGE_URL: edgeUrl,
      ALLOWED_ORIGINS: originsOf(publicUrl).join(","),
    })
    : undefined;
  const env: Record<string, string> = {
    ...plan.given,
    ...database,
    ...redis,
    ...s3,
    ...stripe,
    PORT: String(ports.edge),
    PARTYKIT_HOST: plan.given.PARTYKIT_HOST ?? rooms?.part.host ?? "",
    EDGE_URL: edgeUrl,
    PUBLIC_URL: publicUrl,
    AUTH_SECRET: plan.given.AUTH_SECRET ?? secrets.authSecret,
    REALTIME_SECRET: realtimeSecret,
  };
  if (webDir !== undefined) env.WEB_DIR = webDir;
  if (plan.isDemo) env.DEMO = "1";
  const edge = plan.edge ? await keepEdge(context, env, options, plan) : undefined;
  if (ports.web !== undefined) await keepWeb(context, ports.web, edgeUrl);
  if (!edge) log(`No edge is started here, because EDGE_URL names ${edgeUrl}`);
  return {
    env,
    urls: {
      edge: edgeUrl,
      public: publicUrl,
      rooms: rooms ? `http://localhost:${ports.rooms}` : `https://${env.PARTYKIT_HOST}`,
    },
    isDemo: plan.isDemo && options.docks > 0,
    edge,
    rooms,
    stop: () => undo.run(),
  };
}

async function keepRooms(context: PartContext, port: number, vars: Record<string, string>) {
  const { dataDir, guardian, log } = context;
  const rooms = await keep(
    context,
    "The room runtime",
    () => startRooms({ dataDir, guardian, port, vars, partykitJsonPath }),
  );
  log(`The rooms answer on ${rooms.part.url} (log: ${join(dataDir, "rooms.log")})`);
  return rooms;
}

async function keepEdge(
  context: PartContext,
  env: Record<string, string>,
  options: StackOptions,
  plan: StackPlan,
) {
  const { dataDir, guardian, log } = context;
  const isVerbose = options.isVerbose ?? false;
  const isLoopbackOnly = plan.isDemo;
  const edge = await keep(
    context,
    "The edge",
    () => startEdgeProcess({ dataDir, guardian, env, isVerbose, isLoopbackOnly }),
  );
  log(`The edge answers on ${edge.part.url} (log: ${join(dataDir, "edge.log")})`);
  const outcome = await untilAnswer(`${edge.part.url}/readyz`, edge.part, (answer) => answer.ok);
  if (outcome !== "answered") log("The edge is not ready yet: see its log");
  return edge;
}

async function keepWeb(context: PartContext, port: number, api: string) {
  const { dataDir, guardian } = context;
  await keep(context, "The client's server", () => serveWeb({ dataDir, guardian, port, api }));
  context.log(`The client's server answers on http://127.0.0.1:${port}, reloading on change`);
}

async function choosePorts(options: StackOptions, plan: StackPlan) {
  const choose = async (port: number, flag: string) => {
    if (port === 0) return await freePort();
    if (!await isPortTaken(port)) return port;
    throw new StartProblem(
      `Cannot start: port ${port} is taken by another program; stop it, or choose another with ` +
        `--${flag}.`,
    );
  };
  return {
    edge: plan.edge ? await choose(options.port, "port") : options.port,
    rooms: plan.rooms ? await choose(options.realtimePort, "realtime-port") : 0,
    web: options.webPort === undefined ? undefined : await choose(options.webPort, "web-port"),
  };
}

/** A page that was opened under this machine's other name is as much our own. */
function originsOf(publicUrl: string): string[] {
  const { origin, hostname } = new URL(publicUrl);
  if (hostname !== "localhost") return [origin];
  return [origin, origin.replace("localhost", "127.0.0.1")];
}

/** Like Promise.all, but a failure waits for the others, so that all they started is known. */
async function allSettledOrThrow<T extends readonly Promise<unknown>[]>(promises: [...T]) {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}
