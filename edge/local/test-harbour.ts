import type * as z from "zod/mini";
import type { Harbour, HostDock, NewDock } from "../../shared/dock.ts";
import { createDock } from "../docks/create-dock.ts";
import { createHarbour } from "../docks/create-harbour.ts";
import { publishDock } from "../docks/publish-dock.ts";
import { newDock, newHarbour } from "./test-docks.ts";
import { signUp, type TestEdge, type TestPerson } from "./test-edge.ts";

/** A harbour with a host, and docks on sale in it. */
export interface TestHarbour {
  host: TestPerson;
  harbour: Harbour;
  /** Publishes one more dock; unless told otherwise, nothing of what fit asks is missing. */
  addDock(values?: Partial<z.input<typeof NewDock>>): Promise<HostDock>;
}

/** A host at Newport, RI, whose docks are made by the product's own verbs. */
export async function createTestHarbour(edge: TestEdge): Promise<TestHarbour> {
  const host = await signUp(edge, "Hedda Host");
  const person = { ...host, role: "user" as const, sessionId: host.id };
  const harbour = await createHarbour(edge.sql, person, newHarbour());
  return {
    host,
    harbour,
    async addDock(values) {
      const known = { maxBeamCm: 450, depthCm: 300, depthDatum: "LAT" as const, ...values };
      const dock = await createDock(edge.sql, person, newDock(harbour, known));
      return await publishDock(edge.sql, person, dock.id);
    },
  };
}

/** A boat that fits the dock of `newDock`. */
export const TEST_BOAT = {
  name: "Petrel",
  hullType: "mono",
  loaCm: 1_200,
  beamCm: 380,
  draftCm: 180,
} as const;

/** Asks for a quote and books with it, as a client does. */
export async function bookStay(
  guest: TestPerson,
  dockId: number,
  stay: { from: string; to: string },
  options: { key?: string; boat?: object; body?: object } = {},
): Promise<Response> {
  const boat = { ...TEST_BOAT, ...options.boat };
  const { name: _, ...vessel } = boat;
  const params = new URLSearchParams({ ...stay, ...toTexts(vessel) });
  const quoted = await guest.fetch(`GET /api/docks/${dockId}/quote?${params}`);
  if (!quoted.ok) return quoted;
  const { quote } = (await quoted.json()) as { quote: string };
  return await guest.fetch(
    "POST /api/bookings",
    { dockId, ...stay, boat, quote, ...options.body },
    {
      "Idempotency-Key": options.key ?? crypto.randomUUID(),
    },
  );
}

function toTexts(values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
