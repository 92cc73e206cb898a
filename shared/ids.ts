import * as z from "zod/mini";

/** Docks and harbours: u32, small in tiles and short in URLs. */
export const DockId = z.int().check(z.gte(1), z.lte(0xffff_ffff));
export type DockId = z.infer<typeof DockId>;

/** Everything else: UUIDv7 (RFC 9562), so that keys made together lie together in an index. */
export const Uuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));
export type Uuid = z.infer<typeof Uuid>;

/** Whether a text is a UUID as Dokkerr writes them: lower case, with hyphens. */
export function isUuid(text: string): boolean {
  return Uuid.safeParse(text).success;
}

/**
 * A UUIDv7 (RFC 9562 §5.7) of an instant and ten random bytes; the caller brings both, so that
 * this stays pure.
 */
export function uuidV7(nowMs: number, random: Uint8Array): Uuid {
  if (random.length < 10) throw new RangeError("uuidV7 needs ten random bytes");
  const time = nowMs.toString(16).padStart(12, "0");
  const hex = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0"));
  const variant = ((random[2]! & 0x3f) | 0x80).toString(16);
  const randA = (hex[0]! + hex[1]!).slice(1);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randA}-${variant}${hex[3]}-${
    hex.slice(4).join("")
  }`;
}
