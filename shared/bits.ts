/** 32-bit words that hold a bit for each of `count` things. */
export function wordsFor(count: number): number {
  return (count + 31) >>> 5;
}

/** A set of the numbers below `count` of which something is true. */
export function bitsWhere(count: number, isTrue: (index: number) => boolean): Int32Array {
  const bits = new Int32Array(wordsFor(count));
  for (let i = 0; i < count; i++) if (isTrue(i)) bits[i >>> 5]! |= 1 << (i & 31);
  return bits;
}

export function hasBit(bits: Int32Array, index: number): boolean {
  return (bits[index >>> 5]! & (1 << (index & 31))) !== 0;
}
