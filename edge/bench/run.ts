import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

// `npm run bench -- NAME …`: a benchmark is a file in the bench folder of the part it measures.

const root = new URL("../../", import.meta.url);

/** Every benchmark's file, by the name that it is called by. */
function findBenchmarks(): Map<string, string> {
  const benchmarks = new Map<string, string>();
  for (const part of ["edge", "realtime", "web"]) {
    const folder = new URL(`${part}/bench/`, root);
    for (const file of filesIn(folder)) {
      const path = fileURLToPath(new URL(file, folder));
      if (path !== fileURLToPath(import.meta.url)) benchmarks.set(basename(file, ".ts"), path);
    }
  }
  return benchmarks;
}

function filesIn(folder: URL): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.includes(".test."));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const benchmarks = findBenchmarks();
const [name = "", ...options] = process.argv.slice(2);
const file = benchmarks.get(name);

if (file === undefined) {
  const names = [...benchmarks.keys()].sort().join(", ") || "none";
  console.error(`Cannot run a benchmark: "${name}" is not one of them (there are: ${names})`);
  process.exit(2);
}

const child = spawn(process.execPath, ["run", "-A", file, ...options], {
  cwd: fileURLToPath(root),
  stdio: "inherit",
});
child.on("exit", (code) => process.exit(code ?? 1));
