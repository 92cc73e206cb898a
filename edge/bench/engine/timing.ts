/**
 * Runs some works in turns, A B C A B C, and says for each how many microseconds a piece of it
 * takes: the median of its turns. What else the machine does meets all of them alike.
 */
export function timeInTurns(
  turns: number,
  pieces: number,
  works: readonly (() => void)[],
): number[] {
  const times = works.map((): number[] => []);
  // The first turn is for the compiler.
  for (let turn = 0; turn <= turns; turn++) {
    for (const [i, work] of works.entries()) {
      const start = performance.now();
      work();
      if (turn > 0) times[i]!.push(((performance.now() - start) * 1_000) / pieces);
    }
  }
  return times.map(median);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
