import { createServer } from "node:http";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signHubRequest } from "../../shared/hub.ts";
import { tick } from "../events/tick.ts";
import { type EdgeProcess, startEdgeProcess } from "../local/edge-process.ts";
import { startGuardian } from "../local/guardian.ts";
import { closeServer, listen } from "../local/listen.ts";
import { createPaidEdge, type PaidEdge } from "../local/paid-edge.ts";
import { freePort } from "../local/ports.ts";
import { signUp, type TestFetch, type TestPerson } from "../local/test-edge.ts";
import { createTestHarbour } from "../local/test-harbour.ts";
import { createHmac } from "../platform/hmac.ts";
import { RATE } from "./booking-world.fixture.ts";
import { roam, type Storm, type StormWorld } from "./history-roam.fixture.ts";

export interface StormOptions {
  clients: number;
  seconds: number;
  /** It goes on until so many calls were made, however slow the machine is. */
  calls?: number;
  /** Edge processes that serve the clients and sweep; 0: this one does both. */
  processes: number;
  /** Connections of Postgres ended, this many milliseconds apart; absent: none. */
  killEveryMs?: number;
  /** What is done to the database first, so that something goes wrong. */
  spoil?: string;
  /** Every call is sent twice, as by a client that did not hear the answer. */
  repeat?: boolean;
  seed?: number;
}

/**
 * Many clients at few berths, with connections that are ended, sweepers in several processes, and a
 * payment provider that fails, delays, doubles and loses; then calm, until all that is due is done.
 * Every call that is to change something is recorded.
 */
export async function runStorm(options: StormOptions): Promise<Storm> {
  const undo: (() => Promise<unknown>)[] = [];
  const urls: string[] = [];
  let turn = 0;
  const nextUrl = () => urls[turn++ % urls.length];
  const edge = await createPaidEdge(
    options.processes === 0 ? {} : {
      webhooks: async (body, headers) => {
        const url = `${nextUrl()}/api/webhooks/stripe`;
        return (await fetch(url, { method: "POST", body, headers })).status;
      },
    },
  );
  undo.push(() => edge.close());
  const storm: Storm = {
    edge,
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
    calls: [],
    requests: 0,
    faults: [],
    kills: 0,
    retries: 0,
    async close() {
      for (const step of undo.toReversed()) await step();
    },
  };
  try {
    if (options.spoil) await edge.sql.query(options.spoil);
    const started = await startProcesses(edge, options.processes);
    undo.push(() => started.stop());
    urls.push(...started.urls);
    await blow(storm, options, nextUrl);
    await calm(edge);
    return storm;
  } catch (error) {
    await storm.close();
    throw error;
  }
}

/** The product's own processes over the test's database, and a hub that takes what it is told. */
async function startProcesses(edge: PaidEdge, count: number) {
  const dataDir = await mkdtemp(join(tmpdir(), "dokkerr-storm-"));
  const guardian = await startGuardian();
  const hub = createServer((request, response) => {
    request.resume().on("end", () => response.end("{}"));
  });
  const hubPort = await listen(hub, 0);
  const { config } = edge.deps;
  const processes: EdgeProcess[] = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const port = await freePort();
      const own = join(dataDir, String(index));
      await mkdir(own);
      return await startEdgeProcess({
        dataDir: own,
        isLoopbackOnly: true,
        guardian,
        env: {
          PORT: String(port),
          DATABASE_URL: config.database.url,
          NEON_GATEWAY: config.database.gateway!,
          DATABASE_POOL: "12",
          S3_ENDPOINT: config.blobs.endpoint,
          S3_BUCKET: config.blobs.bucket,
          AWS_ACCESS_KEY_ID: config.blobs.accessKeyId,
          AWS_SECRET_ACCESS_KEY: config.blobs.secretAccessKey,
          PARTYKIT_HOST: `127.0.0.1:${hubPort}`,
          PUBLIC_URL: config.publicUrl,
          AUTH_SECRET: config.authSecret,
          REALTIME_SECRET: config.realtimeSecret,
          STRIPE_API_URL: config.stripe!.apiUrl!,
          STRIPE_SECRET_KEY: config.stripe!.secretKey,
          STRIPE_PUBLISHABLE_KEY: config.stripe!.publishableKey!,
          STRIPE_WEBHOOK_SECRET: config.stripe!.webhookSecret,
          WRITES_PER_MINUTE: "100000",
        },
      });
    }),
  );
  return {
    urls: processes.map(({ url }) => url),
    async stop() {
      await Promise.all(processes.map((one) => one.stop()));
      await closeServer(hub);
      await guardian.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The storm itself; resolves when its time is over and every call has ended. */
async function blow(storm: Storm, options: StormOptions, nextUrl: () => string | undefined) {
  const { edge, seed } = storm;
  const harbour = await createTestHarbour(edge);
  const online = { collection: "online", rate: RATE } as const;
  const quay = { kind: "side_tie", lengthCm: 3_000, gapCm: 100 } as const;
  const docks = await Promise.all([
    harbour.addDock(online),
    harbour.addDock({ ...online, rate: { ...RATE, minor: 12_000 }, cancellationPolicy: "strict" }),
    harbour.addDock({ ...online, instantBook: false }),
    harbour.addDock({ ...online, instantBook: false }),
    harbour.addDock({ ...online, ...quay }),
    harbour.addDock(),
    harbour.addDock(quay),
  ]);
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format();
  const world: StormWorld = {
    storm,
    docks: docks.map(({ id }) => id),
    host: through(storm, harbour.host, nextUrl),
    nightFrom: [today, "2027-07-01"],
    isOver: stormClock(storm, options),
    repeat: options.repeat ?? false,
  };
  edge.stripe.setFaults([
    ...(["refuse", "lose", "cut", "lose-and-cut"] as const).map((kind) => ({ kind, chance: 0.04 })),
    { kind: "delay", ms: 200, chance: 0.1 },
  ]);
  edge.stripe.setDelivery({ copies: 2, shuffle: true, lose: 0.2, delayMs: 20 });
  const guests = await Promise.all(
    Array.from({ length: options.clients }, (_, index) => signUp(edge, `Guest ${index}`)),
  );
  await Promise.all([
    ...guests.map((guest, index) => roam(world, through(storm, guest, nextUrl), seed + index)),
    ...Array.from({ length: Math.max(2, options.processes) }, () => sweep(world, nextUrl)),
    options.killEveryMs === undefined ? undefined : kill(world, options.killEveryMs),
  ]);
}

/** Says when the storm's time is over; a minute later it is in any case. */
function stormClock({ calls }: Storm, options: StormOptions): () => boolean {
  const endMs = Date.now() + options.seconds * 1_000;
  return () =>
    Date.now() > endMs && (calls.length >= (options.calls ?? 0) || Date.now() > endMs + 60_000);
}

/** The same person, asking one process after the other; counts what they are answered with. */
function through(
  storm: Storm,
  person: TestPerson,
  nextUrl: () => string | undefined,
): TestPerson {
  const ask: TestFetch = (route, body, headers = {}) => {
    const url = nextUrl();
    if (url === undefined) return person.fetch(route, body, headers);
    const [method = "GET", path = "/"] = route.split(" ");
    return fetch(url + path, {
      method,
      headers: { Cookie: person.cookie, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  return {
    ...person,
    async fetch(route, body, headers) {
      storm.requests += 1;
      const answer = await ask(route, body, headers);
      if (answer.status >= 500) {
        const text = await answer.clone().text();
        // The provider's own faults are answered so; they are no fault of the edge.
        if (!text.includes("payment provider")) storm.faults.push(`${route}: ${text}`);
      }
      return answer;
    },
  };
}

/** Ends connections, those first that are at work. */
async function kill({ storm, isOver }: StormWorld, everyMs: number): Promise<void> {
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const rows = await storm.edge.sql.query(
      `SELECT pg_terminate_backend(pid) FROM (
         SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
         ORDER BY state = 'active' DESC, random() LIMIT 1) AS one`,
    ).catch(() => []);
    storm.kills += rows.length;
  }
}

/** The hub's clock of one process, which ticks all the time. */
async function sweep({ storm, isOver }: StormWorld, nextUrl: () => string | undefined) {
  const { edge } = storm;
  const hmac = createHmac(edge.deps.config.realtimeSecret);
  const request = { audience: "edge", method: "POST", path: "/internal/tick", body: "" } as const;
  while (!isOver()) {
    const url = nextUrl();
    if (url === undefined) await tick(edge.deps).catch(() => undefined);
    else {
      const seconds = Math.floor(Date.now() / 1_000);
      const headers = await signHubRequest(request, seconds, crypto.randomUUID(), hmac);
      const answer = await fetch(url + request.path, { method: "POST", headers });
      if (answer.status === 401 || answer.status === 403) throw new Error("the tick is refused");
      await answer.body?.cancel();
    }
    // Retries of tasks and events are due at once, or the storm would be over before them.
    await edge.sql.query(
      `UPDATE payment_task SET due_at = now() WHERE state = 'due' AND due_at > now()`,
    ).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The storm is over: banks answer, and what is due is done, by several processes at once. */
async function calm(edge: PaidEdge): Promise<void> {
  edge.stripe.setFaults([]);
  edge.stripe.setDelivery({});
  for (const { id } of edge.stripe.store.list("payment_intents")) await edge.stripe.settle(id);
  await edge.settle();
  await edge.sql.query(`UPDATE payment SET checked_at = now() - interval '2 hours'`);
  for (let round = 0; round < 100; round++) {
    await edge.sql.query(
      `UPDATE payment_task SET due_at = now(), lease_until = NULL WHERE state = 'due'`,
    );
    await edge.sql.query(`UPDATE webhook_event SET retry_at = now() WHERE applied_at IS NULL`);
    await Promise.all([tick(edge.deps), tick(edge.deps), tick(edge.deps)]);
    await edge.settle();
    const left = await edge.sql.query(
      `SELECT FROM payment_task WHERE state = 'due' UNION ALL
       SELECT FROM webhook_event WHERE applied_at IS NULL UNION ALL
       SELECT FROM payment WHERE status IN ('open', 'processing', 'authorised')
         AND intent_id IS NOT NULL AND checked_at < now() - interval '1 hour'`,
    );
    if (left.length === 0) return;
  }
}
