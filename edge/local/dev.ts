// `npm run dev`: the same stack as `npm start`, and what is changed is loaded again.
import { watch } from "node:fs";
import { join } from "node:path";
import { announce } from "./announce.ts";
import { parseFlags, usage } from "./flags.ts";
import { root } from "./root.ts";
import { report, runStack } from "./run-stack.ts";
import type { Stack } from "./stack.ts";
import { reasonOf } from "./start-problem.ts";

const log = (line: string) => console.log(`  ${line}`);

/** Restarts a part once the sources in its folders have been quiet for a moment. */
function reloadOnChange(name: string, folders: string[], restart: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  const reload = () =>
    restart().then(
      () => log(`${name} was started again`),
      (error: unknown) => log(`${name} waits for the next change: ${reasonOf(error)}`),
    );
  for (const folder of folders) {
    watch(join(root, folder), { recursive: true }, (_event, path) => {
      if (path === null || !isRunByPart(path)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        reloading = reloading.then(reload);
      }, 150);
    });
  }
}

/** Not the tests, and not the embedded stack, which runs in this process. */
function isRunByPart(path: string): boolean {
  return /\.(tsx?|json)$/.test(path) && !/\.test\.tsx?$|^(local|bench|migrations)\//.test(path);
}

function reloadParts({ edge, rooms }: Stack): void {
  if (edge) reloadOnChange("The edge", ["edge", "shared"], () => edge.restart());
  if (rooms) reloadOnChange("The room runtime", ["realtime", "shared"], () => rooms.restart());
  log("A changed migration needs a new start; everything else is loaded again by itself.");
}

try {
  const { help, ...flags } = parseFlags(process.argv.slice(2));
  const startedMs = Date.now();
  if (help) console.log(usage);
  else {
    await runStack({ ...flags, env: process.env, isVerbose: true, log }, (stack) => {
      announce(stack, Date.now() - startedMs);
      reloadParts(stack);
    });
  }
} catch (error) {
  process.exit(report(error));
}
