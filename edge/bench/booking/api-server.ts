import { neonConfig } from "@neondatabase/serverless";
import NodeWebSocket from "ws";
import { NewBooking } from "../../../shared/api.ts";
import { createApp } from "../../app.ts";
import { assemble } from "../../assemble.ts";
import { warmUpBooking } from "../../bookings/warm-up.ts";
import { parseConfig } from "../../config.ts";
import { createPlaceIndex } from "../../docks/place-index.ts";
import { personEndpoint, Reply } from "../../http/endpoint.ts";
import { createNeonSql } from "../../platform/neon-sql.ts";

// Two servers in one process: the product's, and one whose booking is one bare INSERT. The first
// line that it says is where they are.

neonConfig.webSocketConstructor = NodeWebSocket;
const config = parseConfig(Deno.env.toObject());
const sql = createNeonSql({
  databaseUrl: config.database.url,
  gateway: config.database.gateway,
  poolSize: config.database.poolSize,
});
const deps = assemble(config, {
  sql,
  places: createPlaceIndex({ harbours: [] }),
  assets: undefined,
  now: Date.now,
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  fetch: (url, init) => fetch(url, init),
  log: () => {},
  background: () => {},
  tileBytes: 32e6,
});

/** The same checks, session and body, and then one row. */
const postBare = personEndpoint({
  summary: "Write one row",
  body: NewBooking,
  status: 201,
  idempotency: "own",
  async handle({ sql, body }) {
    const rows = await sql.query<{ id: string }>(
      "INSERT INTO bare_stay (dock_id, nights) VALUES ($1, daterange($2, $3)) RETURNING id",
      [body.dockId, body.from, body.to],
    );
    return new Reply(rows[0], 201);
  },
});

const serve = (app: ReturnType<typeof createApp>) =>
  Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request, info) =>
      app.fetch(request, {
        background: (work) => void work.catch(() => undefined),
        remoteAddress: info.remoteAddr.hostname,
      }),
  ).addr.port;

const ours = serve(createApp(deps));
const bare = serve(createApp(deps, [["POST", "/api/bookings", postBare]]));
await warmUpBooking(sql, config.database.poolSize);
console.log(JSON.stringify({ ours, bare }));
