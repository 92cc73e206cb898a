import { afterEach, beforeEach, expect, type Mock, test, vi } from "vitest";
import type { Exit } from "./child.ts";
import { type Part, supervise } from "./supervise.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createPromise<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A part that ends when the test says so. */
function createPart() {
  const { promise: exited, resolve } = createPromise<Exit>();
  const stop = vi.fn<Part["stop"]>(() => {
    resolve({ code: 0, signal: null });
    return Promise.resolve();
  });
  return { exited, stop, end: () => resolve({ code: null, signal: "SIGKILL" }) };
}

async function watchOver(start: () => Promise<Part>) {
  const lines: string[] = [];
  const onGiveUp = vi.fn<(sentence: string) => void>();
  const log = (line: string) => void lines.push(line);
  const supervised = await supervise({ name: "Edge", start, log, onGiveUp });
  return { supervised, lines, onGiveUp };
}

test("supervise starts a part again that ended by itself, and not one that was stopped", async () => {
  const parts = [createPart(), createPart()];
  const start: Mock<() => Promise<Part>> = vi.fn(() =>
    Promise.resolve(parts[start.mock.calls.length - 1] as Part)
  );
  const { supervised, lines } = await watchOver(start);
  parts[0]?.end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(supervised.part).toBe(parts[1]);
  expect(lines).toEqual(["Edge ended (SIGKILL); starting it again.", "Edge is back."]);
  await supervised.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(start).toHaveBeenCalledTimes(2);
  expect(parts[1]?.stop).toHaveBeenCalled();
});

test("supervise gives up on a part that ends six times within a minute", async () => {
  const start = vi.fn<() => Promise<Part>>(() => {
    const part = createPart();
    setTimeout(part.end, 10);
    return Promise.resolve(part);
  });
  const { onGiveUp } = await watchOver(start);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onGiveUp).toHaveBeenCalledExactlyOnceWith(
    "Edge ended (SIGKILL), 5 times within a minute.",
  );
  expect(start).toHaveBeenCalledTimes(6);
});

test("supervise goes on with a part that ends now and then", async () => {
  const start = vi.fn<() => Promise<Part>>(() => {
    const part = createPart();
    setTimeout(part.end, 20_000);
    return Promise.resolve(part);
  });
  const { onGiveUp } = await watchOver(start);
  await vi.advanceTimersByTimeAsync(400_000);
  expect(onGiveUp).not.toHaveBeenCalled();
  expect(start.mock.calls.length).toBeGreaterThan(15);
});

test("supervise tries again when a part does not start, and tells why it gave up", async () => {
  const first = createPart();
  const start = vi.fn<() => Promise<Part>>(() => Promise.reject(new Error("no such file")));
  start.mockResolvedValueOnce(first);
  const { onGiveUp } = await watchOver(start);
  first.end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onGiveUp).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("no such file"));
});

test("supervise restarts on purpose, and a failed restart leaves the next one possible", async () => {
  const parts = [createPart(), createPart()];
  const start = vi.fn<() => Promise<Part>>()
    .mockResolvedValueOnce(parts[0] as Part)
    .mockRejectedValueOnce(new Error("syntax error"))
    .mockResolvedValueOnce(parts[1] as Part);
  const { supervised, lines } = await watchOver(start);
  await expect(supervised.restart()).rejects.toThrow("syntax error");
  await supervised.restart();
  expect(supervised.part).toBe(parts[1]);
  expect(lines).toEqual([]);
});

test("supervise stops a part that was coming back when the stop was asked for", async () => {
  const [first, second] = [createPart(), createPart()];
  const slow = createPromise<Part>();
  const start = vi.fn<() => Promise<Part>>().mockResolvedValueOnce(first)
    .mockReturnValueOnce(slow.promise);
  const { supervised } = await watchOver(start);
  first.end();
  await vi.advanceTimersByTimeAsync(1000);
  const stopped = supervised.stop();
  slow.resolve(second);
  await stopped;
  expect(second.stop).toHaveBeenCalled();
});
