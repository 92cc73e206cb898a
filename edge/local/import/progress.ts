const WIDTH = 30;
const REDRAW_MS = 100;

export interface Progress {
  /** `share` of 1 that is read, and how many docks that is. */
  update(share: number, docks: number): void;
  /** A line of its own, above or instead of the bar. */
  say(line: string): void;
  /** Takes the bar away. */
  end(): void;
}

export interface ProgressOptions {
  isTty: boolean;
  write: (text: string) => void;
  now: () => number;
}

/** A bar where somebody looks on, and a line at each tenth where a log is written. */
export function createProgress({ isTty, write, now }: ProgressOptions): Progress {
  const startMs = now();
  let drawnMs = -Infinity;
  let nextTenth = 1;
  let isShown = false;

  function clear(): void {
    if (isShown) write("\r\x1b[2K");
    isShown = false;
  }

  function textOf(share: number, docks: number): string {
    const seconds = Math.max(0.001, (now() - startMs) / 1_000);
    const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : undefined;
    const rate = Math.round(docks / seconds).toLocaleString("en");
    const wait = left === undefined ? "" : `, ${left} s left`;
    return `${Math.floor(share * 100)} %, ${
      docks.toLocaleString("en")
    } docks, ${rate} a second${wait}`;
  }

  return {
    update(share, docks) {
      if (isTty) {
        if (now() - drawnMs < REDRAW_MS) return;
        drawnMs = now();
        const full = Math.round(share * WIDTH);
        write(`\r\x1b[2K[${"#".repeat(full)}${"-".repeat(WIDTH - full)}] ${textOf(share, docks)}`);
        isShown = true;
      } else if (share * 10 >= nextTenth) {
        nextTenth = Math.floor(share * 10) + 1;
        write(`Reading: ${textOf(share, docks)}\n`);
      }
    },
    say(line) {
      clear();
      write(`${line}\n`);
    },
    end: clear,
  };
}
