import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { TableName, Tables } from "./objects.ts";

type Row = { [T in TableName]: { table: T; row: Tables[T] } }[TableName];

const TABLE_NAMES: readonly TableName[] = [
  "payment_intents",
  "charges",
  "refunds",
  "transfers",
  "reversals",
  "accounts",
  "account_links",
  "disputes",
  "balance_transactions",
  "events",
  "answers",
];

/**
 * The simulator's memory, and its journal: one line holds all that one request changed, so a
 * process that dies in the middle of a write has changed nothing.
 */
export class StripeStore {
  readonly #path: string | undefined;
  readonly #tables = new Map<TableName, Map<string, unknown>>(
    TABLE_NAMES.map((name) => [name, new Map()]),
  );
  readonly #changed = new Map<string, Row>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Opens a journal, or memory alone where there is no path. */
  static async open(path: string | undefined): Promise<StripeStore> {
    const store = new StripeStore(path);
    if (path === undefined) return store;
    await mkdir(dirname(path), { recursive: true });
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    // What follows the last line's end was being written when the process died.
    for (const line of text.split("\n").slice(0, -1)) {
      for (const { table, row } of JSON.parse(line) as Row[]) store.#rows(table).set(row.id, row);
    }
    await store.#compact(path);
    return store;
  }

  get<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    return this.#rows(table).get(id);
  }

  /** All of a table, newest first. */
  list<T extends TableName>(table: T): Tables[T][] {
    return [...this.#rows(table).values()].reverse();
  }

  /** Writes a row, or notes that it has changed. It is kept by the next `commit`. */
  put<T extends TableName>(table: T, row: Tables[T]): Tables[T] {
    this.#rows(table).set(row.id, row);
    this.#changed.set(`${table} ${row.id}`, { table, row } as Row);
    return row;
  }

  /** Forgets a table until the next start. */
  clear(table: TableName): void {
    this.#rows(table).clear();
  }

  /** Makes what has changed durable. */
  commit(): Promise<void> {
    if (this.#changed.size === 0 || this.#path === undefined) {
      this.#changed.clear();
      return this.#writing;
    }
    const line = JSON.stringify([...this.#changed.values()]) + "\n";
    this.#changed.clear();
    const path = this.#path;
    this.#writing = this.#writing.then(() => appendFile(path, line, { mode: 0o600 }));
    return this.#writing;
  }

  async #compact(path: string): Promise<void> {
    const rows = TABLE_NAMES.flatMap((table) =>
      [...this.#rows(table).values()].map((row) => ({ table, row }))
    );
    const unfinished = `${path}.unfinished`;
    await writeFile(unfinished, rows.map((row) => JSON.stringify([row]) + "\n").join(""), {
      mode: 0o600,
    });
    await rename(unfinished, path);
  }

  #rows<T extends TableName>(table: T): Map<string, Tables[T]> {
    // Only `put` and the journal, which `put` wrote, fill a table.
    return this.#tables.get(table) as Map<string, Tables[T]>;
  }
}

/** An id as Stripe writes them: `pi_` and 24 letters and digits. */
export function newId(prefix: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const random = Array.from(randomBytes(24), (byte) => letters[byte % letters.length]).join("");
  return `${prefix}_${random}`;
}
