import type { NewAccount } from "../../shared/account.ts";
import { failureCode, faultsOf } from "../text/failures.ts";

/** What is wrong with each value, as a word that a page has a sentence for. */
export interface AccountFaults {
  name?: "missing" | "too-long" | "refused";
  email?: "missing" | "malformed" | "taken";
  password?: "missing" | "too-short" | "too-long" | "refused";
}

/** The bounds of `NewAccount`. */
export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;
export const MAX_NAME = 80;
const MAX_EMAIL = 254;

/** What of a new account would be refused; `isNew` false asks only what signing in asks. */
export function accountFaults(account: NewAccount, isNew: boolean): AccountFaults {
  const { name, email, password } = account;
  const faults: AccountFaults = {};
  if (isNew && name.trim() === "") faults.name = "missing";
  else if (isNew && name.trim().length > MAX_NAME) faults.name = "too-long";
  const address = email.trim();
  if (address === "") faults.email = "missing";
  // The API's own rule is stricter; its refusal is shown at the field as well.
  else if (address.length > MAX_EMAIL || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
    faults.email = "malformed";
  }
  if (password === "") faults.password = "missing";
  else if (isNew && password.length < MIN_PASSWORD) faults.password = "too-short";
  else if (password.length > MAX_PASSWORD) faults.password = "too-long";
  return faults;
}

/** The values that the API refused. */
export function refusedValues(error: unknown): AccountFaults {
  if (failureCode(error) === "email-taken") return { email: "taken" };
  const issues = faultsOf(error);
  return {
    ...("name" in issues && { name: "refused" }),
    ...("email" in issues && { email: "malformed" }),
    ...("password" in issues && { password: "refused" }),
  };
}
