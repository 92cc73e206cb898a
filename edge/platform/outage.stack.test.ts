import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type NeonGateway, startNeonGateway } from "../local/neon-gateway.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { createNeonSql } from "./neon-sql.ts";
import { isUnreachable } from "./sql.ts";

/** The line to Postgres, which can be cut and mended. */
class Line {
  #to: URL;
  #server: Server | undefined;
  #sockets = new Set<Socket>();
  port = 0;

  constructor(databaseUrl: string) {
    this.#to = new URL(databaseUrl);
  }

  async mend(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(Number(this.#to.port), this.#to.hostname);
      for (const [socket, other] of [[near, far], [far, near]] as const) {
        this.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          other.destroy();
          this.#sockets.delete(socket);
        });
        socket.pipe(other);
      }
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

let line: Line;
let gateway: NeonGateway;
let gatewayPort: number;
let edge: TestEdge;
let ann: TestPerson;

const lineUrl = () => `postgres://127.0.0.1:${line.port}/`;

beforeAll(async () => {
  line = new Line(inject("testPostgres").databaseUrl);
  await line.mend();
  gateway = await startNeonGateway({ databaseUrl: lineUrl() });
  gatewayPort = Number(gateway.address.split(":")[1]);
  edge = await createTestEdge({ env: { NEON_GATEWAY: gateway.address } });
  ann = await signUp(edge, "Ann");
});
afterAll(async () => {
  await edge.close();
  await gateway.stop();
  await line.cut();
});

const BOAT = { name: "Sula", hullType: "mono", loaCm: 1_190, beamCm: 380, draftCm: 195 };

async function expectAway(): Promise<void> {
  const asked = [
    ann.fetch("GET /api/boats"),
    ann.fetch("POST /api/boats", BOAT, { "Idempotency-Key": crypto.randomUUID() }),
  ];
  for (const response of await Promise.all(asked)) {
    expect(response.status).toBe(503);
    expect(response.headers.get("Retry-After")).toBe("2");
    expect(await response.json()).toMatchObject({ code: "unavailable" });
  }
}

describe.each(
  [
    ["Postgres", () => line.cut(), () => line.mend()],
    ["the gateway", () => gateway.stop(), async () => {
      gateway = await startNeonGateway({ databaseUrl: lineUrl(), port: gatewayPort });
    }],
  ] as const,
)("while %s is away", (_, goAway, comeBack) => {
  test("the API says so and when to ask again; the process lives on and reconnects", async () => {
    expect((await ann.fetch("GET /api/boats")).status).toBe(200);
    await goAway();
    await expectAway();
    await expectAway();
    expect((await edge.fetch("GET /readyz")).status).toBe(503);
    expect((await edge.fetch("GET /healthz")).status).toBe(200);
    await comeBack();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ann.fetch("GET /api/boats")),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(edge.errors).toEqual([]);
  });

  test("a statement over HTTP and a transaction of its own say so too", async () => {
    const { url: databaseUrl, gateway: address } = edge.deps.config.database;
    const sql = createNeonSql({ databaseUrl, gateway: address, poolSize: 0 });
    await goAway();
    const failures = await Promise.all([
      sql.query("SELECT 1").catch((error: unknown) => error),
      sql.transaction((tx) => tx.query("SELECT 1")).catch((error: unknown) => error),
    ]);
    await comeBack();
    expect(failures.map(isUnreachable)).toEqual([true, true]);
    expect(await sql.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

test("connections that Postgres ended are replaced", async () => {
  await edge.sql.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  const answers = await Promise.all(Array.from({ length: 20 }, () => ann.fetch("GET /api/boats")));
  const statuses = new Set(answers.map(({ status }) => status));
  // One that was handed out in the very moment of its end may say 503; nobody gets a 500.
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect((await ann.fetch("GET /api/boats")).status).toBe(200);
});

test("a faulty statement is no outage", async () => {
  const failures = await Promise.all(
    ["SELECT 1/0", "SELECT nothing", "SELEC 1"].map((text) =>
      edge.sql.query(text).catch((error: unknown) => error)
    ),
  );
  expect(failures.map(isUnreachable)).toEqual([false, false, false]);
});
