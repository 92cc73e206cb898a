import { randomBytes } from "node:crypto";
import { neonConfig } from "@neondatabase/serverless";
import WebSocket from "ws";
import * as z from "zod/mini";
import { type Harbour, type HostDock, NewDock, NewHarbour } from "../../shared/dock.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { createDock } from "../docks/create-dock.ts";
import { createHarbour } from "../docks/create-harbour.ts";
import type { Person } from "../identity/identity.ts";
import { createNeonSql } from "../platform/neon-sql.ts";
import type { Sql } from "../platform/sql.ts";
import { createTestDatabase } from "./testing.ts";

/** A database of a suite's own with people, harbours and docks made by the product's own verbs. */
export interface TestDocks {
  sql: Sql;
  addPerson(name: string, role?: Person["role"]): Promise<Person>;
  addHarbour(owner: Person, values?: Partial<z.input<typeof NewHarbour>>): Promise<Harbour>;
  addDock(
    owner: Person,
    harbour: Harbour,
    values?: Partial<z.input<typeof NewDock>>,
  ): Promise<HostDock>;
  end(): Promise<void>;
}

/** A harbour as its host writes it, at Newport, RI. */
export function newHarbour(values: Partial<z.input<typeof NewHarbour>> = {}): NewHarbour {
  return z.parse(NewHarbour, {
    name: "Goat Island",
    place: "Newport, RI",
    country: "US",
    position: { lat: 41.4869, lon: -71.3268 },
    timeZone: "America/New_York",
    ...values,
  });
}

/** A slip as its host writes it. */
export function newDock(
  harbour: Harbour,
  values: Partial<z.input<typeof NewDock>> = {},
): NewDock {
  return z.parse(NewDock, {
    harbourId: harbour.id,
    kind: "slip",
    name: "B 12",
    position: harbour.position,
    maxLoaCm: 1_400,
    rate: { currency: "USD", basis: "per_night", minor: 9_000 },
    ...values,
  });
}

export async function createTestDocks(): Promise<TestDocks> {
  const database = await createTestDatabase();
  neonConfig.webSocketConstructor = WebSocket;
  const { databaseUrl, neonGateway } = database;
  const sql = createNeonSql({ databaseUrl, gateway: neonGateway, poolSize: 8 });
  return {
    sql,
    async addPerson(name, role = "user") {
      const id = uuidV7(Date.now(), randomBytes(10));
      const email = `${id}@dokkerr.test`;
      await sql.query("INSERT INTO person (id, name, email, role) VALUES ($1, $2, $3, $4)", [
        id,
        name,
        email,
        role,
      ]);
      return { id, name, email, role, sessionId: id };
    },
    addHarbour: (owner, values) => createHarbour(sql, owner, newHarbour(values)),
    addDock: (owner, harbour, values) => createDock(sql, owner, newDock(harbour, values)),
    async end() {
      await sql.end();
      await database.drop();
    },
  };
}
