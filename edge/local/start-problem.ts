/**
 * A reason why the stack cannot start that its reader can act on: one sentence, no stack trace.
 * `start.ts` prints the message and exits with `exitCode`.
 */
export class StartProblem extends Error {
  readonly exitCode: number;

  constructor(sentence: string, exitCode = 1) {
    super(sentence);
    this.name = "StartProblem";
    this.exitCode = exitCode;
  }
}

/** The text of anything thrown, for a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
