import { Problem } from "../../shared/problem.ts";

/** What anybody may send. */
export const MAX_BODY_BYTES = 64 * 1024;
/** What the hub may: a flush carries up to 500 messages. */
export const MAX_HUB_BODY_BYTES = 4 * 1024 * 1024;

/**
 * A request's body as text, at most so many bytes of it.
 *
 * @throws {Problem} `too-large`, before the rest is read; `bad-request` where it is not UTF-8.
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get("Content-Length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body.getReader();
  let text = "";
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    // TextDecoder and a socket that broke off both throw TypeErrors: neither left a body to read.
    if (error instanceof TypeError) {
      throw new Problem("bad-request", "Cannot read the body: it is broken off or not UTF-8");
    }
    throw error;
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem("too-large", `Cannot read the body: it is over ${maxBytes} bytes`);
}

/** A body's JSON. @throws {Problem} `not-json`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem("not-json", "Cannot read the body: it is not JSON");
  }
}
