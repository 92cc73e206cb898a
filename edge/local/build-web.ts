// `npm run build`: the client in every language, for whoever serves it elsewhere.
import { report } from "./run-stack.ts";
import { buildWeb } from "./web-build.ts";

try {
  console.log(`The client is in ${await buildWeb(console.log)}`);
} catch (error) {
  process.exit(report(error));
}
