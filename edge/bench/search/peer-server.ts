import { Hono } from "hono";
import process from "node:process";
import pg from "pg";
import { parseDockSearch } from "../../../shared/search-query.ts";
import type { WaterSearch } from "../../../shared/search-terms.ts";
import { PostgresPeer } from "./postgres-peer.ts";

// The peer: Hono over Postgres with a GiST index, on a pool. Its first line says its port.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
const peer = new PostgresPeer(async (name, text, values) => {
  const result = await pool.query({ name, text, values, rowMode: "array" });
  return result.rows as unknown[][];
});
await peer.prepare();

const app = new Hono();
app.get("/api/docks", async (c) => {
  const search = parseDockSearch(new URL(c.req.url).searchParams, Date.now());
  return c.json(await peer.search(search as WaterSearch, Date.now()));
});

// As the edge itself is served; the types of Deno do not know all of them yet.
const options = { hostname: "127.0.0.1", port: 0, automaticCompression: true, onListen: () => {} };
const server = Deno.serve(options, (request) => app.fetch(request));
console.log(JSON.stringify({ port: server.addr.port }));
