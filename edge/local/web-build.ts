import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Language, LANGUAGES } from "../../shared/language.ts";
import { denoPath } from "./deno-path.ts";
import { root } from "./root.ts";
import { StartProblem } from "./start-problem.ts";

const webDir = join(root, "web");
const distDir = join(webDir, "dist");
const stampName = "build.json";

/**
 * Builds the web client in each language into `web/dist` unless what is there was built from these very sources, and
 * returns that folder. A build goes elsewhere and is moved, so that half of one is never served.
 *
 * @throws {StartProblem} with the bundler's words when it fails.
 */
export async function buildWeb(log: (line: string) => void): Promise<string> {
  const sources = await hashSources();
  if (await builtFrom() === sources) return distDir;
  log("Building the web client…");
  const unfinished = join(root, "node_modules", ".cache", "dokkerr", `web-${process.pid}`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  try {
    for (const language of LANGUAGES) {
      await runVite(["build", webDir, "--outDir", unfinished, "--logLevel", "warn"], language);
    }
    await writeFile(join(unfinished, stampName), JSON.stringify({ sources }));
    // An edge that serves the folder misses it for no longer than two renames.
    await rename(distDir, `${unfinished}.old`).catch(() => {});
    await rename(unfinished, distDir);
  } finally {
    for (const path of [unfinished, `${unfinished}.old`]) {
      await rm(path, { recursive: true, force: true });
    }
  }
  return distDir;
}

/** What a command line for vite is, under the Deno that is here anyway. */
export function viteCommand(args: string[]): { command: string; args: string[] } {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  return { command: denoPath(), args: ["run", "--no-prompt", "-A", vite, ...args] };
}

async function runVite(viteArgs: string[], language: Language): Promise<void> {
  const { command, args } = viteCommand(viteArgs);
  const child = spawn(command, args, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      DOKKERR_LANGUAGE: language,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => output += chunk.toString());
  child.stderr.on("data", (chunk: Buffer) => output += chunk.toString());
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new StartProblem(`Cannot build the web client: ${withoutTrace(output)}`);
}

/** The bundler's words for a person; where in the bundler it happened helps nobody here. */
function withoutTrace(output: string): string {
  return output.trim().split("\n").filter((line) => !/^\s+at |^\s*errors: \[|^}/.test(line))
    .join("\n");
}

async function builtFrom(): Promise<string | undefined> {
  try {
    const stamp = JSON.parse(await readFile(join(distDir, stampName), "utf8")) as {
      sources?: string;
    };
    return stamp.sources;
  } catch {
    return undefined;
  }
}

/** A hash of all that goes into a build: contents, because a checkout touches every time stamp. */
async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  const files = [join(root, "package-lock.json")];
  for (const folder of [webDir, join(root, "shared")]) await collect(folder, files);
  for (const file of files.sort()) {
    hash.update(relative(root, file)).update("\0").update(await readFile(file)).update("\0");
  }
  return hash.update(process.env.DOKKERR_BUILD ?? "").digest("hex");
}

async function collect(folder: string, files: string[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (path !== distDir && entry.name !== "e2e" && entry.name !== "bench") {
        await collect(path, files);
      }
    } else if (!/\.(test\.tsx?|tsbuildinfo)$/.test(entry.name)) {
      files.push(path);
    }
  }
}
