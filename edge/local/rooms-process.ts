// The room runtime as a process of its own, started by rooms.ts with ROOMS_CONFIG in its
// environment. It ends when the runtime below it ends, so that whoever started it can tell.
import type { Readable } from "node:stream";
import { Miniflare, NoOpLog } from "miniflare";
import { bundleRooms } from "./rooms-bundle.ts";
import type { RoomsConfig } from "./rooms.ts";
import { reasonOf } from "./start-problem.ts";

const config = JSON.parse(process.env.ROOMS_CONFIG ?? "{}") as RoomsConfig;

try {
  const bundle = await bundleRooms(config.partykitJsonPath);
  const runtime = new Miniflare({
    // PartyKit's own dev server listens on every interface and cannot be told otherwise.
    host: "127.0.0.1",
    port: config.port,
    // Without it the runtime asks Cloudflare's network for sample request metadata.
    cf: false,
    log: new NoOpLog(),
    // Part of the path of the rooms' storage: another name is an empty storage.
    name: "rooms",
    modules: [{ type: "ESModule", path: "rooms.mjs", contents: bundle.code }],
    compatibilityDate: bundle.compatibilityDate,
    compatibilityFlags: bundle.compatibilityFlags,
    durableObjects: bundle.durableObjects,
    durableObjectsPersist: config.storageDir,
    bindings: {
      ...Object.fromEntries(
        Object.entries(config.vars).map(([name, value]) => [`pkvar-${name}`, value]),
      ),
      PARTYKIT_CRONS: {},
    },
    handleRuntimeStdio(output: Readable, errors: Readable) {
      output.pipe(process.stdout);
      errors.pipe(process.stderr);
      output.on("end", () => {
        console.error("The room runtime ended.");
        process.exit(1);
      });
    },
  });
  await runtime.ready;
  console.log(`Rooms answer on port ${config.port}`);
} catch (error) {
  console.error(reasonOf(error));
  process.exit(1);
}
