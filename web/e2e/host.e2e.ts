import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, picture, visit, WIDTHS } from "./browser.ts";

const PASSWORD = "three words together";
/** Far from every demo harbour: what is found there is what was made here. */
const HARBOUR = { name: "Sandvika Bay", place: "Port Sorrow", lat: "-36.812", lon: "174.795" };
const STAY = { from: "2027-06-07", to: "2027-06-10" };

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function enter(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
}

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto("/sign-up");
  const email = `${crypto.randomUUID()}@example.org`;
  await enter(page, { "Your name": name, "E-mail": email, "Password": PASSWORD });
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-up");
}

test("a new host publishes a first dock, and a new guest finds and books it", async () => {
  const host = await visit(browser);
  await signUp(host.page, "Hedda Host");
  await host.page.goto("/host/docks/new");
  const goOn = host.page.getByRole("button", { name: "Go on" });
  await enter(host.page, {
    "Harbour's name": HARBOUR.name,
    "Town or island": HARBOUR.place,
    "Time zone": "Pacific/Auckland",
    "Latitude": HARBOUR.lat,
    "Longitude": HARBOUR.lon,
  });
  await host.page.getByLabel("Country").selectOption("NZ");
  await picture(host.page, "new-harbour-desk");
  await goOn.click();
  await host.page.getByRole("heading", { name: "Berth", level: 1 }).waitFor();
  await enter(host.page, { "Name": "The old jetty", "Longest boat": "14", "Widest beam": "5" });
  await enter(host.page, { "Depth": "3.2" });
  await goOn.click();
  await host.page.getByRole("heading", { name: "Stays", level: 1 }).waitFor();
  await goOn.click();
  await host.page.getByRole("heading", { name: "Price", level: 1 }).waitFor();
  await host.page.getByLabel("Currency").selectOption("NZD");
  await host.page.getByLabel("Price of a night").fill("45");
  await picture(host.page, "new-price-desk");
  await goOn.click();
  await host.page.getByRole("button", { name: "Publish the dock" }).click();
  await host.page.waitForURL("**/host/docks/*?made=published");
  await picture(host.page, "host-dock-desk");
  expect(host.faults).toEqual([]);

  const guest = await visit(browser, WIDTHS.phone);
  await signUp(guest.page, "Gus Guest");
  await guest.page.goto("/");
  await guest.page.getByRole("combobox", { name: "Where" }).fill("Sandvika B");
  await guest.page.getByRole("option", { name: HARBOUR.name }).first().click();
  await guest.page.getByRole("button", { name: /^Nights/ }).click();
  await guest.page.getByLabel("Arrive").fill(STAY.from);
  await guest.page.getByLabel("Leave").fill(STAY.to);
  await guest.page.getByRole("button", { name: "Done" }).click();
  const card = guest.page.getByRole("article").filter({ hasText: "The old jetty" });
  await card.getByText("NZ$135", { exact: true }).waitFor();
  await picture(guest.page, "found-phone");
  await card.getByRole("link", { name: "The old jetty" }).click();
  await guest.page.getByRole("heading", { name: "The old jetty" }).waitFor();
  const dockId = /docks\/(\d+)/.exec(guest.page.url())![1]!;
  await guest.page.goto(`/docks/${dockId}/book?from=${STAY.from}&to=${STAY.to}`);
  await enter(guest.page, { "Name": "Tern" });
  await picture(guest.page, "book-new-boat-phone");
  await enter(guest.page, { "Length over all": "9.2", "Beam": "3", "Draft": "1.5" });
  await guest.page.getByRole("button", { name: "Save her and go on" }).click();
  await guest.page.getByRole("button", { name: "Book now" }).click();
  await guest.page.getByText("The berth is yours.").waitFor();
  await picture(guest.page, "booked-phone");
  expect(guest.faults).toEqual([]);

  await host.page.goto("/host");
  await host.page.getByText("Gus Guest").first().waitFor();
  await picture(host.page, "host-desk");
}, 180_000);
