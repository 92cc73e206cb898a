import type { Stack } from "./stack.ts";

const accounts = ["guest", "guest2", "host", "host2", "admin"];

/** What a person needs once the stack runs: addresses, and who to sign in as. */
export function announce({ urls, isDemo }: Stack, tookMs: number): void {
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
