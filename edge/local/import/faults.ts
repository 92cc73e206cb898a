import type { Issue } from "../../../shared/problem.ts";

/** A line of the file and what is wrong with it. Lines count from 1. */
export interface LineFaults {
  line: number;
  issues: readonly Issue[];
}

/** The file cannot be read from a line on: what follows has no meaning any more. */
export class BrokenFile extends Error {
  override readonly name = "BrokenFile";
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const SHOWN = 50;

/** Collects what is wrong by line: the first ones to be shown, all of them for `onText`. */
export class FaultReport {
  /** `line 17: maxLoaCm …`, the first 50. */
  readonly shown: string[] = [];
  lines = 0;
  faults = 0;
  readonly #onText: (text: string) => void;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  add({ line, issues }: LineFaults): void {
    this.lines++;
    for (const { path, message } of issues) {
      const words = path === "" ? message : `${path} ${lowerFirst(message)}`;
      const text = `line ${line}: ${words}`;
      this.faults++;
      if (this.shown.length < SHOWN) this.shown.push(text);
      this.#onText(text);
    }
  }

  /** What is shown, with a count of the rest. */
  toLines(): string[] {
    const rest = this.faults - this.shown.length;
    return rest === 0 ? this.shown : [...this.shown, `… and ${rest.toLocaleString("en")} more`];
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
