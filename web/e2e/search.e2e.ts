import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, picture, signIn, visit, WIDTHS } from "./browser.ts";

/** What all script until a changed filter is shown may weigh, gzipped; the map comes after it. */
const BUDGET_BYTES = 26_000;
const NEWPORT = "/?near=41.49,-71.32&radiusM=15000&at=Newport&from=2027-06-07&to=2027-06-10" +
  "&loaCm=900&beamCm=300&draftCm=140&displacementKg=4000&hullType=mono";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function list(page: Page) {
  return page.locator(".results-list");
}

async function counted(page: Page): Promise<string> {
  const count = list(page).getByRole("status").filter({ hasText: /docks?$/ });
  return await count.innerText();
}

/** Waits until the API has answered what a deed asks for, and the list shows it. */
async function renewed(page: Page, deed: () => Promise<unknown>): Promise<string> {
  const answer = page.waitForResponse((response) => response.url().includes("/api/docks?"));
  await deed();
  const { total } = await (await answer).json() as { total: { value: number } };
  await list(page).getByRole("status").filter({
    hasText: new RegExp(`^${total.value || "No"} dock`),
  })
    .waitFor();
  return await counted(page);
}

test("the first filter is shown before the script weighs more than its budget", async () => {
  const { page, faults } = await visit(browser);
  const scripts: Promise<{ name: string; bytes: number }>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const name = new URL(response.url()).pathname;
    scripts.push(response.body().then((body) => ({ name, bytes: gzipSync(body).length })));
  });
  await renewed(page, () => page.goto(NEWPORT));
  await page.getByRole("button", { name: "Filters" }).click();
  const slip = page.locator("label").filter({ hasText: /^Slip$/ });
  await slip.waitFor();
  await renewed(page, () => slip.click());
  const loaded = await Promise.all(scripts);
  // What tells of the water comes after the map, where one looks on for long enough.
  const isMap = ({ name }: { name: string }) => /dock-map|runtime|map-news|room|schemas/.test(name);
  const total = loaded.filter((script) => !isMap(script)).reduce(
    (sum, { bytes }) => sum + bytes,
    0,
  );
  expect(loaded.filter((script) => !isMap(script)).length).toBeGreaterThan(1);
  expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
  expect(faults).toEqual([]);
});

test("the address says the search again: shared, reloaded, gone back to", async () => {
  const { page, context, faults } = await visit(browser);
  const all = await renewed(page, () => page.goto(NEWPORT));
  const some = await renewed(
    page,
    () => page.getByRole("button", { name: "Book at once" }).click(),
  );
  expect(page.url()).toContain("instant=true");
  const shared = await context.newPage();
  expect(await renewed(shared, () => shared.goto(page.url()))).toBe(some);
  expect(await renewed(page, () => page.goBack())).toBe(all);
  expect(await renewed(page, () => page.goForward())).toBe(some);

  const first = page.locator(".dock-card h3 a").first();
  const name = await first.innerText();
  await first.click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  expect(page.url()).toContain("loaCm=900");
  await page.goBack();
  expect(await counted(page)).toBe(some);
  expect(faults).toEqual([]);
});

test("moving the map searches what it shows, and a picked place leads back", async () => {
  const { page, faults } = await visit(browser);
  await renewed(page, () => page.goto(NEWPORT));
  const map = page.getByRole("region", { name: "Map of the docks in the list" });
  await map.locator(".pin").first().waitFor({ state: "attached" });
  expect(page.url()).not.toContain("bbox");
  await renewed(page, () => map.getByTitle("Further away").click());
  await page.waitForURL(/bbox=/);
  await page.getByRole("heading", { name: "Docks in this part of the map" }).waitFor();

  const where = page.getByRole("combobox", { name: "Where" });
  await where.fill("newp");
  await page.getByRole("option").first().waitFor();
  await where.press("Enter");
  await page.waitForURL(/near=/);
  await page.getByRole("heading", { name: /^Docks near Newport/ }).waitFor();
  expect(page.url()).toContain("from=2027-06-07");
  expect(faults).toEqual([]);
});

test("nights are chosen by keyboard, and the focus comes back to where it was", async () => {
  const { page } = await visit(browser);
  await renewed(page, () => page.goto(NEWPORT));
  const nights = page.getByRole("button", { name: /^Nights/ });
  await nights.press("Enter");
  const arrival = page.getByRole("button", { name: /7 Jun.*arrival/ });
  await arrival.focus();
  await arrival.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await renewed(page, () => page.keyboard.press("Enter"));
  expect(page.url()).toContain("from=2027-06-08&to=2027-06-15");
  await page.keyboard.press("Escape");
  expect(await nights.evaluate((button) => button === document.activeElement)).toBe(true);
});

test("a phone shows the list or the map, and nothing runs over its edge", async () => {
  const { page, faults } = await visit(browser, WIDTHS.phone);
  await page.goto("/");
  await page.getByRole("heading", { name: "Find a berth that fits." }).waitFor();
  await picture(page, "landing-phone");
  for (const address of ["/", NEWPORT]) {
    await page.goto(address);
    await page.getByRole("combobox", { name: "Where" }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(WIDTHS.phone.width);
  }
  await page.locator(".dock-card h3").first().waitFor();
  await picture(page, "search-phone");
  await page.getByRole("button", { name: "Map" }).click();
  await page.locator(".pin").first().waitFor({ state: "attached" });
  expect(await page.locator(".dock-card").first().isVisible()).toBe(false);
  await picture(page, "search-map-phone");
  await page.getByRole("button", { name: "List" }).click();
  expect(await page.locator(".dock-card").first().isVisible()).toBe(true);
  expect(faults).toEqual([]);
});

test("a booking whose answer is lost happens once, also after a reload", async () => {
  const { page, context, faults } = await visit(browser);
  await signIn(page, "guest2@dokkerr.test");
  const boat = { name: "Lost Answer", hullType: "mono", loaCm: 900, beamCm: 300, draftCm: 140 };
  await context.request.post("/api/boats", {
    data: { ...boat, displacementKg: 4_000, airDraftCm: 1_200, insuranceExpires: "2028-01-01" },
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  const found = await context.request.get(
    "/api/docks?near=41.49,-71.32&radiusM=60000&from=2027-09-06&to=2027-09-08&instant=true" +
      "&loaCm=900&beamCm=300&draftCm=140&airDraftCm=1200&displacementKg=4000&hullType=mono" +
      "&insuranceExpires=2028-01-01",
  );
  const { items } = await found.json() as { items: { id: number; fit: { verdict: string } }[] };
  const dock = items.find(({ fit }) => fit.verdict === "fits");
  expect(dock).toBeDefined();

  let isCut = true;
  const keys: (string | undefined)[] = [];
  await page.route("**/api/bookings", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (!isCut) return await route.continue();
    // The server books; its answer never arrives.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.goto(`/docks/${dock!.id}/book?from=2027-09-06&to=2027-09-08`);
  await page.getByRole("button", { name: /^Lost Answer/ }).click();
  await page.getByRole("button", { name: /^(Book now|Go on to payment)$/ }).click();
  await page.getByText("We did not hear back").waitFor();
  isCut = false;
  await page.reload();
  // The nights are taken now: by this very booking, as the answer to the second try says.
  await page.getByRole("button", { name: "Try once more" }).click();
  await page.waitForURL(/\/bookings\//);
  expect(new Set(keys).size).toBe(1);
  const mine = await context.request.get("/api/bookings?role=guest&limit=100");
  const { items: bookings } = await mine.json() as { items: { from: string; dockId: number }[] };
  expect(bookings.filter(({ from, dockId }) => from === "2027-09-06" && dockId === dock!.id))
    .toHaveLength(1);
  expect(faults).toEqual([]);
});
