import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { StartProblem } from "./start-problem.ts";

const names = [
  "postgresPassword",
  "redisPassword",
  "redisToken",
  "s3SecretKey",
  "authSecret",
  "realtimeSecret",
  "stripeSecretKey",
  "stripeWebhookSecret",
] as const;

export type Secrets = Record<(typeof names)[number], string>;

const SecretsFile = z.record(z.string(), z.string().check(z.minLength(32)));

/**
 * The embedded stack's own secrets: made once, kept in `secrets.json` of the data folder, readable
 * by nobody else. They open nothing outside this machine.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, "secrets.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw new StartProblem(`Cannot read ${path}: ${error.message}.`);
  });
  const kept = parseSecrets(text, path);
  const secrets = Object.fromEntries(
    names.map((name) => [name, kept[name] ?? randomBytes(32).toString("hex")]),
  ) as Secrets;
  if (names.every((name) => name in kept)) return secrets;
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, JSON.stringify({ ...kept, ...secrets }, undefined, 2), {
    mode: 0o600,
  });
  await rename(unfinished, path);
  return secrets;
}

function parseSecrets(text: string, path: string): Record<string, string> {
  try {
    return SecretsFile.parse(JSON.parse(text));
  } catch {
    throw new StartProblem(
      `Cannot start: ${path} is damaged; put the right file back, or begin anew with --fresh.`,
    );
  }
}
