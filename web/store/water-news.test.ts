import { expect, test } from "vitest";
import type { WaterChange } from "../../shared/chat.ts";
import type { Http } from "../api/http.ts";
import type { WaterRoom, WatersOptions } from "../room/connect-water.ts";
import { createWaterNews } from "./water-news.ts";

const BOX = { west: -72, south: 41, east: -71, north: 42 };
const ROOM = { water: "0302223", url: "ws://hub/parties/water/0302223" };

function setUp(isAway = false) {
  let room: WatersOptions | undefined;
  const looked: (readonly WaterRoom[])[] = [];
  const http = {
    get: (path: string, query: { bbox: string }) =>
      isAway
        ? Promise.reject(new Error("away"))
        : Promise.resolve({ rooms: [ROOM], path, ...query }),
  } as unknown as Http;
  const news = createWaterNews({
    http,
    nights: () => ({ from: "2027-07-03", to: "2027-07-10" }),
    connect(options) {
      room = options;
      return { look: (rooms) => void looked.push(rooms), close: () => looked.push([]) };
    },
  });
  return {
    news,
    looked,
    tell: (...changes: WaterChange[]) => room!.onNews(changes),
    room: () => room!,
  };
}

const taken = (dockId: number, from: string, to: string): WaterChange => ({
  dockId,
  version: 2,
  what: "taken",
  from,
  to,
});

const freed = (dockId: number, from: string, to: string): WaterChange => ({
  ...taken(dockId, from, to),
  version: 3,
  what: "freed",
});

test("a dock is told apart while it is taken for nights that are looked for", async () => {
  const { news, looked, tell } = setUp();
  await news.look(BOX);
  expect(looked).toEqual([[ROOM]]);
  tell(taken(7, "2027-07-09", "2027-07-12"));
  // The check-out day is the next one's.
  tell(taken(8, "2027-07-10", "2027-07-12"), { dockId: 7, version: 2, what: "changed" });
  expect([...news.taken.value.keys()]).toEqual([7]);
  tell({ dockId: 9, version: 3, what: "changed" });
  // Late news of what was freed since.
  tell(taken(9, "2027-07-03", "2027-07-05"));
  expect([...news.taken.value.keys()]).toEqual([7]);
  tell(freed(7, "2027-07-09", "2027-07-12"));
  expect(news.taken.value.size).toBe(0);
  expect(news.stale.value).toBe(0);
});

test("nights set free and news missed say that there may be more than was read", async () => {
  const { news, looked, tell, room } = setUp();
  await news.look(BOX);
  tell(freed(4, "2027-08-01", "2027-08-05"));
  expect(news.stale.value).toBe(0);
  tell(freed(5, "2027-07-01", "2027-07-05"));
  expect(news.stale.value).toBe(1);
  room().onLost();
  expect(news.stale.value).toBe(2);
  tell(taken(7, "2027-07-03", "2027-07-05"));
  await news.look(BOX);
  expect(news.taken.value.size).toBe(0);
  news.close();
  expect(looked.at(-1)).toEqual([]);
});

test("a search goes on where its water cannot be heard", async () => {
  const { news, looked } = setUp(true);
  await news.look(BOX);
  expect(looked).toEqual([]);
});
