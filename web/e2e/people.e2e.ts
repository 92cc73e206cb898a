import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Boat } from "../../shared/boat.ts";
import { launchBrowser, picture, visit, WIDTHS } from "./browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const PASSWORD = "three words together";

function newAddress(): string {
  return `ann-${crypto.randomUUID()}@example.org`;
}

async function enter(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
}

test("one signs up, out and in, comes back to where one was, and loses nothing typed", async () => {
  const { context, page, faults } = await visit(browser, WIDTHS.phone);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const email = newAddress();

  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  expect(asked).not.toContain("/api/me");

  await page.goto("/boats");
  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  await enter(page, { "Your name": "Ann", "E-mail": "guest@dokkerr.test", "Password": "short" });
  const submit = page.getByRole("button", { name: "Create the account" });
  await submit.click();
  await page.getByText("at least 8 characters.").first().waitFor();
  await enter(page, { Password: PASSWORD });
  await submit.click();
  const taken = page.getByText("There is already an account with that address.");
  await taken.waitFor();
  await picture(page, "sign-up-phone");

  await page.getByRole("link", { name: "Sign in with it" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe("guest@dokkerr.test");
  await enter(page, { Password: "wrong" });
  await page.getByRole("button", { name: "Show the password" }).click();
  expect(await page.getByLabel("Password", { exact: true }).getAttribute("type")).toBe("text");
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await page.getByRole("alert").getByText("do not belong together").waitFor();
  expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("wrong");

  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Your name").waitFor();
  expect(await page.getByLabel("Your name").inputValue()).toBe("Ann");
  await enter(page, { "E-mail": email, "Password": PASSWORD });
  await submit.click();
  await page.getByRole("heading", { name: "No boat yet" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/boats");

  await page.getByRole("button", { name: "Account and settings" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto("/boats");
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await enter(page, { "E-mail": email, Password: PASSWORD });
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await page.getByRole("heading", { name: "No boat yet" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "No boat yet" }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test("a boat is added, changed beside another tab's change, searched with and removed", async () => {
  const { context, page, faults } = await visit(browser);
  const answer = await context.request.post("/api/auth/sign-up/email", {
    data: { name: "Ann", email: newAddress(), password: PASSWORD },
  });
  expect(answer.ok()).toBe(true);

  await page.goto("/boats");
  await page.getByRole("link", { name: "Add your boat" }).click();
  const save = page.getByRole("button", { name: "Save her" });
  await enter(page, { Name: "Skarv", "Length over all": "12,4", Beam: "3.9" });
  await save.click();
  await page.getByText("This is needed.").waitFor();
  await page.reload();
  await page.getByLabel("Draft", { exact: true }).fill("2.1 m");
  expect(await page.getByLabel("Length over all").inputValue()).toBe("12.4");
  await save.click();
  const skarv = page.getByRole("article", { name: "Skarv" });
  await skarv.waitFor();
  await picture(page, "boats-desk");

  const boats = await (await context.request.get("/api/boats")).json() as { items: Boat[] };
  const { id, version, ...values } = boats.items[0]!;
  expect(values).toMatchObject({ name: "Skarv", loaCm: 1240, beamCm: 390, draftCm: 210 });

  await skarv.getByRole("link", { name: "Change Skarv" }).click();
  await enter(page, { Name: "Skarv II" });
  const elsewhere = await context.request.patch(`/api/boats/${id}`, {
    data: { draftCm: 220 },
    headers: { "If-Match": `"${version}"` },
  });
  expect(elsewhere.status()).toBe(200);
  await save.click();
  await page.getByText("Taken over from there: draft.").waitFor();
  await picture(page, "boat-merged-desk");
  await save.click();
  const renamed = page.getByRole("article", { name: "Skarv II" });
  await renamed.waitFor();
  const kept = await (await context.request.get(`/api/boats/${id}`)).json() as Boat;
  expect(kept).toMatchObject({ name: "Skarv II", loaCm: 1240, draftCm: 220 });

  await renamed.getByRole("button", { name: "Find a berth" }).click();
  const chooser = page.getByRole("button", { name: /^Boat/ });
  await chooser.getByText("Skarv II").waitFor();
  await chooser.click();
  await page.getByRole("button", { name: /^Skarv II/ }).waitFor();

  await page.goto("/boats");
  await renamed.getByRole("button", { name: "Remove Skarv II" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep her" }).click();
  await renamed.getByRole("button", { name: "Remove Skarv II" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove her" }).click();
  await page.getByRole("heading", { name: "No boat yet" }).waitFor();
  expect((await context.request.get(`/api/boats/${id}`)).status()).toBe(404);
  expect(faults).toEqual([]);
  await context.close();
});
