import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCommand, RedisError, type Reply, ReplyReader } from "./resp.ts";

const { reply } = fc.letrec<{ reply: Reply }>((tie) => ({
  reply: fc.oneof(
    { maxDepth: 3 },
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.integer(),
    fc.constant(null),
    fc.stringMatching(/^[A-Z]+ [ -~]*$/).map((message) => new RedisError(message)),
    fc.array(tie("reply"), { maxLength: 5 }),
  ),
}));

function encodeReply(value: Reply): Buffer {
  if (value === null) return Buffer.from("$-1\r\n");
  if (typeof value === "number") return Buffer.from(`:${value}\r\n`);
  if (value instanceof RedisError) return Buffer.from(`-${value.message}\r\n`);
  if (Array.isArray(value)) {
    return Buffer.concat([Buffer.from(`*${value.length}\r\n`), ...value.map(encodeReply)]);
  }
  return Buffer.concat([Buffer.from(`$${value.length}\r\n`), value, Buffer.from("\r\n")]);
}

test("ReplyReader reads any replies, however the stream is cut", () => {
  fc.assert(fc.property(
    fc.array(reply, { maxLength: 6 }),
    fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 20 }),
    (replies, sizes) => {
      const stream = Buffer.concat(replies.map(encodeReply));
      const reader = new ReplyReader();
      const read: Reply[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        read.push(...reader.push(stream.subarray(at, at + size)));
        at += size;
      }
      expect(read).toEqual(replies);
    },
  ));
});

test("ReplyReader refuses what is no reply", () => {
  expect(() => new ReplyReader().push(Buffer.from("HTTP/1.1 200 OK\r\n"))).toThrow(/unknown reply/);
});

test("encodeCommand counts bytes, not characters", () => {
  expect(encodeCommand(["SET", "é"]).toString()).toBe("*2\r\n$3\r\nSET\r\n$2\r\né\r\n");
});
