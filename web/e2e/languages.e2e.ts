import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { launchBrowser, picture, signIn, visit, WIDTHS } from "./browser.ts";
import { buildPseudoClient, type PseudoClient } from "./pseudo-client.ts";
import { forgottenWords, shownTexts, stringsIn } from "./shown-text.ts";

const NEWPORT = "near=41.49,-71.32&radiusM=15000&at=Newport&from=2027-06-07&to=2027-06-10" +
  "&loaCm=900&beamCm=300&draftCm=140&displacementKg=4000&hullType=mono";
/** Names of waters, which the client itself proposes. */
const WATERS = ["Newport", "Rhode Island", "Palma", "Mallorca", "Split", "Dalmatia", "Falmouth"]
  .concat("Cornwall", "Bergen", "Vestland", "Suva", "Fiji");

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("the pseudo-language on a phone", () => {
  let client: PseudoClient;
  let context: BrowserContext;
  let page: Page;
  const data = new Set(WATERS);
  const reading: Promise<unknown>[] = [];

  beforeAll(async () => {
    client = await buildPseudoClient();
    context = await browser.newContext({
      baseURL: inject("productUrl"),
      viewport: WIDTHS.phone,
      locale: "en-GB",
      serviceWorkers: "block",
    });
    context.setDefaultTimeout(20_000);
    page = await context.newPage();
    await signIn(page, "guest@dokkerr.test");
    await client.serve(context);
    page.on("response", (response) => {
      if (!(response.headers()["content-type"] ?? "").includes("json")) return;
      reading.push(response.json().then((body) => stringsIn(body, data), () => undefined));
    });
  });
  afterAll(async () => {
    await context?.close();
    await client?.remove();
  });

  /** Neither a forgotten word nor a text that has no room. */
  async function expectGood(name: string): Promise<void> {
    await page.waitForLoadState("networkidle");
    await Promise.all(reading);
    const forgotten = forgottenWords(await shownTexts(page), data);
    expect.soft({ name, forgotten }).toEqual({ name, forgotten: [] });
    const overflow = await page.evaluate(() => ({
      isWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      cut: [...document.querySelectorAll<HTMLElement>(".button, .field label, h1, h2")]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.innerText),
    }));
    expect.soft({ name, ...overflow }).toEqual({ name, isWide: false, cut: [] });
    await picture(page, `pseudo-${name}`);
  }

  test("the search, and all that it opens", async () => {
    await page.goto("/");
    await page.getByRole("heading", { name: "⟦Find a berth that fits" }).waitFor();
    await expectGood("landing");
    await page.goto(`/?${NEWPORT}`);
    await page.locator(".dock-card .fit").first().waitFor();
    await expectGood("search");
    for (const opener of ["Filters", "Nights", "Boat", "Account and settings"]) {
      await page.getByRole("button", { name: `⟦${opener}` }).first().click();
      await page.locator(".panel:popover-open :is(form, .account-menu, .calendar)").first()
        .waitFor();
      await expectGood(`search-${opener.toLowerCase().replaceAll(" ", "-")}`);
      await page.keyboard.press("Escape");
    }
    await page.locator(".dock-card-fit").first().click();
    await page.locator(".dock-card-reasons li").first().waitFor();
    await expectGood("search-reasons");
  });

  test("a dock", async () => {
    await page.goto(`/?${NEWPORT}`);
    await page.locator(".dock-card h3 a").first().click();
    await page.locator(".quote-total").waitFor();
    await page.locator(".fit-reasons li").first().waitFor();
    await expectGood("dock");
  });

  test("an account and its boats", async () => {
    await page.goto("/boats");
    await page.locator("h1").first().waitFor();
    await expectGood("boats");
    for (const path of ["/sign-in", "/sign-up", "/nowhere"]) {
      await page.goto(path);
      await page.locator("h1").first().waitFor();
      await expectGood(path.slice(1));
    }
  });
});

describe("a language", () => {
  test("is the browser's, until another is chosen", async () => {
    const context = await browser.newContext({
      baseURL: inject("productUrl"),
      viewport: WIDTHS.phone,
      locale: "de-DE",
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(`/?${NEWPORT}`);
    await page.locator(".dock-card .fit").first().waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await page.getByText(/^\d+ Liegeplätze$/).waitFor();
    await picture(page, "german-search");
    await page.getByRole("button", { name: "Konto und Einstellungen" }).click();
    await page.getByLabel("Sprache").selectOption("es");
    await page.getByRole("button", { name: "Cuenta y ajustes" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("es");
    await page.goto("/sign-in");
    await page.getByRole("heading", { name: "Iniciar sesión" }).waitFor();
    await context.close();
  });

  test("comes with a palette for the sun, on a desk too", async () => {
    const { page, context } = await visit(browser);
    await page.goto(`/?${NEWPORT}`);
    await page.locator(".dock-card .fit").first().waitFor();
    await page.getByRole("button", { name: "Account and settings" }).click();
    await page.getByRole("button", { name: "Sunlight" }).click();
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    expect(await ink()).toBe("rgb(0, 0, 0)");
    await page.reload();
    await page.locator(".dock-card .fit").first().waitFor();
    expect(await ink()).toBe("rgb(0, 0, 0)");
    await picture(page, "sunlight-search");
    await context.close();
  });
});
