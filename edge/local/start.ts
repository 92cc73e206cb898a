// `npm start`: the whole product on this machine. Everything it starts ends with it.
import { parseFlags, usage } from "./flags.ts";
import { report, runStack } from "./run-stack.ts";
import type { Stack } from "./stack.ts";

const accounts = ["guest", "guest2", "host", "host2", "admin"];

async function main(args: string[]): Promise<void> {
  const flags = parseFlags(args);
  if (flags.help) {
    console.log(usage);
    return;
  }
  const startedMs = Date.now();
  await runStack(
    { ...flags, env: process.env, log: (line) => console.log(`  ${line}`) },
    (stack) => announce(stack, Date.now() - startedMs),
  );
}

function announce({ urls, isDemo }: Stack, tookMs: number): void {
  const lines = [
    "",
    `Dokkerr is ready (${(tookMs / 1000).toFixed(1)} s). Ctrl-C stops it.`,
    "",
    `  Web and API  ${urls.public}`,
    `  Reference    ${urls.public}/api/reference`,
    `  Rooms        ${urls.rooms}`,
  ];
  if (isDemo) {
    const emails = accounts.map((name) => `${name}@dokkerr.test`);
    lines.push("", `  Sign in as   ${emails.join(", ")}`, "  Password     dokkerr-demo");
  }
  console.log(`${lines.join("\n")}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exit(report(error));
}
