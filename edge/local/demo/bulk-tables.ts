import type pg from "pg";

/** What a table was relieved of, in the database's own words. */
interface Relief {
  restore: string;
  what: string;
}

/**
 * Takes secondary indexes, foreign keys, unique and exclusion constraints off tables, and returns
 * what puts back exactly the same: building them over all rows at once is many times faster than
 * keeping them row by row, and proves every row. Both within the caller's transaction.
 */
export async function relieveTables(
  client: pg.Client,
  tables: readonly string[],
): Promise<(log: (line: string) => void) => Promise<void>> {
  const { rows: constraints } = await client.query<{ relation: string; name: string; def: string }>(
    `SELECT conrelid::regclass::text AS relation, quote_ident(conname) AS name,
            pg_get_constraintdef(oid) AS def
     FROM pg_constraint
     WHERE conrelid = ANY ($1::regclass[]) AND contype IN ('f', 'u', 'x')
     -- Unique constraints first: a foreign key may rest on one.
     ORDER BY contype = 'f', conrelid, conname`,
    [tables],
  );
  const { rows: indexes } = await client.query<{ name: string; def: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS def
     FROM pg_index i
     WHERE i.indrelid = ANY ($1::regclass[]) AND NOT i.indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
     ORDER BY 1`,
    [tables],
  );
  const relief: Relief[] = [];
  for (const { name, def } of indexes) {
    await client.query(`DROP INDEX ${name}`);
    relief.push({ restore: def, what: name });
  }
  for (const { relation, name } of constraints.toReversed()) {
    await client.query(`ALTER TABLE ${relation} DROP CONSTRAINT ${name}`);
  }
  for (const { relation, name, def } of constraints) {
    relief.push({ restore: `ALTER TABLE ${relation} ADD CONSTRAINT ${name} ${def}`, what: name });
  }
  return async (log) => {
    for (const { restore, what } of relief) {
      log(what);
      await client.query(restore);
    }
  };
}
