import type { ByteWriter } from "./tile-bytes.ts";

// A column of water levels: how far each is from what the two before it let expect, in Rice codes
// (R. F. Rice, JPL 79-22): the lower bits as they are, what is above them as so many ones and a
// zero. Gzip makes such bytes no smaller, and so spends no time on what bytes of their own would be.

/** No level of water is farther from chart datum. */
export const MOST_LEVEL_CM = 2 ** 15 - 1;

/** So many ones say that the whole number follows; of levels none has more bits. */
const ESCAPE = 15;
const WHOLE_BITS = 20;
/** With the most ones and their zero no more than the 25 bits that are at hand. */
const MOST_LOW_BITS = 10;

/**
 * What a level is expected to be from the two before it, around the middle: springs and neaps come
 * back every 14.8 days. Fitted to the days of 46 stations, of which it leaves 3.3 bits a level.
 */
function expected(last: number, beforeLast: number): number {
  return (14 * last - 7 * beforeLast) >> 3;
}

/**
 * Writes levels, centimetres.
 *
 * @throws {RangeError} where one is beyond MOST_LEVEL_CM.
 */
export function writeLevels(writer: ByteWriter, levels: ArrayLike<number>): void {
  let sum = 0;
  for (let i = 0; i < levels.length; i++) {
    if (!(Math.abs(levels[i]!) <= MOST_LEVEL_CM)) {
      throw new RangeError(`Cannot write tile: ${levels[i]} is no level of water`);
    }
    sum += levels[i]!;
  }
  const middle = Math.round(sum / levels.length);
  const codes = new Int32Array(levels.length);
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i]! - middle;
    const off = level - expected(last, beforeLast);
    codes[i] = off >= 0 ? 2 * off : -2 * off - 1;
    beforeLast = last;
    last = level;
  }
  const low = lowBitsOf(codes);
  writer.byte(middle & 255);
  writer.byte((middle >> 8) & 255);
  writer.byte(low);
  writeCodes(writer, codes, low);
}

/** How many lower bits make the codes shortest. */
function lowBitsOf(codes: Int32Array): number {
  let sum = 0;
  for (const code of codes) sum += code;
  // The shortest is next to the mean's bits.
  const guess = Math.min(MOST_LOW_BITS, 31 - Math.clz32(Math.max(1, sum / codes.length)));
  let best = 0;
  let fewest = Infinity;
  for (let low = Math.max(0, guess - 1); low <= Math.min(MOST_LOW_BITS, guess + 1); low++) {
    let bits = 0;
    for (const code of codes) {
      bits += code >> low < ESCAPE ? (code >> low) + 1 + low : ESCAPE + WHOLE_BITS;
    }
    if (bits < fewest) {
      best = low;
      fewest = bits;
    }
  }
  return best;
}

function writeCodes(writer: ByteWriter, codes: Int32Array, low: number): void {
  let bits = 0;
  let filled = 0;
  const put = (value: number, count: number) => {
    bits |= value << filled;
    for (filled += count; filled >= 8; filled -= 8) {
      writer.byte(bits & 255);
      bits >>>= 8;
    }
  };
  for (const code of codes) {
    const ones = code >> low;
    if (ones < ESCAPE) {
      put((1 << ones) - 1, ones + 1);
      put(code & ((1 << low) - 1), low);
    } else {
      put((1 << ESCAPE) - 1, ESCAPE);
      put(code, WHOLE_BITS);
    }
  }
  if (filled > 0) writer.byte(bits & 255);
}

/**
 * Reads so many levels as there is room for, from a place of some bytes on, and answers where they
 * end. Bytes that no writer wrote give other levels, and never read beyond the last.
 */
export function readLevels(bytes: Uint8Array, start: number, levels: Int16Array): number {
  const middle = ((byteAt(bytes, start) | (byteAt(bytes, start + 1) << 8)) << 16) >> 16;
  const low = Math.min(MOST_LOW_BITS, byteAt(bytes, start + 2));
  const mask = (1 << low) - 1;
  let at = start + 3;
  let bits = 0;
  let filled = 0;
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < levels.length; i++) {
    for (; filled <= 24; filled += 8) bits |= byteAt(bytes, at++) << filled;
    // The place of the lowest zero.
    const ones = 31 - Math.clz32(~bits & -~bits);
    let code: number;
    if (ones >= 0 && ones < ESCAPE) {
      code = (ones << low) | ((bits >>> (ones + 1)) & mask);
      bits >>>= ones + 1 + low;
      filled -= ones + 1 + low;
    } else {
      bits >>>= ESCAPE;
      filled -= ESCAPE;
      for (; filled <= 24; filled += 8) bits |= byteAt(bytes, at++) << filled;
      code = bits & ((1 << WHOLE_BITS) - 1);
      bits >>>= WHOLE_BITS;
      filled -= WHOLE_BITS;
    }
    const level = expected(last, beforeLast) + ((code >>> 1) ^ -(code & 1));
    levels[i] = middle + level;
    beforeLast = last;
    last = level;
  }
  return at - (filled >> 3);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return at < bytes.length ? bytes[at]! : 0;
}
