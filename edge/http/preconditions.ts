import { Problem } from "../../shared/problem.ts";

// A proxy that compresses weakens a tag; the version in it is the same.
const VERSION_TAG = /^(?:W\/)?"(0|[1-9]\d{0,15})"$/;

/**
 * The version that `If-Match` names (RFC 9110 §13.1.1); `*` and lists say no version and are
 * refused.
 *
 * @throws {Problem} `bad-request`.
 */
export function ifMatchVersion(headers: Headers): number | undefined {
  const header = headers.get("If-Match");
  if (header === null) return undefined;
  const version = VERSION_TAG.exec(header.trim())?.[1];
  if (version === undefined) {
    throw new Problem("bad-request", 'Cannot read If-Match: it must be one version, like "3"');
  }
  return Number(version);
}

/** The strong tag of a record's version. */
export function versionToTag(version: number): string {
  return `"${version}"`;
}

/** Whether `If-None-Match` names a tag, by weak comparison (RFC 9110 §13.1.2). */
export function isNotModified(headers: Headers, tag: string | null): boolean {
  const header = headers.get("If-None-Match");
  if (header === null || tag === null) return false;
  if (header.trim() === "*") return true;
  const opaque = tag.replace(/^W\//, "");
  return header.split(",").some((one) => one.trim().replace(/^W\//, "") === opaque);
}

/** The version of an endpoint's call that says `ifMatch: true`. */
export function versionSeen(call: { ifMatch: number | undefined }): number {
  if (call.ifMatch === undefined) throw new Error("the endpoint does not ask for If-Match");
  return call.ifMatch;
}
