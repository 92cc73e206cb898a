import { describe, expect, it } from "vitest";
import { NewAccount } from "../../shared/account.ts";
import { ApiFailure } from "../api/http.ts";
import { accountFaults, refusedValues } from "./account-check.ts";
import { createAccountDraft } from "./account-draft.ts";

const good = { name: "Ann", email: "ann@example.org", password: "long enough" };

describe("accountFaults", () => {
  it("lets through what the API takes", () => {
    expect(accountFaults(good, true)).toEqual({});
    expect(NewAccount.safeParse(good).success).toBe(true);
    const spaced = { ...good, name: " Ann ", email: " Ann@Example.org " };
    expect(accountFaults(spaced, true)).toEqual({});
    expect(NewAccount.safeParse(spaced).success).toBe(true);
  });

  it.each(
    [
      ["name", "", "missing"],
      ["name", "a".repeat(81), "too-long"],
      ["email", "", "missing"],
      ["email", "ann@example", "malformed"],
      ["email", "ann example.org", "malformed"],
      ["password", "", "missing"],
      ["password", "1234567", "too-short"],
      ["password", "a".repeat(129), "too-long"],
    ] as const,
  )("says what is wrong with %s %j, which the API refuses too", (name, value, fault) => {
    const account = { ...good, [name]: value };
    expect(accountFaults(account, true)).toEqual({ [name]: fault });
    expect(NewAccount.safeParse(account).success).toBe(false);
  });

  it("asks no more of a sign-in than address and password", () => {
    expect(accountFaults({ name: "", email: good.email, password: "old" }, false)).toEqual({});
  });
});

describe("refusedValues", () => {
  it("finds the field that a refusal is about", () => {
    expect(refusedValues(new ApiFailure("email-taken", ""))).toEqual({ email: "taken" });
    const issues = [{ path: "email", message: "must be an e-mail address" }];
    expect(refusedValues(new ApiFailure("invalid", "", { issues }))).toEqual({
      email: "malformed",
    });
    expect(refusedValues(new ApiFailure("offline", ""))).toEqual({});
  });
});

describe("createAccountDraft", () => {
  it("survives a change of pages and a reload, until somebody is in", () => {
    let text: string | null = null;
    const kept = {
      getItem: () => text,
      setItem: (_: string, value: string) => void (text = value),
    };
    const draft = createAccountDraft(kept);
    draft.change({ email: "ann@example.org" });
    draft.change({ name: "Ann" });
    expect(createAccountDraft(kept).value.value).toEqual({ name: "Ann", email: "ann@example.org" });
    draft.clear();
    expect(createAccountDraft(kept).value.value).toEqual({ name: "", email: "" });
    text = "{";
    expect(createAccountDraft(kept).value.value).toEqual({ name: "", email: "" });
  });
});
