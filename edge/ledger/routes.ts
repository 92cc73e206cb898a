import * as z from "zod/mini";
import { Books, Receipt, Statement, StatementRole } from "../../shared/ledger.ts";
import { Currency } from "../../shared/money.ts";
import { LocalDate } from "../../shared/stay.ts";
import { personEndpoint } from "../http/endpoint.ts";
import { readPage, toPage } from "../http/page.ts";
import { PAGE_QUERY, parseQuery, uuidParam } from "../http/query.ts";
import type { Person } from "../identity/identity.ts";
import { readBooks } from "./read-books.ts";
import { readReceipt } from "./read-receipt.ts";
import { entryKeyText, parseEntryKey, readStatement } from "./read-statement.ts";
import { RECEIPT_STYLE, receiptPage } from "./receipt-page.ts";
import { statementToCsv } from "./statement-csv.ts";
import type { StatementScope } from "./statement-queries.ts";

const DAYS_QUERY = {
  from: "first day, UTC; without it, from the beginning",
  to: "the day after the last, UTC; without it, up to now",
};
const STATEMENT_QUERY = {
  ...DAYS_QUERY,
  role: "guest or host: what you owe and paid, or what you earned; guest if not said",
  currency: "only this one",
};

const DaysQuery = z.object({ from: z.optional(LocalDate), to: z.optional(LocalDate) });
const StatementQuery = z.object({
  ...DaysQuery.shape,
  role: z._default(StatementRole, "guest"),
  currency: z.optional(Currency),
  limit: z.optional(z.string()),
  cursor: z.optional(z.string()),
});

function scopeOf(person: Person, query: URLSearchParams): StatementScope {
  const { role, from, to, currency } = parseQuery(query, StatementQuery);
  return { personId: person.id, role, from, to, currency };
}

export const getStatement = personEndpoint({
  summary: "Your statement: what you owe and are owed, newest first, with its totals",
  queryDoc: { ...STATEMENT_QUERY, ...PAGE_QUERY },
  answer: Statement,
  async handle({ sql, person, query }) {
    const scope = scopeOf(person, query);
    const { after, limit } = readPage(query, parseEntryKey);
    const { rows, totals } = await readStatement(sql, scope, after, limit + 1);
    const { items, nextCursor } = toPage(rows, limit, entryKeyText);
    return {
      role: scope.role,
      items: items.map(({ accountId: _, ...item }) => item),
      totals,
      nextCursor,
    };
  },
});

export const getStatementCsv = personEndpoint({
  summary: "All of your statement as CSV (RFC 4180)",
  queryDoc: STATEMENT_QUERY,
  handle({ sql, person, query }) {
    const scope = scopeOf(person, query);
    const days = [scope.from, scope.to].filter((day) => day !== undefined);
    const name = ["dokkerr", scope.role, ...days].join("-");
    const answer = new Response(statementToCsv(sql, scope), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Content-Disposition": `attachment; filename="${name}.csv"`,
      },
    });
    return Promise.resolve(answer);
  },
});

export const getReceipt = personEndpoint({
  summary: "A booking's receipt: JSON, or a page to print where the client asks for text/html",
  answer: Receipt,
  async handle({ sql, person, params, request, nowMs }) {
    const receipt = await readReceipt(sql, person, uuidParam(params, "id"), nowMs);
    if (!wantsPage(request.headers.get("Accept") ?? "")) {
      return new Response(JSON.stringify(receipt), {
        headers: { "Content-Type": "application/json", "Vary": "Accept" },
      });
    }
    return new Response(receiptPage(receipt), {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Vary": "Accept",
        "Content-Security-Policy": await pagePolicy(),
      },
    });
  },
});

export const getBooks = personEndpoint({
  summary: "The platform's books, sums by account and currency, for admins",
  queryDoc: DAYS_QUERY,
  answer: Books,
  handle: ({ sql, person, query }) => {
    const { from, to } = parseQuery(query, DaysQuery);
    return readBooks(sql, person, { from, to });
  },
});

/** Browsers name text/html first; whoever names JSON, or nothing, is a program. */
function wantsPage(accept: string): boolean {
  const types = accept.split(",").map((type) => type.trim().toLowerCase().split(";")[0]);
  const page = types.indexOf("text/html");
  const json = types.indexOf("application/json");
  return page >= 0 && (json < 0 || page < json);
}

let policy: Promise<string> | undefined;

/** Nothing but the page's own style, by its hash (CSP level 3). */
function pagePolicy(): Promise<string> {
  return policy ??= crypto.subtle.digest("SHA-256", new TextEncoder().encode(RECEIPT_STYLE)).then(
    (digest) => {
      const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
      return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; ` +
        "form-action 'none'; frame-ancestors 'none'";
    },
  );
}
