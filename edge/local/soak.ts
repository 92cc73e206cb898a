// `npm run soak -- NAME …`: what takes long. A suite is a file *.soak.ts; without names, all of them.
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";
import { root } from "./root.ts";

const files = globSync("{edge,realtime,web}/**/*.soak.ts", { cwd: root });
const suites = new Map(files.map((file) => [basename(file, ".soak.ts"), file]));
const names = process.argv.slice(2);
const unknown = names.find((name) => !suites.has(name));

if (unknown !== undefined) {
  const known = [...suites.keys()].toSorted().join(", ");
  console.error(`Cannot soak: "${unknown}" is not a suite (there are: ${known})`);
  process.exit(2);
}
const chosen = names.length === 0 ? [...suites.values()] : names.map((name) => suites.get(name)!);
const args = ["vitest", "run", "--config", ".ci/vitest.config.ts", "--project", "soak", ...chosen];
const child = spawn("npx", args, {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, DOKKERR_SOAK: "1" },
});
child.on("exit", (code) => process.exit(code ?? 1));
