import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { build, stop } from "esbuild";
import * as z from "zod/mini";
import { reasonOf, StartProblem } from "./start-problem.ts";

const facadeUrl = new URL("../../node_modules/partykit/dist/generated.js", import.meta.url);

/** The part of PartyKit's own configuration that its rooms need to run. */
const PartykitConfig = z.object({
  main: z.string(),
  parties: z.optional(z.record(z.string().check(z.regex(/^[a-z][a-zA-Z0-9]*$/)), z.string())),
  compatibilityDate: z.optional(z.string()),
  compatibilityFlags: z.optional(z.array(z.string())),
});

export interface RoomsBundle {
  code: string;
  /** Binding name → class name, as the facade expects them. */
  durableObjects: Record<string, string>;
  compatibilityDate: string;
  compatibilityFlags: string[];
}

/**
 * Builds the Worker that `partykit dev` and `partykit deploy` would: PartyKit's own facade with the
 * parties of a `partykit.json` filled in. Paths in it are relative to its folder.
 */
export async function bundleRooms(partykitJsonPath: string): Promise<RoomsBundle> {
  const directory = dirname(resolve(partykitJsonPath));
  const config = await readConfig(partykitJsonPath);
  const parties = Object.entries(config.parties ?? {});
  const facade = await readFile(facadeUrl, "utf8");
  const imports = parties.map(([name, path]) =>
    `import ${name} from ${JSON.stringify(resolve(directory, path))};
export const ${name}DO = createDurable(${name}, { name: "${name}" });
Workers["${name}"] = ${name};`
  ).join("\n");
  const result = await build({
    stdin: {
      // Functions as replacements: `$` in a path must stay a dollar sign.
      contents: facade
        .replace('"__WORKER__"', () => JSON.stringify(resolve(directory, config.main)))
        .replace("__R2_BINDINGS__", "[]")
        .replace("__KV_BINDINGS__", "[]")
        .replace("__PARTIES__", () => imports),
      resolveDir: directory,
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "esnext",
    conditions: ["partykit", "workerd", "worker"],
    external: ["node:*", "cloudflare:*"],
    sourcemap: "inline",
    logLevel: "silent",
    plugins: [{
      name: "no-static-assets",
      setup(builder) {
        builder.onResolve(
          { filter: /^__STATIC_ASSETS_MANIFEST__$/ },
          ({ path }) => ({ path, namespace: "no-static-assets" }),
        );
        builder.onLoad(
          { filter: /.*/, namespace: "no-static-assets" },
          () => ({ contents: "export default { assets: {} };" }),
        );
      },
    }],
  }).catch((error: unknown) => {
    throw new StartProblem(`Cannot build the rooms: ${reasonOf(error)}`);
  });
  // Its service would stay for as long as the rooms run.
  await stop();
  return {
    code: result.outputFiles[0]?.text ?? "",
    durableObjects: {
      PARTYKIT_DURABLE: "PartyKitDurable",
      ...Object.fromEntries(parties.map(([name]) => [name, `${name}DO`])),
    },
    compatibilityDate: config.compatibilityDate ?? "2024-07-18",
    compatibilityFlags: ["nodejs_compat", ...(config.compatibilityFlags ?? [])],
  };
}

async function readConfig(path: string): Promise<z.infer<typeof PartykitConfig>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new StartProblem(`Cannot read ${path}: ${reasonOf(error)}`);
  }
  const parsed = PartykitConfig.safeParse(value);
  if (!parsed.success) {
    throw new StartProblem(`Cannot read ${path}: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}
