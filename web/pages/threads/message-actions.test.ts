import { describe, expect, it } from "vitest";
import type { Message } from "../../../shared/chat.ts";
import { actsOf, lastEditable } from "./message-actions.ts";

const said = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  id: `m${seq}`,
  clientId: `c${seq}`,
  senderId: "me",
  text: "text",
  sentAt: "2027-07-03T12:00:00Z",
  ...more,
});
const berth = { dockId: 1, name: "Old jetty", lat: 41.5, lon: -71.3 };

describe("actsOf", () => {
  it("lets one change one's own messages and report the other's", () => {
    expect(actsOf(said(1), true)).toEqual(["edit", "delete"]);
    expect(actsOf(said(1), false)).toEqual(["report"]);
  });

  it("leaves alone what has no words to edit, or is gone", () => {
    expect(actsOf(said(1, { text: "", berth }), true)).toEqual(["delete"]);
    expect(actsOf(said(1, { text: "", deleted: true }), true)).toEqual([]);
    expect(actsOf(said(1, { text: "", deleted: true }), false)).toEqual([]);
  });
});

describe("lastEditable", () => {
  it("passes over what is gone, what is a place and what somebody else wrote", () => {
    const messages = [
      said(1),
      said(2),
      said(3, { deleted: true, text: "" }),
      said(4, { berth }),
      said(5, { senderId: "host" }),
    ];
    expect(lastEditable(messages, "me")?.seq).toBe(2);
    expect(lastEditable(messages, "nobody")).toBeUndefined();
  });
});
