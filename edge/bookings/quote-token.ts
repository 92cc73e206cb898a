import { CompactSign, compactVerify } from "jose";
import { QuoteClaims } from "../../shared/api.ts";
import { Problem } from "../../shared/problem.ts";

/** How long a quote is honoured, whatever happens to the price meanwhile. */
export const QUOTE_TTL_SECONDS = 15 * 60;

/** Keeps a quote apart from whatever else is signed under the same secret. */
const TYPE = "dokkerr-quote";

/** The signed string that a booking carries (JWS compact, HS256). */
export function signQuote(claims: QuoteClaims, secret: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "HS256", typ: TYPE })
    .sign(new TextEncoder().encode(secret));
}

/** What a quote promised; throws `quote-invalid` for one that was not signed here. May be expired. */
export async function readQuote(quote: string, secret: string): Promise<QuoteClaims> {
  const verified = await compactVerify(quote, new TextEncoder().encode(secret), {
    algorithms: ["HS256"],
  }).catch(() => undefined);
  if (verified?.protectedHeader.typ !== TYPE) {
    throw new Problem("quote-invalid", "Cannot book dock: the quote was not signed here");
  }
  return QuoteClaims.parse(JSON.parse(new TextDecoder().decode(verified.payload)));
}
