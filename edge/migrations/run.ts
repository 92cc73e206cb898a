import process from "node:process";
import { migrate, MigrationProblem } from "./migrate.ts";

// `npm run migrate`: brings the database of DATABASE_URL up to date.
const databaseUrl = process.env["DATABASE_URL"];
if (!databaseUrl) {
  console.error("Cannot migrate: DATABASE_URL is not set.");
  process.exit(2);
}
try {
  const applied = await migrate({ databaseUrl, log: console.log });
  if (applied.length === 0) console.log("Nothing to apply: the database is up to date.");
} catch (error) {
  if (!(error instanceof MigrationProblem)) throw error;
  console.error(error.message);
  process.exit(1);
}
