import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import {
  ClientFrame,
  entryToFrame,
  frameToEntry,
  MAX_TEXT,
  normalizeText,
  parseJson,
  PROTOCOL,
  ServerFrame,
  textProblem,
} from "./chat.ts";
import type { LogEntry } from "./chat.ts";

/**
 * Fails when a frame changes. Then: if a peer of before would misread it, raise PROTOCOL; in either
 * case write the new digest here.
 */
test("the frames are those of this protocol number", () => {
  const frames = JSON.stringify([z.toJSONSchema(ClientFrame), z.toJSONSchema(ServerFrame)]);
  expect({ PROTOCOL, digest: digest(frames) }).toEqual({ PROTOCOL: 2, digest: "362cd17c8490ab90" });
});

/** FNV-1a, 64 bits: enough to notice a change. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16);
}

test("an entry survives its frame", () => {
  const entry: LogEntry = {
    kind: "message",
    seq: 3,
    id: "i",
    clientId: "c",
    senderId: "u",
    text: "t",
    sentAt: "2027-07-03T10:00:00.000Z",
  };
  const frame = parseJson(ServerFrame, JSON.stringify(entryToFrame(entry)));
  expect(frame && frameToEntry(frame)).toEqual(entry);
});

test.each([
  "",
  "null",
  "[]",
  "{",
  '{"type":"message.send"}',
  '{"type":"message.send","clientId":"has space","text":"x"}',
  `{"type":"message.send","clientId":"${"c".repeat(65)}","text":"x"}`,
  '{"type":"message.send","clientId":"c","text":7}',
  '{"type":"message.read","seq":-1}',
  '{"type":"message.read","seq":1.5}',
  '{"type":"sync","after":"0"}',
  '{"type":"welcome"}',
  '{"type":"__proto__"}',
])("ClientFrame refuses %s", (text) => {
  expect(parseJson(ClientFrame, text)).toBeUndefined();
});

test("normalizeText keeps what was written and drops what cannot be stored", () => {
  expect(normalizeText("  a\u0000b\tc\nd\u001b \n")).toBe("ab\tc\nd");
  expect(normalizeText("x\ud800y")).toBe("x\ufffdy");
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const once = normalizeText(text);
    expect(normalizeText(once)).toBe(once);
    expect(once.isWellFormed()).toBe(true);
  }));
});

test("textProblem names what is wrong", () => {
  expect(textProblem(normalizeText(" \n\u0000 "))).toBe("empty");
  expect(textProblem("x".repeat(MAX_TEXT))).toBeUndefined();
  expect(textProblem("x".repeat(MAX_TEXT + 1))).toBe("too-long");
});
