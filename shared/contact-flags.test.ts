import { describe, expect, test } from "vitest";
import { textFlags } from "./contact-flags.ts";

describe("textFlags", () => {
  test.each([
    ["call me: +1 (401) 555-0134", ["contact"]],
    ["0171 / 555 66 77 88", ["contact"]],
    ["gus (at) harbour (dot) com", ["contact"]],
    ["write to gus@harbour.example", ["contact"]],
    ["I am on WhatsApp", ["contact"]],
    ["pay by PayPal.me, see https://paypal.me/gus", ["payment", "link"]],
    ["account DE89 3704 0044 0532 0130 00 please", ["payment"]],
    ["half by Western Union", ["payment"]],
    ["the chart: https://charts.example/newport", ["link"]],
    ["ｇｕｓ＠harbour.example", ["contact"]],
  ])("%s", (text, flags) => {
    expect(textFlags(text)).toEqual(flags);
  });

  test.each([
    "We come 2027-07-03 - 2027-07-10, at 14:00",
    "from 03.07.2027 to 10.07.2027",
    "She is 12.50 m by 3.95, draws 1.80; 16 A on deck",
    "41.490123, -71.320112 is the red buoy",
    "VHF channel 09, or 16 at night",
    "Order DE12 0000 0000 0000 0000 00 is no account",
    "",
  ])("nothing in: %s", (text) => {
    expect(textFlags(text)).toEqual([]);
  });
});
