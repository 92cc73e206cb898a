import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import * as z from "zod/mini";
import { closeServer, listen } from "./listen.ts";
import { readBody } from "./read-body.ts";
import { type RedisAddress, RedisConnection, RedisError, type Reply } from "./resp.ts";

export interface RedisGatewayOptions {
  redis: RedisAddress;
  /** What clients send as their bearer token. */
  token: string;
  port?: number;
}

export interface RedisGateway {
  /** What the environment calls UPSTASH_REDIS_REST_URL. */
  readonly url: string;
  stop(): Promise<void>;
}

const Command = z.array(z.union([z.string(), z.number(), z.boolean()])).check(z.minLength(1));
const Commands = z.array(Command);

/** An answer that is no result: the request itself is refused. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

// The connection is shared: what would block it, or change it for others, is not available over
// REST, as with Upstash itself.
const unavailable = new Set(
  ("AUTH BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN CLIENT CONFIG DEBUG DISCARD " +
    "EXEC HELLO MONITOR MULTI PSUBSCRIBE PUNSUBSCRIBE QUIT REPLICAOF RESET SELECT SHUTDOWN SLAVEOF " +
    "SSUBSCRIBE SUBSCRIBE SUNSUBSCRIBE SYNC UNSUBSCRIBE UNWATCH WAIT WAITAOF WATCH").split(" "),
);
const maxBodyBytes = 10 * 1024 * 1024;

/**
 * Upstash's REST protocol in front of a plain Redis, so that the official client is used unchanged:
 * `POST /` one command, `/pipeline` several, `/multi-exec` several as one transaction.
 */
export async function startRedisGateway(options: RedisGatewayOptions): Promise<RedisGateway> {
  const connection = new RedisConnection(options.redis);
  const scripts = new ScriptNames();

  async function run(commands: string[][], isTransaction: boolean): Promise<Reply[]> {
    const sent = commands.map((command) => scripts.translate(command));
    const all = isTransaction ? [["MULTI"], ...sent, ["EXEC"]] : sent;
    const replies = await connection.send(all).catch((error: Error) => {
      throw new Refused(503, `Redis cannot be reached: ${error.message}`);
    });
    const results = isTransaction ? replies.at(-1) : replies;
    if (results instanceof RedisError) throw new Refused(400, results.message);
    if (!Array.isArray(results)) throw new Refused(400, "EXECABORT Transaction discarded");
    return results.map((reply, index) => scripts.restore(commands[index] ?? [], reply));
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    if (!isAuthorised(request, options.token)) throw new Refused(401, "Unauthorized");
    if (request.method !== "POST") throw new Refused(405, "ERR only POST is served");
    const path = request.url?.split("?")[0];
    const encode = request.headers["upstash-encoding"] === "base64" ? asBase64 : asText;
    const body = await readJson(request);
    if (path === "/") {
      const [reply = null] = await run([readCommand(body)], false);
      if (reply instanceof RedisError) throw new Refused(400, reply.message);
      return { result: encode(reply) };
    }
    if (path === "/pipeline" || path === "/multi-exec") {
      const parsed = Commands.safeParse(body);
      if (!parsed.success) throw new Refused(400, "ERR the body is not an array of commands");
      const replies = await run(parsed.data.map(readCommand), path === "/multi-exec");
      return replies.map((reply) =>
        reply instanceof RedisError ? { error: reply.message } : { result: encode(reply) }
      );
    }
    throw new Refused(404, `ERR no such path: ${path}`);
  }

  const server = createServer((request, response) => {
    void answer(request).then(
      (payload) => [200, payload] as const,
      (error: unknown) =>
        error instanceof Refused
          ? [error.status, { error: error.message }] as const
          : [500, { error: "ERR the gateway failed" }] as const,
    ).then(([status, payload]) => {
      const text = JSON.stringify(payload);
      response.writeHead(status, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      }).end(text);
    });
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      connection.close();
      await closeServer(server);
    },
  };
}

/**
 * @upstash/ratelimit begins its scripts with a line that only Upstash's own server knows, and names
 * them by the SHA-1 of the whole text. The line is taken off, and the name kept.
 */
class ScriptNames {
  private readonly storedByAsked = new Map<string, string>();

  translate(command: string[]): string[] {
    const [name = "", first = "", second = ""] = command;
    switch (name.toUpperCase()) {
      case "EVAL":
      case "EVAL_RO":
        return [name, this.strip(first), ...command.slice(2)];
      case "EVALSHA":
      case "EVALSHA_RO": {
        const asked = first.toLowerCase();
        return [name, this.storedByAsked.get(asked) ?? first, ...command.slice(2)];
      }
      case "SCRIPT":
        return first.toUpperCase() === "LOAD" ? [name, first, this.strip(second)] : command;
      default:
        return command;
    }
  }

  /** The name that the client knows a loaded script by. */
  restore(command: string[], reply: Reply): Reply {
    const isLoad = command[0]?.toUpperCase() === "SCRIPT" && command[1]?.toUpperCase() === "LOAD";
    return isLoad && Buffer.isBuffer(reply) ? Buffer.from(sha1(command[2] ?? "")) : reply;
  }

  private strip(script: string): string {
    const plain = script.replace(/^#!lua[^\n]*allow-key-locking[^\n]*\n/, "");
    if (plain !== script) this.storedByAsked.set(sha1(script), sha1(plain));
    return plain;
  }
}

function readCommand(value: unknown): string[] {
  const parsed = Command.safeParse(value);
  if (!parsed.success) throw new Refused(400, "ERR the body is not a command");
  const command = parsed.data.map(String);
  const name = command[0]?.toUpperCase() ?? "";
  const blocks = /^XREAD(GROUP)?$/.test(name) && command.some((arg) => /^block$/i.test(arg));
  if (blocks || unavailable.has(name)) {
    throw new Refused(400, `ERR Command is not available: '${name}'`);
  }
  return command;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await readBody(request, maxBodyBytes)).toString("utf8"));
  } catch {
    throw new Refused(400, "ERR the body is not JSON, or too large");
  }
}

function asText(reply: Reply): unknown {
  if (Buffer.isBuffer(reply)) return reply.toString("utf8");
  if (reply instanceof RedisError) return reply.message;
  return Array.isArray(reply) ? reply.map(asText) : reply;
}

/** As Upstash: every string in base64, except that a bare OK stays one. */
function asBase64(reply: Reply): unknown {
  const isOk = Buffer.isBuffer(reply) && reply.toString("latin1") === "OK";
  return isOk ? "OK" : inBase64(reply);
}

function inBase64(reply: Reply): unknown {
  if (Buffer.isBuffer(reply)) return reply.toString("base64");
  if (reply instanceof RedisError) return Buffer.from(reply.message).toString("base64");
  return Array.isArray(reply) ? reply.map(inBase64) : reply;
}

function isAuthorised(request: IncomingMessage, token: string): boolean {
  const given = createHash("sha256").update(request.headers.authorization ?? "").digest();
  const wanted = createHash("sha256").update(`Bearer ${token}`).digest();
  return timingSafeEqual(given, wanted);
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
