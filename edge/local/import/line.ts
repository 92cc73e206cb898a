import type { Issue } from "../../../shared/problem.ts";

/** One dock of a file: what is written there, or why that cannot be read. */
export type Line =
  & { /** Where it begins, from 1. */ line: number }
  & ({ value: unknown } | { issues: readonly Issue[] });
