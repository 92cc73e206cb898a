import type pg from "pg";
import { LEAF_CAPACITY, splitIntoLeaves } from "../bulk/tile-leaves.ts";
import { createLeafDirectory, type Leaf } from "../../docks/leaf-directory.ts";
import { MAX_DEPTH } from "../../../shared/quadkey.ts";

/** Where new docks go among the tiles' leaves. */
export interface LeafPlan {
  /** Leaves that are full now, and what takes their place, with all docks counted. */
  split: { quadkey: string; into: Leaf[] }[];
  /** Leaves that have room, and how many docks they get. */
  grown: Leaf[];
  /** Each new dock's leaf, in the order of the cells. */
  leafOf: string[];
}

/**
 * Plans the leaves of docks at these full-depth cells, as place_dock would if each were published
 * in turn. The rows of `import_dock` are those docks: where they lie in `dock` already, they are
 * not counted twice. What it answers holds only while the directory is locked.
 */
export async function planLeaves(client: pg.Client, cells: readonly string[]): Promise<LeafPlan> {
  const { rows: leaves } = await client.query<Leaf>("SELECT quadkey, docks FROM tile_leaf");
  const directory = createLeafDirectory(0, leaves);
  const byLeaf = new Map<string, number[]>();
  for (const [i, cell] of cells.entries()) {
    const leaf = directory.leafOf(cell);
    const members = byLeaf.get(leaf);
    if (members) members.push(i);
    else byLeaf.set(leaf, [i]);
  }
  const docksIn = new Map(leaves.map(({ quadkey, docks }) => [quadkey, docks]));
  const isFull = ([leaf, members]: [string, number[]]) =>
    leaf.length < MAX_DEPTH && docksIn.get(leaf)! + members.length > LEAF_CAPACITY;
  const full = [...byLeaf].filter(isFull);
  const present = await readCells(client, full.map(([leaf]) => leaf));

  const plan: LeafPlan = { split: [], grown: [], leafOf: Array(cells.length).fill("") };
  for (const [quadkey, members] of full) {
    const added = members.map((i) => cells[i]!);
    const tiles = splitIntoLeaves([...present.get(quadkey) ?? [], ...added], quadkey);
    plan.split.push({ quadkey, into: tiles.leaves });
    for (const i of members) plan.leafOf[i] = tiles.leafOf(cells[i]!);
    byLeaf.delete(quadkey);
  }
  for (const [quadkey, members] of byLeaf) {
    plan.grown.push({ quadkey, docks: members.length });
    for (const i of members) plan.leafOf[i] = quadkey;
  }
  return plan;
}

async function readCells(
  client: pg.Client,
  leaves: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ leaf: string; cells: string[] }>(
    `SELECT leaf, array_agg(cell) AS cells FROM dock d
     WHERE leaf = ANY ($1) AND NOT EXISTS (SELECT FROM import_dock i WHERE i.id = d.id)
     GROUP BY leaf`,
    [leaves],
  );
  return new Map(rows.map(({ leaf, cells }) => [leaf, cells]));
}

/**
 * Makes the leaves as planned, while the directory is locked, and gives their right leaf to docks
 * that are in none of them: those of a leaf that was split, and new ones that were written by an
 * earlier plan. A new version of the directory lets every process read it anew.
 */
export async function applyPlan(
  client: pg.Client,
  plan: LeafPlan,
  writtenBy: LeafPlan,
): Promise<void> {
  const made = plan.split.flatMap(({ into }) => into);
  await client.query("DELETE FROM tile_leaf WHERE quadkey = ANY ($1)", [
    plan.split.map(({ quadkey }) => quadkey),
  ]);
  await client.query(
    "INSERT INTO tile_leaf (quadkey, docks) SELECT * FROM unnest($1::text[], $2::int[])",
    [made.map((leaf) => leaf.quadkey), made.map((leaf) => leaf.docks)],
  );
  await client.query(
    `UPDATE tile_leaf l SET docks = l.docks + grown.docks
     FROM unnest($1::text[], $2::int[]) AS grown (quadkey, docks) WHERE l.quadkey = grown.quadkey`,
    [plan.grown.map((leaf) => leaf.quadkey), plan.grown.map((leaf) => leaf.docks)],
  );
  const leaves = new Set(plan.leafOf);
  const left = new Set(plan.split.map(({ quadkey }) => quadkey));
  for (const leaf of writtenBy.leafOf) if (!leaves.has(leaf)) left.add(leaf);
  await client.query(
    `UPDATE dock d SET leaf = l.quadkey FROM tile_leaf l
     WHERE d.leaf = ANY ($1) AND l.quadkey = ANY (cell_prefixes(d.cell)) AND l.quadkey <> d.leaf`,
    [[...left]],
  );
  await client.query("UPDATE tile_directory SET version = version + 1");
}
