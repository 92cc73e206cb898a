import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, picture, signIn, visit } from "./browser.ts";

const STAY = { from: "2027-10-04", to: "2027-10-07" };
const BOAT = {
  hullType: "mono",
  loaCm: 900,
  beamCm: 300,
  draftCm: 140,
  airDraftCm: 1_200,
  displacementKg: 4_000,
  insuranceExpires: "2028-01-01",
};
const AROUND = { near: "41.49,-71.32", radiusM: "15000" };

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Values as an address has them. */
function toQuery(values: Readonly<Record<string, string | number | boolean>>): string {
  return String(new URLSearchParams(Object.entries(values).map(([key, to]) => [key, `${to}`])));
}

test(
  "a dock in view that somebody books fades at once, and the nearest that fits is offered",
  async () => {
    const [looker, booker] = await Promise.all([visit(browser), visit(browser)]);
    await signIn(booker.page, "guest2@dokkerr.test");
    const question = { ...AROUND, ...STAY, ...BOAT, instant: true };
    const { page } = looker;
    const isListening = page.waitForEvent("websocket", {
      predicate: (socket) => socket.url().includes("/parties/water/"),
    }).then((socket) => socket.waitForEvent("framereceived"));
    await page.goto(`/?${toQuery({ ...question, at: "Newport" })}`);
    const map = page.getByRole("region", { name: "Map of the docks in the list" });
    await map.locator(".pin").first().waitFor({ state: "attached" });
    await isListening;

    interface Item {
      id: number;
      name: string;
      kind: string;
      fit: { verdict: string };
    }
    const found = await booker.context.request.get(`/api/docks?${toQuery(question)}`);
    const { items } = await found.json() as { items: Item[] };
    // A quay has room for several: what was taken there is only a part.
    const dock = items.find(({ kind, fit }) => kind === "slip" && fit.verdict === "fits")!;
    const terms = { ...STAY, ...BOAT };
    const quoted = await booker.context.request.get(
      `/api/docks/${dock.id}/quote?${toQuery(terms)}`,
    );
    const { quote } = await quoted.json() as { quote: string };
    const answer = await booker.context.request.post("/api/bookings", {
      data: { dockId: dock.id, ...STAY, boat: { name: "Faster", ...BOAT }, quote },
      headers: { "Idempotency-Key": crypto.randomUUID() },
    });
    expect(answer.status()).toBe(201);

    const news = page.locator(".map-news");
    await news.getByText(`${dock.name} was just taken.`).waitFor();
    const card = page.getByRole("listitem").filter({ has: page.getByText("Just taken") });
    expect(await card.getByRole("heading").innerText()).toBe(dock.name);
    await map.locator(".pin.taken").waitFor({ state: "attached" });
    expect(await map.locator(".pin.taken").count()).toBe(1);
    await news.getByText("Nearest that fits:").waitFor();
    await picture(page, "just-taken-desk");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "just-taken-dark-desk");

    const { id } = await answer.json() as { id: string };
    const offered = await news.getByRole("link").getAttribute("href");
    expect(items.map((item) => String(item.id))).toContain(/docks\/(\d+)/.exec(offered!)![1]);
    expect(offered).not.toContain(`/docks/${dock.id}?`);

    // Set free again, it is as it was.
    const cancelled = await booker.context.request.post(`/api/bookings/${id}/cancel`, {
      data: {},
      headers: {
        "Idempotency-Key": crypto.randomUUID(),
        "If-Match": answer.headers()["etag"]!,
      },
    });
    expect(cancelled.ok()).toBe(true);
    await card.waitFor({ state: "detached" });
    expect(await map.locator(".pin.taken").count()).toBe(0);
    expect([looker.faults, booker.faults]).toEqual([[], []]);
    await Promise.all([looker.context.close(), booker.context.close()]);
  },
  120_000,
);
