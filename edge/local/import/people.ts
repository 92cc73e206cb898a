import type pg from "pg";

/** Whose docks they will be. */
export interface ImportHost {
  id: string;
  isAdmin: boolean;
}

/** The account of an address, undefined where there is none. */
export async function findHost(client: pg.Client, email: string): Promise<ImportHost | undefined> {
  const { rows } = await client.query<ImportHost>(
    `SELECT id, role = 'admin' AS "isAdmin" FROM person WHERE email = lower($1)`,
    [email],
  );
  return rows[0];
}
