import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";

/** Something read from the API: on its way, here, or failed; `value` stays while it is renewed. */
export interface Loaded<T> {
  status: "waiting" | "ready" | "failed";
  value?: T;
  error?: unknown;
}

export interface Resource<T> {
  state: ReadonlySignal<Loaded<T>>;
  /** Reads it, or reads it again; an older read is given up. */
  load(): Promise<void>;
  /** Takes a newer value that an answer or a room has brought. */
  set(value: T): void;
  /** Gives up what is on its way. */
  stop(): void;
}

export function createResource<T>(read: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const state = signal<Loaded<T>>({ status: "waiting" });
  let reading: AbortController | undefined;
  return {
    state,
    async load() {
      reading?.abort();
      const controller = reading = new AbortController();
      state.value = { ...state.value, status: "waiting" };
      try {
        const value = await read(controller.signal);
        if (controller === reading) state.value = { status: "ready", value };
      } catch (error) {
        if (controller === reading && !controller.signal.aborted) {
          state.value = { ...state.value, status: "failed", error };
        }
      }
    },
    set(value) {
      reading?.abort();
      state.value = { status: "ready", value };
    },
    stop() {
      reading?.abort();
    },
  };
}
