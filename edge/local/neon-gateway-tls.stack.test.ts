import { spawnSync } from "node:child_process";
import { appendFile, chown, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neon, neonConfig, Pool } from "@neondatabase/serverless";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { type Guardian, startGuardian } from "./guardian.ts";
import { startNeonGateway } from "./neon-gateway.ts";
import { type Postgres, startPostgres } from "./postgres.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.log("No openssl on the PATH: TLS to Postgres is not tested here.");

describe.runIf(hasOpenssl)(
  "the Neon gateway before a Postgres with a certificate of its own",
  () => {
    let dataDir: string;
    let guardian: Guardian;
    let postgres: Postgres;

    const start = () =>
      startPostgres({
        dataDir,
        guardian,
        password: "p".repeat(32),
        log: () => {},
        throwaway: true,
      });

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "dokkerr-tls-"));
      guardian = await startGuardian();
      await (await start()).stop();
      const cluster = join(dataDir, "postgres");
      const [key, certificate] = [join(cluster, "server.key"), join(cluster, "server.crt")];
      spawnSync("openssl", [
        ..."req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost".split(" "),
        "-keyout",
        key,
        "-out",
        certificate,
      ]);
      const { uid, gid } = await stat(cluster);
      await chown(key, uid, gid);
      await chown(certificate, uid, gid);
      await appendFile(join(cluster, "postgresql.conf"), "ssl = on\n");
      postgres = await start();
      neonConfig.webSocketConstructor = WebSocket;
      neonConfig.useSecureWebSocket = false;
      neonConfig.pipelineConnect = false;
    });

    afterAll(async () => {
      await postgres.stop();
      await guardian.close();
      await rm(dataDir, { recursive: true });
    });

    /** Whether the line to Postgres is encrypted, asked over both protocols. */
    async function ask(mode: string): Promise<unknown[]> {
      const databaseUrl = `${postgres.databaseUrl}?sslmode=${mode}`;
      const gateway = await startNeonGateway({ databaseUrl });
      neonConfig.wsProxy = () => `${gateway.address}/v2`;
      neonConfig.fetchEndpoint = () => `http://${gateway.address}/sql`;
      const pool = new Pool({ connectionString: databaseUrl });
      pool.on("error", () => {});
      const query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      try {
        const answers = await Promise.allSettled([
          neon(databaseUrl).query(query),
          pool.query(query).then(({ rows }) => rows as unknown),
        ]);
        return answers.map((answer) => answer.status === "fulfilled" ? answer.value : "refused");
      } finally {
        await pool.end();
        await gateway.stop();
      }
    }

    test("no-verify encrypts, and takes any certificate", async () => {
      expect(await ask("no-verify")).toEqual([[{ ssl: true }], [{ ssl: true }]]);
    });

    test.each(["require", "verify-full"])(
      "%s refuses a certificate nobody vouches for",
      async (mode) => {
        expect(await ask(mode)).toEqual(["refused", "refused"]);
      },
    );

    test("disable does not encrypt", async () => {
      expect(await ask("disable")).toEqual([[{ ssl: false }], [{ ssl: false }]]);
    });
  },
);
