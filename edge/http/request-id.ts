const SANE = /^[0-9A-Za-z._:-]{8,80}$/;

/**
 * Gives each request an id: the caller's own where it can be trusted in a log, else this process's
 * random name and a number.
 */
export function requestIds(
  randomBytes: (count: number) => Uint8Array,
): (request: Request) => string {
  // Workers may not ask for randomness before a request comes.
  let name: string | undefined;
  let count = 0;
  return (request) => {
    const given = request.headers.get("X-Request-Id");
    if (given !== null && SANE.test(given)) return given;
    name ??= Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, "0")).join("");
    count += 1;
    return `${name}-${count.toString(36)}`;
  };
}
