import { Buffer } from "node:buffer";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, picture, signIn, visit, type Visitor, WIDTHS } from "./browser.ts";
import { expectSame, isSent, log, openThread, roomsOf, row, say, stored } from "./chat-pages.ts";

let browser: Browser;
let guest: Visitor;
let host: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
  [guest, host] = await Promise.all([visit(browser), visit(browser)]);
  await Promise.all([
    signIn(guest.page, "guest2@dokkerr.test"),
    signIn(host.page, "host2@dokkerr.test"),
  ]);
});
afterAll(() => browser.close());

/** A picture such as a camera makes: larger than what is sent. */
async function largePicture(page: Page): Promise<Buffer> {
  const data = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [3_000, 1_500];
    const context = canvas.getContext("2d")!;
    for (let i = 0; i < 60; i++) {
      context.fillStyle = `hsl(${190 + i} 60% ${30 + i}%)`;
      context.fillRect(i * 50, i * 20, 1_500, 900);
    }
    return canvas.toDataURL("image/png").split(",")[1]!;
  });
  return Buffer.from(data, "base64");
}

test("pictures, places, edits and deletions are seen by both, and by keyboard", async () => {
  const threadId = await openThread(guest, host, 3);
  const signal = await roomsOf(guest.page);
  await Promise.all([guest, host].map(({ page }) => page.goto(`/threads/${threadId}`)));
  const field = guest.page.getByRole("textbox", { name: "Message" });
  await field.waitFor();
  await host.page.getByText("Here now").waitFor();

  // Chosen with no signal, with words: it waits, and goes once.
  await guest.context.setOffline(true);
  signal.cut();
  await guest.page.getByText("No connection. What you write waits here").waitFor();
  await guest.page.getByRole("button", { name: /^Add a picture/ }).click();
  await guest.page.getByLabel("Picture", { exact: true }).and(guest.page.locator("input"))
    .setInputFiles({
      name: "berth.png",
      mimeType: "image/png",
      buffer: await largePicture(guest.page),
    });
  await guest.page.getByRole("listitem").getByRole("img", { name: "berth.png" }).waitFor();
  await say(guest.page, "Is it this one?");
  const waiting = row(guest.page, "Is it this one?");
  await waiting.getByText("Waits for a connection").waitFor();
  const before = await waiting.locator(".bubble-photo").boundingBox();
  await picture(guest.page, "chat-photo-waiting-desk");
  await guest.context.setOffline(false);
  signal.join();
  const open = row(host.page, "Is it this one?").getByRole("button", { name: /look at it large/ });
  await open.waitFor();
  await isSent(guest.page);
  const after = await row(guest.page, "Is it this one?").locator(".bubble-photo").boundingBox();
  expect([after!.width, after!.height]).toEqual([before!.width, before!.height]);
  const [message] = (await stored(guest, threadId)).filter(({ photo }) => photo);
  expect(message!.photo).toMatchObject({ width: 2_048, height: 1_024 });
  await open.press("Enter");
  const large = host.page.getByRole("dialog", { name: /^Picture from/ });
  await large.waitFor();
  await host.page.waitForFunction(() => {
    const shownPicture = document.querySelector<HTMLImageElement>("dialog img");
    return shownPicture?.complete && shownPicture.naturalWidth === 2_048;
  });
  await host.page.keyboard.press("Escape");
  await large.waitFor({ state: "detached" });
  expect(await open.evaluate((button) => button === document.activeElement)).toBe(true);

  await host.page.getByRole("button", { name: /^Add a picture/ }).click();
  await host.page.getByRole("button", { name: "Where the berth lies" }).click();
  const place = log(guest.page).getByRole("link", { name: "Show on the map" });
  await place.waitFor();
  expect(await log(guest.page).locator(".bubble-berth").innerText()).toMatch(
    /\d+°\s\d+\.\d+′\s[NS]/,
  );

  // The arrow upwards in an empty field edits what one wrote last.
  await say(guest.page, "We are a catamran");
  await isSent(guest.page);
  await field.press("ArrowUp");
  await guest.page.getByText("You are editing a message").waitFor();
  await guest.page.keyboard.press("Control+A");
  await guest.page.keyboard.type("We are a catamaran");
  await guest.page.keyboard.press("Enter");
  await row(host.page, "We are a catamaran").getByText("edited").waitFor();
  await row(guest.page, "We are a catamaran").getByText("edited").waitFor();
  expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);

  const more = row(guest.page, "Is it this one?").getByRole("button", { name: /^More/ });
  await row(guest.page, "We are a catamaran").getByRole("button", { name: /^More/ }).focus();
  await guest.page.keyboard.press("ArrowUp");
  await guest.page.keyboard.press("ArrowUp");
  expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
  await guest.page.keyboard.press("Enter");
  await row(guest.page, "Is it this one?").getByRole("button", { name: "Delete" }).press("Enter");
  await guest.page.getByRole("dialog").getByRole("button", { name: "Keep it" }).waitFor();
  await picture(guest.page, "chat-delete-desk");
  await guest.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await log(host.page).getByText("Deleted", { exact: true }).waitFor();
  await log(guest.page).getByText("You deleted this message").waitFor();
  expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
  // The room tells of it before Postgres and the store have it.
  await expect.poll(async () => (await host.context.request.get(message!.photo!.url)).status(), {
    timeout: 20_000,
  }).toBe(404);
  await expectSame([guest, host], threadId);

  await guest.page.emulateMedia({ colorScheme: "dark" });
  await guest.page.setViewportSize(WIDTHS.phone);
  await row(guest.page, "We are a catamaran").getByRole("button", { name: /^More/ }).click();
  await picture(guest.page, "chat-dark-phone");
  await guest.page.emulateMedia({ colorScheme: "light" });
  await guest.page.setViewportSize(WIDTHS.desk);
  expect([guest.faults, host.faults]).toEqual([[], []]);
}, 180_000);

test("a stranger's way out is warned of, reported, blocked and let back in", async () => {
  const [stranger, other] = await Promise.all([visit(browser, WIDTHS.phone), visit(browser)]);
  const signed = await stranger.context.request.post("/api/auth/sign-up/email", {
    data: {
      name: "Stig Stranger",
      email: `${crypto.randomUUID()}@example.org`,
      password: "three words together",
    },
  });
  expect(signed.ok()).toBe(true);
  await signIn(other.page, "host2@dokkerr.test");
  const found = await other.context.request.get("/api/docks?host=me&limit=1");
  const { items } = await found.json() as { items: { id: number }[] };
  const opened = await stranger.context.request.post("/api/threads", {
    data: { dockId: items[0]!.id },
  });
  const { id } = await opened.json() as { id: string };
  await stranger.page.goto(`/threads/${id}`);
  await other.page.goto(`/threads/${id}`);
  await say(stranger.page, "Cheaper here: https://paypal.me/stig");
  const bad = row(other.page, "Cheaper here");
  await bad.getByText("This asks for money outside Dokkerr").waitFor();
  expect(await bad.getByRole("link").count()).toBe(0);
  await picture(other.page, "chat-flagged-desk");

  await bad.getByRole("button", { name: /^More/ }).focus();
  await other.page.keyboard.press("Enter");
  await bad.getByRole("button", { name: "Report" }).click();
  const dialog = other.page.getByRole("dialog", { name: "Report this message" });
  await dialog.getByLabel(/^Fraud/).check();
  await dialog.getByRole("button", { name: "Send the report" }).click();
  await other.page.getByText("Thank you. It will be read.").waitFor();
  await other.page.getByRole("button", { name: "Close" }).click();

  await other.page.getByRole("button", { name: "Stig Stranger: report or block" }).click();
  await other.page.getByRole("button", { name: "Block Stig Stranger" }).click();
  await other.page.locator("dialog").getByRole("button", { name: "Block Stig Stranger" }).click();
  await other.page.getByText("You have blocked Stig Stranger").waitFor();
  await picture(other.page, "chat-blocked-desk");
  await stranger.page.getByText("This conversation is closed.").waitFor();
  expect(await stranger.page.getByRole("textbox", { name: "Message" }).isDisabled()).toBe(true);
  await picture(stranger.page, "chat-closed-phone");

  await other.page.getByRole("button", { name: "Let Stig Stranger write again" }).click();
  await other.page.getByRole("textbox", { name: "Message" }).waitFor();
  await stranger.page.reload();
  await say(stranger.page, "Sorry for that.");
  await row(other.page, "Sorry for that.").waitFor();
  expect([stranger.faults, other.faults]).toEqual([[], []]);
  await Promise.all([stranger.context.close(), other.context.close()]);
}, 120_000);
