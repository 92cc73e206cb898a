import { Problem } from "../../shared/problem.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";

/** What a retry is recognised by: the same person, route, key and body. */
export interface Attempt {
  personId: string;
  route: string;
  key: string;
  bodyHash: string;
}

export interface KeptAnswer {
  status: number;
  body: unknown;
}

/**
 * Runs a creating request once: its writes and its answer commit together, and a retry gets the
 * kept answer. A retry while the first is in flight waits on the row; refusals are not kept.
 */
export function answerOnce(
  sql: Sql,
  attempt: Attempt,
  work: (tx: Sql) => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const { personId, route, key, bodyHash } = attempt;
  return sql.transaction(async (tx) => {
    const claimed = await tx.query(
      `INSERT INTO idempotency (person_id, route, key, body_hash) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING key`,
      [personId, route, key, bodyHash],
    );
    if (claimed.length === 0) {
      const kept = onlyRow(
        await tx.query<{ body_hash: string; status: number; answer: unknown }>(
          `SELECT body_hash, status, answer FROM idempotency
           WHERE person_id = $1 AND route = $2 AND key = $3`,
          [personId, route, key],
        ),
      );
      if (kept.body_hash !== bodyHash) throw keyReused();
      return { status: kept.status, body: kept.answer };
    }
    const answer = await work(tx);
    // Answered as the table keeps it, so that the first answer and a retry's are the same text.
    const kept = await tx.query<{ answer: unknown }>(
      `UPDATE idempotency SET status = $4, answer = $5
       WHERE person_id = $1 AND route = $2 AND key = $3 RETURNING answer`,
      [personId, route, key, answer.status, JSON.stringify(answer.body ?? null)],
    );
    return { status: answer.status, body: onlyRow(kept).answer };
  });
}

export function keyReused(): Problem {
  return new Problem(
    "idempotency-key-reused",
    "Cannot answer request: its Idempotency-Key was used with another body",
  );
}

const KEY = /^[\x21-\x7e]{1,200}$/;

/** A request's `Idempotency-Key`, where it has one. @throws {Problem} `bad-request`. */
export function readKey(headers: Headers): string | undefined {
  const key = headers.get("Idempotency-Key");
  if (key === null) return undefined;
  if (!KEY.test(key)) {
    throw new Problem(
      "bad-request",
      "Cannot read Idempotency-Key: it must be 1 to 200 visible ASCII characters",
    );
  }
  return key;
}

/** SHA-256 of a JSON value in hexadecimal; the order of an object's keys makes no difference. */
export async function hashBody(body: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(sorted(body)) ?? "");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
