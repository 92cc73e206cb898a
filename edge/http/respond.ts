import { type Problem, problemToBody } from "../../shared/problem.ts";
import { type ReadyAnswer, Reply } from "./endpoint.ts";
import { versionToTag } from "./preconditions.ts";

/** What a handler answered, as a Response: its own, a Reply, or a value with the usual status. */
export function answerToResponse(answer: unknown, status: number): Response {
  if (answer instanceof Response) return answer;
  const reply = answer instanceof Reply ? answer : new Reply(answer, status);
  if (reply.body === undefined || reply.status === 204) {
    return new Response(null, { status: reply.status, headers: reply.headers });
  }
  const response = new Response(JSON.stringify(reply.body), {
    status: reply.status,
    headers: { "Content-Type": "application/json", ...reply.headers },
  });
  const version = versionOf(reply.body);
  if (version !== undefined && !response.headers.has("ETag")) {
    response.headers.set("ETag", versionToTag(version));
    // A server that compresses on the way would weaken the tag.
    response.headers.set("Cache-Control", "no-store, no-transform");
  }
  return response;
}

/** A ready answer as a Response, with what every answer carries. */
export function readyToResponse(
  { status, body, headers }: ReadyAnswer,
  headersOfAll: Readonly<Record<string, string>>,
  requestId: string,
  serverTiming: string,
): Response {
  return new Response(body, {
    status,
    headers: {
      ...headers,
      ...headersOfAll,
      "x-request-id": requestId,
      "server-timing": serverTiming,
    },
  });
}

function versionOf(body: unknown): number | undefined {
  if (typeof body !== "object" || body === null || !("version" in body)) return undefined;
  return typeof body.version === "number" ? body.version : undefined;
}

/** A problem's answer (RFC 9457); `retryAfterSeconds` and `allow` of it become their headers. */
export function problemToResponse(problem: Problem, requestId: string): Response {
  const { retryAfterSeconds, allow } = problem.extra;
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (typeof retryAfterSeconds === "number") headers.set("Retry-After", String(retryAfterSeconds));
  if (typeof allow === "string") headers.set("Allow", allow);
  return new Response(JSON.stringify(problemToBody(problem, requestId)), {
    status: problem.status,
    headers,
  });
}

/** A text or bytes, JSON where nothing else is said, with the strong entity tag of its content. */
export async function taggedResponse(
  content: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
  const bytes = Array.from(new Uint8Array(digest, 0, 12));
  const tag = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return new Response(content, {
    headers: { "Content-Type": "application/json", ...headers, ETag: `"${tag}"` },
  });
}
