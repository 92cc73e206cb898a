import type pg from "pg";
import { copyLine, copyRows } from "../bulk/copy-rows.ts";
import type { HarbourBook } from "./harbours.ts";
import type { ImportHost } from "./people.ts";
import { applyPlan, type LeafPlan, planLeaves } from "./place-docks.ts";
import type { Staged } from "./stage-docks.ts";

export interface WriteOptions {
  client: pg.Client;
  host: ImportHost;
  staged: Staged;
  harbours: HarbourBook;
  /** Let them be found and booked at once; else they are drafts. */
  publish: boolean;
  log: (line: string) => void;
}

/**
 * Writes all staged docks, their calendars and new harbours in one transaction.
 *
 * Others book and publish meanwhile: the tiles' directory is locked only once the rows are there,
 * and what somebody else did to the leaves since they were planned is put right then.
 */
export async function writeDocks(options: WriteOptions): Promise<void> {
  const { client, staged, harbours, publish, log } = options;
  await client.query("ALTER TABLE import_dock ADD PRIMARY KEY (id)");
  await client.query("ANALYZE import_dock");
  await client.query("BEGIN");
  try {
    if (harbours.made > 0) await harbours.writeHarbours();
    log("writing the docks");
    const plan = publish ? await planLeaves(client, staged.cells) : undefined;
    await insertDocks(client, staged, plan);
    log("writing their calendars");
    await client.query("INSERT INTO calendar (dock_id) SELECT id FROM import_dock");
    if (plan) await publishDocks(options, plan);
    if (harbours.made > 0) await harbours.touchHarbours();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
  // Whoever looks at the whole world next need not wait for it.
  if (publish) await client.query("SELECT refresh_dock_summary(0)");
  await client.query("ANALYZE dock, calendar, dock_summary");
}

async function insertDocks(
  client: pg.Client,
  { ids, columns }: Staged,
  plan: LeafPlan | undefined,
): Promise<void> {
  const names = columns.join(", ");
  if (!plan) {
    await client.query(`INSERT INTO dock (${names}) SELECT ${names} FROM import_dock`);
    return;
  }
  await client.query("CREATE TEMP TABLE import_leaf (id bigint, leaf text)");
  const lines = plan.leafOf.map((leaf, i) => copyLine([ids[i], leaf]));
  await copyRows(client, "import_leaf", ["id", "leaf"], lines);
  await client.query("ANALYZE import_leaf");
  await client.query(
    `INSERT INTO dock (${names}, status, leaf)
     SELECT ${names}, 'published', leaf FROM import_dock JOIN import_leaf USING (id)`,
  );
}

async function publishDocks(options: WriteOptions, writtenBy: LeafPlan): Promise<void> {
  const { client, host, staged, log } = options;
  log("placing them among the tiles");
  await client.query("SELECT FROM tile_directory FOR UPDATE");
  const plan = await planLeaves(client, staged.cells);
  await applyPlan(client, plan, writtenBy);
  // A tile that lacks a dock of the change log is read anew, and with it come all of this
  // transaction's: one event for each leaf tells of them, however many they are.
  const told = new Map(staged.ids.map((id, i) => [plan.leafOf[i]!, id]));
  await client.query(
    `INSERT INTO event (dock_id, version, kind, cell, body, relayed_at)
     SELECT d.id, c.version, 'dock.imported', d.cell, $2::jsonb, now()
     FROM dock d JOIN calendar c ON c.dock_id = d.id WHERE d.id = ANY ($1::bigint[])`,
    [
      [...told.values()],
      JSON.stringify({ actorId: host.id, after: { status: "published" } }),
    ],
  );
}
