import type { Exit } from "./child.ts";
import { reasonOf } from "./start-problem.ts";

/** A part of the stack that runs as a process. */
export interface Part {
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

export interface SuperviseOptions<P extends Part> {
  name: string;
  /** Starts it and resolves when it answers; the same way each time (same port, same data). */
  start: () => Promise<P>;
  log: (line: string) => void;
  /** It ended too often, or does not start again. */
  onGiveUp: (sentence: string) => void;
}

export interface Supervised<P extends Part> {
  /** The one that runs now, or ran last. */
  readonly part: P;
  stop(): Promise<void>;
  /** Stops it and starts it anew, on purpose. */
  restart(): Promise<void>;
}

const maxRestarts = 5;
const windowMs = 60_000;

/**
 * Keeps a part running: one that ends by itself is started again, up to five times a minute, each
 * time after a longer pause. Its first start is the caller's to see fail.
 */
export async function supervise<P extends Part>(
  options: SuperviseOptions<P>,
): Promise<Supervised<P>> {
  const { name, log } = options;
  let part = await options.start();
  let isStopping = false;
  let restartedAt: number[] = [];
  let pending: Promise<void> | undefined;
  watch();

  function watch(): void {
    const watched = part;
    void watched.exited.then((exit) => {
      if (isStopping || part !== watched || pending) return;
      pending = revive(exit).finally(() => pending = undefined);
    });
  }

  async function revive(exit: Exit): Promise<void> {
    let reason = `${name} ended (${exit.signal ?? `code ${exit.code}`})`;
    while (!isStopping) {
      const now = Date.now();
      restartedAt = restartedAt.filter((at) => now - at < windowMs);
      if (restartedAt.length >= maxRestarts) {
        options.onGiveUp(`${reason}, ${maxRestarts} times within a minute.`);
        return;
      }
      restartedAt.push(now);
      log(`${reason}; starting it again.`);
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** restartedAt.length));
      if (isStopping) return;
      try {
        part = await options.start();
        watch();
        log(`${name} is back.`);
        return;
      } catch (error) {
        reason = `${name} does not start: ${reasonOf(error)}`;
      }
    }
  }

  return {
    get part() {
      return part;
    },
    async stop() {
      isStopping = true;
      await part.stop();
      // A start that was under way when the stop was asked for ends with it.
      await pending;
      await part.stop();
    },
    async restart() {
      const old = part;
      const renewed = (async () => {
        await old.stop();
        part = await options.start();
        watch();
      })();
      pending = renewed.finally(() => pending = undefined);
      await pending;
    },
  };
}
