import { findProcess, isRunning, type ProcessFacts } from "./processes.ts";

/**
 * The processes between this one and npm, npm included, whose death means that nobody is left to
 * stop us: npm runs a shell, and kill -9 of either leaves us an orphan. None where npm did not start
 * us.
 */
export function findNpmAncestors(env: Record<string, string | undefined>): ProcessFacts[] {
  if (env.npm_lifecycle_event === undefined) return [];
  const chain: ProcessFacts[] = [];
  let next = findProcess(process.ppid);
  while (next && next.pid > 1 && chain.length < 6) {
    chain.push(next);
    if (/^(\S*\/)?(npm|pnpm|yarn)\b|npm-cli\.js/.test(next.command)) return chain;
    next = findProcess(next.parentPid);
  }
  return chain.slice(0, 1);
}

/** Calls `onGone` once, when one of them is no longer there. Returns how to stop looking. */
export function watchAncestors(ancestors: ProcessFacts[], onGone: () => void): () => void {
  if (ancestors.length === 0) return () => {};
  const timer = setInterval(() => {
    if (ancestors.every(isRunning)) return;
    clearInterval(timer);
    onGone();
  }, 400);
  timer.unref();
  return () => clearInterval(timer);
}
