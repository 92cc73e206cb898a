/** A tile that cannot be used: cut short, altered, or of another format. */
export class TileDamaged extends Error {
  constructor(fault: string) {
    super(`Cannot read tile: ${fault}`);
    this.name = "TileDamaged";
  }
}

/** Varints hold up to 35 bits: an unsigned 32-bit number, or a signed one folded. */
const MOST_VARINT_BYTES = 5;
const MOST_VARINT = 2 ** 35 - 1;
const MOST_TEXT = 2 ** 24;

/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  byte(value: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^35 - 1, seven bits a byte, the lowest first (LEB128). */
  varint(value: number): void {
    if (!(value >= 0 && value <= MOST_VARINT && Number.isInteger(value))) {
      throw new RangeError(`Cannot write varint: ${value} is out of range`);
    }
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** A whole number of either sign, near zero in few bytes. */
  signed(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  bytes(values: Uint8Array): void {
    this.#makeRoom(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** A text with its length before it, in UTF-8; an unpaired surrogate becomes U+FFFD. */
  text(value: string): void {
    const start = this.#length;
    for (const character of value) {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x80) {
        this.byte(code);
        continue;
      }
      const point = code >= 0xd800 && code < 0xe000 ? 0xfffd : code;
      if (point < 0x800) this.byte(0xc0 | (point >> 6));
      else {
        if (point < 0x10000) this.byte(0xe0 | (point >> 12));
        else {
          this.byte(0xf0 | (point >> 18));
          this.byte(0x80 | ((point >> 12) & 63));
        }
        this.byte(0x80 | ((point >> 6) & 63));
      }
      this.byte(0x80 | (point & 63));
    }
    const written = this.#bytes.slice(start, this.#length);
    this.#length = start;
    this.varint(written.length);
    this.bytes(written);
  }

  /** A list of texts: how many, how long each is in UTF-16 units, then all of them as one. */
  texts(values: readonly string[]): void {
    this.varint(values.length);
    for (const value of values) this.varint(value.length);
    this.text(values.join(""));
  }

  /** What was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/**
 * Memory for a tile's columns, taken in few large pieces: a typed array of its own costs more to
 * make than a short column costs to read.
 */
export class ColumnMemory {
  #piece: Int32Array;
  #used = 0;

  /** `count`: about how many numbers all columns together will have. */
  constructor(count: number) {
    this.#piece = new Int32Array(count);
  }

  /** Zeros that nobody else writes to. */
  ints(count: number): Int32Array {
    if (this.#used + count > this.#piece.length) {
      this.#piece = new Int32Array(Math.max(count, this.#piece.length >> 2));
      this.#used = 0;
    }
    this.#used += count;
    return this.#piece.subarray(this.#used - count, this.#used);
  }
}

/**
 * Reads a stretch of bytes and never beyond it.
 *
 * Every method throws TileDamaged where the stretch ends too early or holds what no writer writes.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #what: string;
  readonly #memory: ColumnMemory;
  #at = 0;

  /** `what` is read: the name of it in errors. */
  constructor(bytes: Uint8Array, what: string, memory: ColumnMemory) {
    this.#bytes = bytes;
    this.#end = bytes.length;
    this.#what = what;
    this.#memory = memory;
  }

  /** A column of zeros to read into. */
  ints(count: number): Int32Array {
    return this.#memory.ints(count);
  }

  fail(fault: string): never {
    throw new TileDamaged(`${this.#what}: ${fault}`);
  }

  byte(): number {
    if (this.#at >= this.#end) this.fail("it ends too early");
    return this.#bytes[this.#at++]!;
  }

  varint(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    if (this.#end - at < MOST_VARINT_BYTES) return this.#lastVarint();
    let byte = bytes[at++]!;
    if (byte < 128) {
      this.#at = at;
      return byte;
    }
    let value = byte & 127;
    // Shifts up to 28 bits; what is above them does not fit into a shift's result.
    for (let shift = 7; byte > 127 && shift < 28; shift += 7) {
      byte = bytes[at++]!;
      value |= (byte & 127) << shift;
    }
    if (byte > 127) {
      byte = bytes[at++]!;
      if (byte > 127) this.fail("a number has no end");
      value += byte * 2 ** 28;
    }
    this.#at = at;
    return value;
  }

  /** The same near the end, where each byte may be one too many. */
  #lastVarint(): number {
    let value = 0;
    for (let unit = 1; unit <= 2 ** 28; unit *= 128) {
      const byte = this.byte();
      if (byte < 128) return value + byte * unit;
      value += (byte - 128) * unit;
    }
    return this.fail("a number has no end");
  }

  signed(): number {
    const folded = this.varint();
    if (folded <= 0x7fff_ffff) return (folded >>> 1) ^ -(folded & 1);
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }

  /** A varint from 0 to `most`. */
  upTo(most: number): number {
    const value = this.varint();
    if (value > most) this.fail(`${value} is above ${most}`);
    return value;
  }

  /** A view of the next bytes. */
  bytes(count: number): Uint8Array {
    if (count > this.#end - this.#at) this.fail("it ends too early");
    const start = this.#at;
    this.#at += count;
    return this.#bytes.subarray(start, this.#at);
  }

  text(): string {
    const bytes = this.bytes(this.varint());
    let i = 0;
    while (i < bytes.length && bytes[i]! < 0x80) i++;
    let text = plainText(bytes.subarray(0, i));
    while (i < bytes.length) {
      const first = bytes[i++]!;
      if (first < 0x80) {
        text += String.fromCharCode(first);
        continue;
      }
      const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
      let point = first & (0x3f >> more);
      for (let left = more; left > 0; left--) {
        const next = bytes[i++] ?? 0;
        if ((next & 0xc0) !== 0x80) this.fail("a text is no UTF-8");
        point = (point << 6) | (next & 0x3f);
      }
      if (first < 0xc0 || point > 0x10ffff) this.fail("a text is no UTF-8");
      text += String.fromCodePoint(point);
    }
    return text;
  }

  texts(): string[] {
    const lengths = this.ints(this.count());
    for (let i = 0; i < lengths.length; i++) lengths[i] = this.upTo(MOST_TEXT);
    const all = this.text();
    const values: string[] = [];
    let at = 0;
    for (let i = 0; i < lengths.length; i++) values.push(all.slice(at, at += lengths[i]!));
    if (at !== all.length) this.fail("its texts are not as long as it says");
    return values;
  }

  /** How many bytes are left: a list of things of a byte or more cannot be longer. */
  get left(): number {
    return this.#end - this.#at;
  }

  /** The count of a list whose items take at least one byte each. */
  count(): number {
    return this.upTo(this.left);
  }

  finish(): void {
    if (this.left !== 0) this.fail(`${this.left} bytes are left over`);
  }
}

/** Characters below 128, a few at a time: an argument each. */
function plainText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 256) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 256) as unknown as number[]);
  }
  return text;
}
