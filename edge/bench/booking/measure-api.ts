import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { webcrypto } from "node:crypto";
import process from "node:process";
import pg from "pg";
import { COOKIE_PREFIX } from "../../identity/accounts.ts";
import { createSessionCookie } from "../../identity/session-cookie.ts";
import { closeServer, listen } from "../../local/listen.ts";
import { TEST_BOAT } from "../../local/test-harbour.ts";
import { median } from "../engine/timing.ts";
import type { BenchDatabase } from "./bench-world.ts";
import { compare, rate, rollWish, type Water } from "./measure.ts";

const PUBLIC_URL = "http://localhost:8787";
const AUTH_SECRET = "bench-auth-secret-".repeat(3);
const HANDS = 8;

interface Asked {
  body: string;
  cookie: string;
}

/** The booking's route beside the same route with one bare INSERT, and a rush through it. */
export async function measureApi(
  database: BenchDatabase,
  water: Water,
  turns: number,
  pieces: number,
): Promise<{ rates: Record<string, number>; rush: { aloneMs: number; slowestMs: number } }> {
  // A hub that takes what it is told, as the product's does.
  const hub = createServer((request, response) => {
    request.resume().on("end", () => response.end("{}"));
  });
  const hubPort = await listen(hub, 0);
  const child = spawn(process.execPath, [
    "run",
    "-A",
    "--no-prompt",
    fileURLToPath(new URL("./api-server.ts", import.meta.url)),
  ], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      DENO_NO_UPDATE_CHECK: "1",
      DATABASE_URL: database.databaseUrl,
      NEON_GATEWAY: database.gateway,
      DATABASE_POOL: "16",
      S3_ENDPOINT: "http://127.0.0.1:9",
      S3_BUCKET: "bench",
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      PARTYKIT_HOST: `127.0.0.1:${hubPort}`,
      PUBLIC_URL,
      AUTH_SECRET,
      REALTIME_SECRET: "bench-realtime-secret-".repeat(2),
      WRITES_PER_MINUTE: "100000000",
    },
  });
  try {
    const [line] = await once(child.stdout, "data") as [Buffer];
    const ports = JSON.parse(line.toString()) as { ours: number; bare: number };
    const cookies = await signIn(database.databaseUrl, water.guests);
    const ask = async (): Promise<Asked> => await prepare(ports.ours, water, cookies);
    const send = async (port: number, { body, cookie }: Asked): Promise<boolean> => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/bookings`, {
        method: "POST",
        body,
        headers: { "Cookie": cookie, "Idempotency-Key": webcrypto.randomUUID() },
      });
      const text = await answer.text();
      if (answer.status !== 201 && answer.status !== 409) throw new Error(text);
      return answer.status === 201;
    };
    /** Quotes are asked for before the clock runs, for both alike. */
    const turn = (port: number) => async () => {
      const asked = await Promise.all(Array.from({ length: pieces }, ask));
      return await rate(pieces, HANDS, () => send(port, asked.pop()!));
    };
    const rates = await compare(turns, { ours: turn(ports.ours), bare: turn(ports.bare) });

    const alone: number[] = [];
    const slowest: number[] = [];
    for (let rush = 0; rush < 20; rush++) {
      const one = await ask();
      const start = performance.now();
      await send(ports.ours, one);
      alone.push(performance.now() - start);
      const wanted = await ask();
      const began = performance.now();
      const times = await Promise.all(
        cookies.slice(0, 50).map(async (cookie) => {
          await send(ports.ours, { ...wanted, cookie });
          return performance.now() - began;
        }),
      );
      slowest.push(Math.max(...times));
    }
    return { rates, rush: { aloneMs: median(alone), slowestMs: median(slowest) } };
  } finally {
    child.kill("SIGKILL");
    await closeServer(hub);
  }
}

async function prepare(port: number, water: Water, cookies: readonly string[]): Promise<Asked> {
  const { dockId, from, to } = rollWish(water);
  const cookie = cookies[Math.floor(Math.random() * cookies.length)]!;
  const query = `from=${from}&to=${to}&loaCm=1200&beamCm=380&draftCm=180&hullType=mono`;
  const answer = await fetch(`http://127.0.0.1:${port}/api/docks/${dockId}/quote?${query}`, {
    headers: { Cookie: cookie },
  });
  if (!answer.ok) throw new Error(await answer.text());
  const { quote } = await answer.json() as { quote: string };
  return { body: JSON.stringify({ dockId, from, to, boat: TEST_BOAT, quote }), cookie };
}

/** Sessions written to the tables directly, and their cookies. */
async function signIn(databaseUrl: string, guests: readonly string[]): Promise<string[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const cookies: string[] = [];
  for (const id of guests) {
    const token = webcrypto.randomUUID();
    await client.query(
      `INSERT INTO session (id, token, person_id, expires_at)
       VALUES (uuidv7(), $1, $2, now() + interval '1 day')`,
      [token, id],
    );
    const cookie = await createSessionCookie(COOKIE_PREFIX, PUBLIC_URL, AUTH_SECRET).set(token);
    cookies.push(cookie.slice(0, cookie.indexOf(";")));
  }
  await client.end();
  return cookies;
}
