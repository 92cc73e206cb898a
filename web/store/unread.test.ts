import { expect, test } from "vitest";
import type { Http } from "../api/http.ts";
import { watchUnread } from "./unread.ts";

test("watchUnread counts all conversations, and again when there is news", async () => {
  let unread = [2, 0, 1];
  const http = {
    get: (_path: string) =>
      Promise.resolve({
        items: unread.map((count, i) => ({
          id: `${i}`,
          unread: count,
          lastMessage: null,
          createdAt: "2027-07-03T12:00:00Z",
        })),
        nextCursor: null,
      }),
  } as unknown as Http;
  const counts: number[] = [];
  let tell = () => {};
  let hasLeft = false;
  let counted = () => {};
  const watch = watchUnread({
    http,
    onCount(count) {
      counts.push(count);
      counted();
    },
    watch({ onNews }) {
      tell = onNews;
      return () => void (hasLeft = true);
    },
  });
  await watch.count();
  expect(counts).toEqual([3]);
  unread = [2, 5, 1];
  const isCounted = new Promise<void>((resolve) => counted = resolve);
  tell();
  await isCounted;
  expect(counts).toEqual([3, 8]);
  watch.close();
  expect(hasLeft).toBe(true);
});
