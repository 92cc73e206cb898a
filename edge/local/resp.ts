import { connect, type Socket } from "node:net";

/** An error that Redis answered, such as `WRONGTYPE …`; the connection is fine. */
export class RedisError extends Error {}

/** What Redis answers (RESP 2): strings are bytes, a failed part of a transaction is an error. */
export type Reply = Buffer | number | null | RedisError | Reply[];

export interface RedisAddress {
  port: number;
  password: string;
}

/** A command as the array of bulk strings that Redis reads (Redis protocol specification). */
export function encodeCommand(args: readonly string[]): Buffer {
  const parts = [`*${args.length}\r\n`];
  for (const arg of args) parts.push(`$${Buffer.byteLength(arg)}\r\n`, arg, "\r\n");
  return Buffer.from(parts.join(""));
}

/** Reads replies out of a byte stream that arrives in pieces of any size. */
export class ReplyReader {
  private buffer: Buffer = Buffer.alloc(0);
  private position = 0;

  /** Every reply that is complete with this piece, in order. */
  push(piece: Buffer): Reply[] {
    const rest = this.buffer.subarray(this.position);
    this.buffer = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    this.position = 0;
    const replies: Reply[] = [];
    for (;;) {
      const start = this.position;
      const reply = this.read();
      if (reply === undefined) {
        this.position = start;
        return replies;
      }
      replies.push(reply);
    }
  }

  private read(): Reply | undefined {
    const end = this.buffer.indexOf("\r\n", this.position, "latin1");
    if (end < 0) return undefined;
    const kind = String.fromCharCode(this.buffer[this.position] ?? 0);
    const line = this.buffer.toString("utf8", this.position + 1, end);
    this.position = end + 2;
    switch (kind) {
      case "+":
        return Buffer.from(line);
      case "-":
        return new RedisError(line);
      case ":":
        return Number(line);
      case "$":
        return this.readBytes(Number(line));
      case "*":
        return this.readArray(Number(line));
      default:
        throw new Error(`Cannot read from Redis: unknown reply ${JSON.stringify(kind)}`);
    }
  }

  private readBytes(length: number): Buffer | null | undefined {
    if (length < 0) return null;
    const end = this.position + length;
    if (this.buffer.length < end + 2) return undefined;
    const bytes = this.buffer.subarray(this.position, end);
    this.position = end + 2;
    return bytes;
  }

  private readArray(length: number): Reply[] | null | undefined {
    if (length < 0) return null;
    const items: Reply[] = [];
    for (let index = 0; index < length; index++) {
      const item = this.read();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }
}

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

/**
 * One connection to Redis, opened when it is first needed and again after it broke. Commands of one
 * `send` go out together, so that no other caller's come in between.
 */
export class RedisConnection {
  private readonly address: RedisAddress;
  private open: { socket: Socket; waiting: Waiting[] } | undefined;
  private isClosed = false;

  constructor(address: RedisAddress) {
    this.address = address;
  }

  /** Resolves with a reply for each command; rejects only when Redis cannot be reached. */
  send(commands: readonly (readonly string[])[]): Promise<Reply[]> {
    if (this.isClosed) return Promise.reject(new Error("The connection to Redis is closed"));
    const { socket, waiting } = this.open ??= this.connect();
    const replies = commands.map(() =>
      new Promise<Reply>((resolve, reject) => waiting.push({ resolve, reject }))
    );
    socket.write(Buffer.concat(commands.map(encodeCommand)));
    return Promise.all(replies);
  }

  close(): void {
    this.isClosed = true;
    this.open?.socket.destroy();
  }

  private connect(): { socket: Socket; waiting: Waiting[] } {
    const socket = connect({ host: "127.0.0.1", port: this.address.port, noDelay: true });
    const reader = new ReplyReader();
    const waiting: Waiting[] = [];
    const fail = (error: Error) => {
      if (this.open?.socket === socket) this.open = undefined;
      socket.destroy();
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("Redis closed the connection")));
    socket.on("data", (piece: Buffer) => {
      try {
        for (const reply of reader.push(piece)) waiting.shift()?.resolve(reply);
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
    waiting.push({
      resolve: (reply) => reply instanceof RedisError && fail(reply),
      reject: () => {},
    });
    socket.write(encodeCommand(["AUTH", this.address.password]));
    return { socket, waiting };
  }
}
