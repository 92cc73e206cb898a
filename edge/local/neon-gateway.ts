import { createServer } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type WebSocket, WebSocketServer } from "ws";
import { createSqlEndpoint } from "./neon-http.ts";
import { closeServer, listen } from "./listen.ts";

export interface NeonGateway {
  /** `127.0.0.1:PORT`: for `neonConfig.wsProxy` (`ADDRESS/v2`) and `fetchEndpoint` (`ADDRESS/sql`). */
  readonly address: string;
  stop(): Promise<void>;
}

export interface NeonGatewayOptions {
  /** Any Postgres. Only its host and port are ever connected to, whatever a client asks for. */
  databaseUrl: string;
  port?: number;
}

/** Where a Postgres is, and how its line is protected. */
export interface PostgresAddress {
  host: string;
  port: number;
  /** `verify` also checks the server's certificate. */
  tls: "off" | "encrypt" | "verify";
}

/**
 * Reads host, port and `sslmode` of a `postgres://` URL. The modes mean what they mean to
 * node-postgres, which migrates the same database: absent is off, `no-verify` takes any certificate,
 * and the others want one that can be trusted.
 */
export function postgresAddress(databaseUrl: string): PostgresAddress {
  const url = new URL(databaseUrl);
  const mode = url.searchParams.get("sslmode") ?? "disable";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || 5432),
    tls: mode === "disable" ? "off" : mode === "no-verify" ? "encrypt" : "verify",
  };
}

/**
 * Speaks the two protocols of Neon's serverless driver in front of any Postgres: Postgres's own
 * wire inside a WebSocket (`/v2`), and one statement or batch a request (`POST /sql`).
 */
export async function startNeonGateway(options: NeonGatewayOptions): Promise<NeonGateway> {
  const target = postgresAddress(options.databaseUrl);
  const sql = createSqlEndpoint(target);
  const upstreams = new Set<Socket>();

  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] === "/sql" && request.method === "POST") {
      void sql.handle(request, response);
    } else {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n");
    }
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const url = new URL(request.url ?? "/", "http://gateway");
    const asked = url.searchParams.get("address");
    const isElsewhere = asked !== null && asked !== `${target.host}:${target.port}`;
    if (url.pathname !== "/v2" || isElsewhere) {
      socket.end(`HTTP/1.1 ${isElsewhere ? "403 Forbidden" : "404 Not Found"}\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      void join(client, target, upstreams);
    });
  });

  const port = await listen(server, options.port ?? 0);
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      // Ending the upstreams closes the clients' sockets properly; a deaf client gets no longer.
      for (const upstream of upstreams) upstream.destroy();
      await sql.stop();
      await closeServer(server, () => {
        for (const client of sockets.clients) client.terminate();
      });
    },
  };
}

const highWaterBytes = 1 << 20;

/** Carries bytes both ways, each side waiting for the other when it is slow. */
async function join(
  client: WebSocket,
  target: PostgresAddress,
  upstreams: Set<Socket>,
): Promise<void> {
  const link: { upstream?: Socket; early: Buffer[] } = { early: [] };
  client.on("message", (data: Buffer) => {
    const { upstream } = link;
    if (!upstream) link.early.push(data);
    else if (!upstream.write(data)) {
      client.pause();
      upstream.once("drain", () => client.resume());
    }
  });
  client.on("close", () => link.upstream?.destroy());
  client.on("error", () => client.terminate());

  let upstream: Socket;
  try {
    upstream = await connectPostgres(target);
  } catch {
    client.close(1011, "Postgres cannot be reached");
    return;
  }
  upstreams.add(upstream);
  upstream.on("close", () => {
    upstreams.delete(upstream);
    client.close();
  });
  upstream.on("error", () => upstream.destroy());
  upstream.on("data", (chunk) => {
    client.send(chunk, () => {
      if (upstream.isPaused() && client.bufferedAmount < highWaterBytes) upstream.resume();
    });
    if (client.bufferedAmount >= highWaterBytes) upstream.pause();
  });
  if (client.readyState !== client.OPEN) upstream.destroy();
  for (const data of link.early) upstream.write(data);
  link.upstream = upstream;
}

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Connects, and where the URL asks for it turns the line into TLS the way Postgres does. */
async function connectPostgres(target: PostgresAddress): Promise<Socket> {
  const plain = connect({ host: target.host, port: target.port, noDelay: true });
  await once(plain, "connect");
  if (target.tls === "off") return plain;
  plain.write(sslRequest);
  const answer = await once(plain, "data") as Buffer;
  if (answer.toString() !== "S") {
    plain.destroy();
    throw new Error("Cannot connect to Postgres: it does not speak TLS");
  }
  const secure = connectTls({
    socket: plain,
    // An address is no server name (RFC 6066 §3).
    ...(isIP(target.host) ? {} : { servername: target.host }),
    host: target.host,
    rejectUnauthorized: target.tls === "verify",
  });
  await once(secure, "secureConnect");
  return secure;
}

function once(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      socket.off(event, done).off("error", failed).off("close", closed);
      finish();
    };
    const done = (value: unknown) => settle(() => resolve(value));
    const failed = (error: Error) => settle(() => reject(error));
    const closed = () => settle(() => reject(new Error("Connection closed")));
    socket.on(event, done).on("error", failed).on("close", closed);
  });
}
