/** 32-bit words that hold a bit for each of `count` things. */
export function wordsFor(count: number): number {
  return (count + 31) >>> 5;
}
