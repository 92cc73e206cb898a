// `npm start`: the whole product on this machine. Everything it starts ends with it.
import { announce } from "./announce.ts";
import { parseFlags, usage } from "./flags.ts";
import { report, runStack } from "./run-stack.ts";

try {
  const { help, webPort: _onlyInDevelopment, ...flags } = parseFlags(process.argv.slice(2));
  const startedMs = Date.now();
  if (help) console.log(usage);
  else {
    await runStack(
      { ...flags, env: process.env, log: (line) => console.log(`  ${line}`) },
      (stack) => announce(stack, Date.now() - startedMs),
    );
  }
} catch (error) {
  process.exit(report(error));
}
