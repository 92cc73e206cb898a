import { describe, expect, it } from "vitest";
import { createResource } from "./resource.ts";

function reads() {
  const calls: { signal: AbortSignal; resolve(value: number): void; reject(error: Error): void }[] =
    [];
  const read = (signal: AbortSignal) =>
    new Promise<number>((resolve, reject) => calls.push({ signal, resolve, reject }));
  return { calls, resource: createResource(read) };
}

describe("createResource", () => {
  it("keeps its value while it is read again, and after that failed", async () => {
    const { calls, resource } = reads();
    const first = resource.load();
    calls[0]!.resolve(1);
    await first;
    const second = resource.load();
    expect(resource.state.value).toEqual({ status: "waiting", value: 1 });
    calls[1]!.reject(new Error("away"));
    await second;
    expect(resource.state.value).toMatchObject({ status: "failed", value: 1 });
  });

  it("takes the answer of the last read only", async () => {
    const { calls, resource } = reads();
    const first = resource.load();
    const second = resource.load();
    expect(calls[0]!.signal.aborted).toBe(true);
    calls[1]!.resolve(2);
    calls[0]!.resolve(1);
    await Promise.all([first, second]);
    expect(resource.state.value).toEqual({ status: "ready", value: 2 });
  });

  it("prefers what it was given over what is on its way", async () => {
    const { calls, resource } = reads();
    const reading = resource.load();
    resource.set(9);
    calls[0]!.reject(new Error("aborted"));
    await reading;
    expect(resource.state.value).toEqual({ status: "ready", value: 9 });
  });
});
