import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { denoPath } from "./local/deno-path.ts";
import { freePort } from "./local/ports.ts";
import { createTestHarbour } from "./local/test-harbour.ts";
import {
  createTestEdge,
  processEnv,
  signUp,
  type TestEdge,
  type TestPerson,
} from "./local/test-edge.ts";

const main = fileURLToPath(new URL("./main-deno.ts", import.meta.url));
const root = fileURLToPath(new URL("../", import.meta.url));

interface Running {
  url: string;
  child: ChildProcess;
  /** What it has said so far. */
  said: () => string;
  exited: Promise<number | null>;
}

let edge: TestEdge;
let ann: TestPerson;
let webDir: string;
let hub: Server;
let armed: number;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  edge = await createTestEdge();
  ann = await signUp(edge, "Ann");
  webDir = await mkdtemp(join(tmpdir(), "dokkerr-web-"));
  await writeFile(
    join(webDir, "index.html"),
    `<!DOCTYPE html><title>Dokkerr</title>${" ".repeat(2_000)}`,
  );
  armed = 0;
  hub = createServer((request, response) => {
    // The first two tries meet a hub that is still starting.
    if (request.url === "/parties/clock/main") armed++;
    response.writeHead(armed > 2 ? 200 : 503).end("{}");
  });
  hub.listen(0, "127.0.0.1");
  await once(hub, "listening");
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(async () => {
  hub.close();
  await rm(webDir, { recursive: true });
  await edge.close();
});

function environment(port: number): Record<string, string> {
  return {
    ...processEnv(edge, port),
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    PARTYKIT_HOST: `127.0.0.1:${(hub.address() as AddressInfo).port}`,
    WEB_DIR: webDir,
  };
}

function run(env: Record<string, string>): Running {
  const child = spawn(denoPath(), ["run", "-A", "--no-prompt", main], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => text += chunk.toString());
  child.stderr.on("data", (chunk: Buffer) => text += chunk.toString());
  const exited = once(child, "exit").then(([code]) => code as number | null);
  return { url: `http://127.0.0.1:${env.PORT}`, child, said: () => text, exited };
}

async function start(): Promise<Running> {
  const edgeProcess = run(environment(await freePort()));
  await vi.waitFor(() => expect(edgeProcess.said()).toContain("listening"), { timeout: 30_000 });
  return edgeProcess;
}

describe("started", () => {
  test("it serves the API and the client, packed where one takes it, and arms the clock", async () => {
    const { url, said } = await start();
    const packed = { "Accept-Encoding": "gzip" };
    const page = await fetch(`${url}/docks/7`, { headers: packed });
    expect(page.headers.get("Content-Encoding")).toBe("gzip");
    expect(await page.text()).toContain("<title>Dokkerr</title>");

    const described = await fetch(`${url}/api/openapi.json`, { headers: packed });
    expect(described.headers.get("Content-Encoding")).toBe("gzip");
    const again = await fetch(`${url}/api/openapi.json`, {
      headers: { "If-None-Match": described.headers.get("ETag")! },
    });
    expect(again.status).toBe(304);

    const boat = await fetch(`${url}/api/boats`, {
      method: "POST",
      headers: { ...packed, Cookie: ann.cookie },
      body: JSON.stringify({
        name: "n".repeat(80),
        hullType: "mono",
        loaCm: 1_190,
        beamCm: 380,
        draftCm: 195,
      }),
    });
    expect(boat.headers.get("ETag")).toBe('"1"');
    await vi.waitFor(() => expect(armed).toBeGreaterThan(2), { timeout: 10_000 });
    expect(said()).toContain("arming the hub's clock failed, it is tried again");
  });

  test("it finds the tiles that another process left in Deno's own cache", async () => {
    await (await createTestHarbour(edge)).addDock({ name: "Berth A1" });
    const searches: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { url, child, exited } = await start();
      const found = await fetch(`${url}/api/docks?near=41.49,-71.33&radiusM=20000`);
      expect(await found.json()).toMatchObject({ items: [{ name: "Berth A1" }] });
      searches.push(found.headers.get("Cache-Status") ?? "");
      // It goes once its background work is done.
      child.kill("SIGTERM");
      expect(await exited).toBe(0);
    }
    expect(searches[0]).toContain("dokkerr-edge; fwd=miss");
    expect(searches[1]).toContain("dokkerr-edge; hit");
  });

  test("and told to stop, it answers who waits and takes nobody else", async () => {
    const { url, child, exited } = await start();
    const made = await ann.fetch("POST /api/boats", {
      name: "Sula",
      hullType: "mono",
      loaCm: 1_190,
      beamCm: 380,
      draftCm: 195,
    });
    const { id } = (await made.json()) as { id: string };
    let waiting: Promise<Response> | undefined;
    await edge.sql.transaction(async (tx) => {
      await tx.query(`SELECT FROM boat WHERE id = $1 FOR UPDATE`, [id]);
      waiting = fetch(`${url}/api/boats/${id}`, {
        method: "PATCH",
        headers: { "Cookie": ann.cookie, "If-Match": '"1"' },
        body: JSON.stringify({ name: "Sula II" }),
      });
      await vi.waitFor(async () => {
        const held = await edge.sql.query(
          `SELECT FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        expect(held).toHaveLength(1);
      }, { timeout: 10_000 });
      child.kill("SIGTERM");
      await vi.waitFor(() => expect(fetch(`${url}/healthz`)).rejects.toThrow(), { timeout: 4_000 });
    });
    const response = await waiting!;
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: "Sula II", version: 2 });
    expect(await exited).toBe(0);
  });
});

describe("not started", () => {
  test("a missing variable is one sentence", async () => {
    const { AUTH_SECRET: _, ...env } = environment(await freePort());
    const { exited, said } = run(env);
    expect(await exited).toBe(2);
    expect(said()).toBe("Cannot start: AUTH_SECRET is not set.\n");
  });

  test("a taken port is one sentence", async () => {
    const { port } = hub.address() as AddressInfo;
    const { exited, said } = run(environment(port));
    expect(await exited).toBe(1);
    expect(said()).toBe(
      `Cannot start: port ${port} of 127.0.0.1 is taken; set PORT to another.\n`,
    );
  });
});
