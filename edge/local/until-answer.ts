import type { Child } from "./child.ts";

/**
 * Asks a URL until it answers, or the process behind it ends, or a minute has passed. `isGood`
 * judges an answer; without it any will do.
 */
export async function untilAnswer(
  url: string,
  child: Pick<Child, "exited">,
  isGood: (answer: Response) => boolean = () => true,
): Promise<"answered" | "ended" | "late"> {
  const ended = new AbortController();
  void child.exited.then(() => ended.abort());
  const deadline = Date.now() + 60_000;
  while (!ended.signal.aborted && Date.now() < deadline) {
    try {
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(5000)]);
      const answer = await fetch(url, { signal });
      await answer.arrayBuffer();
      if (isGood(answer)) return "answered";
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  return ended.signal.aborted ? "ended" : "late";
}
