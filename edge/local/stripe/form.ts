import { invalidRequest } from "./stripe-refusal.ts";

/** What a form-encoded body holds: texts, lists and maps of them. */
export type FormValue = string | FormValue[] | FormMap;
export interface FormMap {
  [name: string]: FormValue;
}

/** Parses `a[b][0]=c&d[]=e`, as Stripe's SDKs write it; a map whose names all count is a list. */
export function parseForm(text: string): FormMap {
  const root: FormMap = Object.create(null) as FormMap;
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\]\[|\[|\]/).filter((part, i, all) => i < all.length - 1 || part);
    let at = root;
    for (const [i, part] of path.entries()) {
      const key = part === "" ? String(Object.keys(at).length) : part;
      if (i === path.length - 1) {
        at[key] = value;
        break;
      }
      const inner = at[key];
      at = typeof inner === "object" && !Array.isArray(inner)
        ? inner
        : (at[key] = Object.create(null) as FormMap);
    }
  }
  return listsIn(root) as FormMap;
}

function listsIn(value: FormValue): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, listsIn(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key], i) => key === String(i));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** A value as text; empty where it is a list or a map. */
export function textOf(value: FormValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Reads the parameters of one request and refuses those that it does not know, as Stripe does. */
export class Params {
  readonly #form: FormMap;
  readonly #read = new Set<string>(["expand", "key", "client_secret"]);

  constructor(form: FormMap) {
    this.#form = form;
  }

  text(name: string): string | undefined {
    this.#read.add(name);
    const value = this.#form[name];
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string") throw invalidRequest(`Invalid string: ${name}`, { param: name });
    return value;
  }

  needText(name: string): string {
    const value = this.text(name);
    if (value === undefined) {
      throw invalidRequest(`Missing required param: ${name}.`, {
        code: "parameter_missing",
        param: name,
      });
    }
    return value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      throw invalidRequest(`Invalid ${name}: must be one of ${allowed.join(", ")}`, {
        param: name,
      });
    }
    return found;
  }

  /** A whole number above zero. */
  amount(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,12}$/.test(value)) {
      throw invalidRequest(`Invalid integer: ${value}`, {
        code: "parameter_invalid_integer",
        param: name,
      });
    }
    if (Number(value) < 1) {
      throw invalidRequest("Invalid positive integer", {
        code: "parameter_invalid_integer",
        param: name,
      });
    }
    return Number(value);
  }

  map(name: string): FormMap {
    this.#read.add(name);
    const value = this.#form[name];
    if (value === undefined || value === "") return {};
    if (typeof value === "string" || Array.isArray(value)) {
      throw invalidRequest("Invalid object", { param: name });
    }
    return value;
  }

  /** `metadata`: names and texts. */
  metadata(): Record<string, string> {
    const entries = Object.entries(this.map("metadata"));
    return Object.fromEntries(entries.map(([key, value]) => [key, textOf(value)]));
  }

  /** Names that this endpoint takes without a meaning here. */
  ignore(...names: string[]): void {
    for (const name of names) this.#read.add(name);
  }

  /** To be called when all was read. */
  done(): void {
    const unknown = Object.keys(this.#form).find((name) => !this.#read.has(name));
    if (unknown === undefined) return;
    throw invalidRequest(`Received unknown parameter: ${unknown}`, {
      code: "parameter_unknown",
      param: unknown,
    });
  }
}
