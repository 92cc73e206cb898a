import type { FailureCode } from "../api/http.ts";
import { failureTexts } from "./failure-words.ts";

const TEXTS: Partial<Record<FailureCode, string>> = failureTexts;

/** A failure in words; the API's own sentence where it says more than its code. */
export function failureWords(error: unknown): string {
  const code = failureCode(error);
  const text = code && TEXTS[code];
  if (text) return text;
  return code && error instanceof Error && error.message ? error.message : failureTexts.internal;
}

/** The code of a request's failure; undefined where the error is our own fault. */
export function failureCode(error: unknown): FailureCode | undefined {
  return error instanceof Error && error.name === "ApiFailure" && "code" in error
    ? error.code as FailureCode
    : undefined;
}

/** The API's sentences about single values, by their path (`rate.minor`). */
export function faultsOf(error: unknown): Record<string, string> {
  const issues = error instanceof Error && "issues" in error && Array.isArray(error.issues)
    ? error.issues as { path: string; message: string }[]
    : [];
  return Object.fromEntries(issues.map(({ path, message }) => [path, message]));
}
