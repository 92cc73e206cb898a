import type { Me } from "../../shared/api.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";
import type { Person } from "./identity.ts";

/** Somebody as they see themselves. Whoever has a dock or works for a harbour is a host. */
export async function readMe(sql: Sql, person: Pick<Person, "id">): Promise<Me> {
  const { isHost, role, ...me } = onlyRow(
    await sql.query<Omit<Me, "roles"> & { role: Person["role"]; isHost: boolean }>(
      `SELECT id, name, email, role,
         EXISTS (SELECT FROM dock WHERE host_id = person.id)
         OR EXISTS (SELECT FROM harbour_staff WHERE person_id = person.id) AS "isHost"
       FROM person WHERE id = $1`,
      [person.id],
    ),
  );
  return {
    ...me,
    roles: [
      "guest",
      ...(isHost ? ["host" as const] : []),
      ...(role === "admin" ? ["admin" as const] : []),
    ],
  };
}
