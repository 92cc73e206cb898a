import { expect, test } from "vitest";
import { AnswerMemo, type KeptAnswer } from "./answer-memo.ts";

const answer = (length: number): KeptAnswer => ({
  body: "x".repeat(length),
  tag: '"1"',
  changes: 1,
  ratesVersion: 1,
  gathered: "",
  untilMs: Infinity,
});

function offerTwice(memo: AnswerMemo, query: string, length: number): void {
  memo.offer(query, answer(length));
  memo.offer(query, answer(length));
}

test("an answer is kept when it is offered for the second time", () => {
  const memo = new AnswerMemo(10_000);
  memo.offer("a", answer(10));
  expect(memo.get("a")).toBeUndefined();
  memo.offer("a", answer(20));
  expect(memo.get("a")?.body).toHaveLength(20);
  memo.offer("a", answer(30));
  expect(memo.get("a")?.body).toHaveLength(30);
});

test("no more bytes are kept than there are to spend, the last used the longest", () => {
  const memo = new AnswerMemo(10_000);
  offerTwice(memo, "a", 3_000);
  offerTwice(memo, "b", 3_000);
  memo.use("a", memo.get("a")!);
  offerTwice(memo, "c", 3_000);
  expect(["a", "b", "c"].filter((query) => memo.get(query))).toEqual(["a", "c"]);
  expect(memo.bytes).toBeLessThanOrEqual(10_000);
  offerTwice(memo, "huge", 20_000);
  expect(memo.get("huge")).toBeUndefined();
  expect(memo.get("a")).toBeDefined();
});
