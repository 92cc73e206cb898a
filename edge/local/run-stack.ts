import { findNpmAncestors, watchAncestors } from "./ancestors.ts";
import { type Stack, type StackOptions, startStack } from "./stack.ts";
import { StartProblem } from "./start-problem.ts";

/**
 * Starts the stack and keeps it until Ctrl-C, a signal, the end of npm, or a part that does not come
 * back; then stops all of it and ends this process: 0 when it was asked to, else not.
 */
export async function runStack(
  options: Omit<StackOptions, "signal" | "onGiveUp">,
  onReady: (stack: Stack) => void,
): Promise<never> {
  const asked = new AbortController();
  let exitCode = 0;
  const stopped = new Promise<void>((resolve) =>
    asked.signal.addEventListener("abort", () => resolve(), { once: true })
  );
  const stop = (reason: string | undefined, code: number) => {
    // Twice is impatience: the guardian does the rest.
    if (asked.signal.aborted) process.exit(code || 1);
    if (reason !== undefined) options.log(reason);
    exitCode = code;
    asked.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => stop("Stopping…", 0));
  }
  const unwatch = watchAncestors(
    findNpmAncestors(process.env),
    () => stop("npm is gone: stopping…", 1),
  );
  try {
    const stack = await startStack({
      ...options,
      signal: asked.signal,
      onGiveUp: (sentence) => stop(sentence, 1),
    });
    onReady(stack);
    await stopped;
    await stack.stop();
  } catch (error) {
    if (!asked.signal.aborted) exitCode = report(error);
  }
  unwatch();
  process.exit(exitCode);
}

/** Says why, in a sentence where the reason is known, and returns the exit code. */
export function report(error: unknown): number {
  if (error instanceof StartProblem) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error);
  return 1;
}
