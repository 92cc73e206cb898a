import * as z from "zod/mini";

/** Every code that an error may carry, with its HTTP status and title. Codes never change. */
export const PROBLEMS = {
  "bad-request": [400, "The request cannot be read"],
  "invalid": [422, "Some values are not valid"],
  "not-json": [400, "The body is not JSON"],
  "too-large": [413, "The body is too large"],
  "unauthenticated": [401, "Sign in first"],
  "forbidden": [403, "This is not yours to do"],
  "not-found": [404, "There is nothing here"],
  "method-not-allowed": [405, "This cannot be done here"],
  "dates-taken": [409, "Those nights are taken"],
  "price-changed": [409, "The price has changed"],
  "quote-mismatch": [422, "The quote is for something else"],
  "quote-invalid": [422, "The quote cannot be trusted"],
  "boat-does-not-fit": [422, "The boat does not fit"],
  "conditions-not-accepted": [422, "The berth has conditions to accept first"],
  "stay-not-possible": [422, "The dock does not sell that stay"],
  "not-bookable": [409, "The dock cannot be booked now"],
  "move-not-allowed": [409, "The booking is not in a state for that"],
  "not-payable": [409, "That cannot be paid by card"],
  "payment-required": [409, "The guest's card has not been asked yet"],
  "too-many-stays-held": [409, "Too many stays wait for their payment"],
  "too-many-requests-open": [409, "Too many requests are open"],
  "dock-in-use": [409, "The dock has stays ahead"],
  "email-taken": [422, "There is an account with that address"],
  "stale": [412, "Somebody changed it meanwhile"],
  "precondition-required": [428, "Say which version you saw"],
  "idempotency-key-required": [400, "The request needs an Idempotency-Key"],
  "idempotency-key-reused": [422, "That key was used for another request"],
  "rate-limited": [429, "Too many requests"],
  "client-too-old": [426, "Please reload for the current version"],
  "hub-unavailable": [503, "Live rooms cannot be reached"],
  "unavailable": [503, "Something this needs is away"],
  "internal": [500, "Something went wrong here"],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export const Issue = z.object({ path: z.string(), message: z.string() });
export type Issue = z.infer<typeof Issue>;

/** RFC 9457 problem details, as they go over the wire. */
export const ProblemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.optional(z.string()),
  issues: z.optional(z.array(Issue)),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

/**
 * An expected failure. `detail` is action, colon, state ("Cannot book dock: stay is 0 nights");
 * `extra` travels beside it (the current record, the new quote, the nearest docks).
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = "Problem";
    this.code = code;
    this.extra = extra;
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }
}

/** The body of a problem's answer (RFC 9457 §3). */
export function problemToBody(problem: Problem, requestId?: string): ProblemBody {
  const [status, title] = PROBLEMS[problem.code];
  return {
    type: `https://dokkerr.dev/problems/${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    ...(requestId === undefined ? {} : { requestId }),
    ...problem.extra,
  };
}
