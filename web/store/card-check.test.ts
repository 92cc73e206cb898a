import { expect, test } from "vitest";
import { brandOf, cardFaults, groupExpiry, groupNumber } from "./card-check.ts";

const NOW = Date.parse("2027-05-10T12:00:00Z");
const GOOD = { number: "4242 4242 4242 4242", expiry: "12/34", cvc: "123", name: "Maya" };

test.each([
  ["4242", "visa"],
  ["5555555555554444", "mastercard"],
  ["2223003122003222", "mastercard"],
  ["2720990000000000", "mastercard"],
  ["378282246310005", "amex"],
  ["6011", "discover"],
  ["3566", "jcb"],
  ["62", "unionpay"],
  ["9", undefined],
  ["", undefined],
])("%s is of %s", (number, brand) => expect(brandOf(number)).toBe(brand));

test("figures stand in the groups of their card", () => {
  expect(groupNumber("4242424242424242")).toBe("4242 4242 4242 4242");
  expect(groupNumber("378282246310005")).toBe("3782 822463 10005");
  expect(groupNumber("42 42-4")).toBe("4242 4");
  expect(groupNumber("x")).toBe("");
});

test.each([
  ["1", "1"],
  ["12", "12"],
  ["123", "12/3"],
  ["1234", "12/34"],
  ["5", "05/"],
  ["530", "05/30"],
  ["12/2034", "12/34"],
  ["122034", "12/34"],
  ["3/31", "03/31"],
  ["12/", "12/"],
  ["", ""],
])("%s is the month %s", (typed, shown) => expect(groupExpiry(typed)).toBe(shown));

test("a good card has no fault, a wrong one says where", () => {
  expect(cardFaults(GOOD, NOW)).toEqual({});
  expect(cardFaults({ number: "", expiry: "", cvc: "", name: " " }, NOW)).toEqual({
    number: "missing",
    expiry: "missing",
    cvc: "missing",
    name: "missing",
  });
  const wrong = { ...GOOD, number: "4242 4242 4242 4241", expiry: "13/30", cvc: "12" };
  expect(cardFaults(wrong, NOW)).toEqual({ number: "number", expiry: "expiry", cvc: "cvc" });
});

test("a card is good through its month", () => {
  expect(cardFaults({ ...GOOD, expiry: "05/27" }, NOW)).toEqual({});
  expect(cardFaults({ ...GOOD, expiry: "04/27" }, NOW)).toEqual({ expiry: "past" });
});

test("an American Express card has four figures on its front", () => {
  const amex = { ...GOOD, number: "3782 822463 10005" };
  expect(cardFaults({ ...amex, cvc: "1234" }, NOW)).toEqual({});
  expect(cardFaults({ ...amex, cvc: "123" }, NOW)).toEqual({ cvc: "cvc" });
});
