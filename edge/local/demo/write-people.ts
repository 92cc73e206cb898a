import { hashPassword } from "better-auth/crypto";
import type pg from "pg";
import type { NewBoat } from "../../../shared/boat.ts";
import { uuidV7 } from "../../../shared/ids.ts";
import { dayToDate } from "../../../shared/stay.ts";
import { copyFrozenRows, copyLine } from "../bulk/copy-rows.ts";
import { DEMO_PASSWORD, type DemoAccount, type DemoPerson } from "./people.ts";
import { createRandom } from "./random.ts";

/** Writes the demo's people; the accounts get their password and the guests their boats. */
export async function writePeople(
  client: pg.Client,
  people: { accounts: Record<DemoAccount, DemoPerson>; hosts: readonly DemoPerson[] },
  seed: number,
  nowMs: number,
): Promise<void> {
  const random = createRandom(seed, 42);
  const newId = () => uuidV7(nowMs, random.bytes(10));
  const accounts = Object.values(people.accounts);
  await copyFrozenRows(
    client,
    "person",
    ["id", "name", "email", "email_verified", "role"],
    [...accounts, ...people.hosts].map(({ id, name, email, role }) =>
      copyLine([id, name, email, true, role])
    ),
  );
  // A hash of scrypt takes a third of a second; one password needs but one.
  const password = await hashPassword(DEMO_PASSWORD);
  for (const { id } of accounts) {
    await client.query(
      `INSERT INTO credential (id, account_id, provider_id, person_id, password)
       VALUES ($1, $2::text, 'credential', $2::uuid, $3)`,
      [newId(), id, password],
    );
  }
  const insuranceExpires = dayToDate(Math.floor(nowMs / 86_400_000) + 730);
  for (const [account, boats] of Object.entries(boatsByAccount(insuranceExpires))) {
    for (const boat of boats) {
      await client.query("INSERT INTO boat (id, owner_id, record) VALUES ($1, $2, $3)", [
        newId(),
        people.accounts[account as "guest" | "guest2"].id,
        JSON.stringify(boat),
      ]);
    }
  }
}

/** The boats of the two guests. */
export function boatsByAccount(insuranceExpires: string): Record<"guest" | "guest2", NewBoat[]> {
  return {
    guest: [
      {
        name: "Petrel",
        hullType: "mono",
        loaCm: 1_200,
        hullLengthCm: 1_140,
        beamCm: 385,
        draftCm: 180,
        airDraftCm: 1_790,
        displacementKg: 8_900,
        takesGround: false,
        inlets: [{ volts: 120, amps: 30, phases: 1, plug: "nema_l5_30", required: false }],
        insuranceExpires,
        insuranceLimit: { amountMinor: 500_000_00, currency: "USD" },
      },
      {
        name: "Two Terns",
        hullType: "multi",
        loaCm: 1_280,
        hullLengthCm: 1_260,
        beamCm: 720,
        draftCm: 125,
        airDraftCm: 2_010,
        displacementKg: 11_800,
        takesGround: true,
        inlets: [{ volts: 230, amps: 16, phases: 1, plug: "cee_16", required: false }],
        insuranceExpires,
        insuranceLimit: { amountMinor: 3_000_000_00, currency: "EUR" },
      },
    ],
    guest2: [
      {
        name: "Early Bird",
        hullType: "power",
        loaCm: 980,
        beamCm: 330,
        draftCm: 85,
        airDraftCm: 310,
        displacementKg: 5_200,
        takesGround: false,
        insuranceExpires,
      },
    ],
  };
}
