import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

/** The two widths that every screen is made for. */
export const WIDTHS = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
} as const;

const shots = fileURLToPath(new URL("../../.dokkerr/e2e/", import.meta.url));

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"]!,
    // Its sandbox needs what a root user's container lacks, and it is to ask nobody but us.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** One person at their own browser, signed in to nothing. What goes wrong in a page is collected. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  faults: string[];
}

export async function visit(
  browser: Browser,
  size: { width: number; height: number } = WIDTHS.desk,
  // What a worker asks of the network, a test's routes do not see.
  serviceWorkers: "allow" | "block" = "block",
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: inject("productUrl"),
    viewport: size,
    serviceWorkers,
    locale: "en-GB",
    timezoneId: "America/New_York",
  });
  context.setDefaultTimeout(20_000);
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(error.error().message));
  const page = await context.newPage();
  return { context, page, faults };
}

/** Signs in a demo account, from wherever the page is. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("dokkerr-demo");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** A picture of a page, to be looked at: `.dokkerr/e2e/NAME.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: `${shots}${name}.png` });
}
