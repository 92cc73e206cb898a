const SANE = /^[0-9A-Za-z._:-]{8,80}$/;

/** The caller's own request id where it can be trusted in a log, else a new one. */
export function requestIdOf(request: Request, randomBytes: (count: number) => Uint8Array): string {
  const given = request.headers.get("X-Request-Id");
  if (given !== null && SANE.test(given)) return given;
  return Array.from(randomBytes(12), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
