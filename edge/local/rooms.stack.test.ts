import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { type Rooms, startRooms } from "./rooms.ts";

// A small party that touches what the real ones need of the runtime.
const party = `
export default class Berth {
  options = { hibernate: true };
  constructor(room) { this.room = room; }
  static onBeforeConnect(request, lobby) {
    if (new URL(request.url).searchParams.get("ticket") !== lobby.env.TICKET) {
      return new Response("no ticket", { status: 401 });
    }
    return request;
  }
  async onRequest(request) {
    if (request.method === "POST") {
      await this.room.storage.put("said", await request.text());
      const delay = Number(new URL(request.url).searchParams.get("alarmMs") ?? 20);
      await this.room.storage.setAlarm(Date.now() + delay);
    }
    const said = await this.room.storage.get("said");
    const rung = await this.room.storage.get("rung");
    return Response.json({ id: this.id(), said, rung, env: Object.keys(this.room.env) });
  }
  // PartyKit forgets the id of a room that its alarm woke, also for later requests.
  id() {
    try { return this.room.id } catch { return "unknown" }
  }
  async onAlarm() {
    await this.room.storage.put("rung", true);
    this.room.broadcast("rung");
  }
  onMessage(message) { this.room.broadcast("heard " + message); }
}`;

let dataDir: string;
let partykitJsonPath: string;
let running: Rooms | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-rooms-"));
  const source = join(dataDir, "realtime");
  await mkdir(source);
  partykitJsonPath = join(source, "partykit.json");
  await writeFile(join(source, "berth.js"), party);
  await writeFile(
    partykitJsonPath,
    JSON.stringify({ main: "berth.js", parties: { berth: "./berth.js" } }),
  );
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Rooms> {
  running = await startRooms({ dataDir, partykitJsonPath, vars: { TICKET: "t1" } });
  return running;
}

function open(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.once("open", () => resolve(socket)).once("error", reject);
  });
}

const next = (socket: WebSocket) =>
  new Promise<string>((resolve) =>
    socket.once("message", (data: Buffer) => resolve(data.toString()))
  );

test("rooms check before a socket opens, broadcast, and see their variables", async () => {
  const { url, host } = await start();
  const answer = await (await fetch(`${url}/parties/berth/a`)).json();
  expect(answer).toEqual({ id: "a", env: ["TICKET"] });
  await expect(open(`ws://${host}/parties/berth/a?ticket=wrong`)).rejects.toThrow("401");
  const one = await open(`ws://${host}/parties/berth/a?ticket=t1`);
  const two = await open(`ws://${host}/parties/berth/a?ticket=t1`);
  const heard = Promise.all([next(one), next(two)]);
  one.send("ahoy");
  expect(await heard).toEqual(["heard ahoy", "heard ahoy"]);
  one.terminate();
  two.terminate();
});

test("rooms ring their alarms", async () => {
  const { url, host } = await start();
  const socket = await open(`ws://${host}/parties/berth/b?ticket=t1`);
  const rung = next(socket);
  await fetch(`${url}/parties/berth/b`, { method: "POST", body: "x" });
  expect(await rung).toBe("rung");
  socket.terminate();
});

test("rooms keep what they stored, also when the runtime is killed", async () => {
  const first = await start();
  await fetch(`${first.url}/parties/berth/c`, { method: "POST", body: "kept" });
  process.kill(-first.pid, "SIGKILL");
  await first.exited;
  const second = await start();
  const answer = await (await fetch(`${second.url}/parties/berth/c`)).json();
  expect(answer).toMatchObject({ said: "kept" });
});

test("an alarm that came due while the runtime was down rings after it", async () => {
  const first = await start();
  await fetch(`${first.url}/parties/berth/d?alarmMs=300`, { method: "POST", body: "x" });
  process.kill(-first.pid, "SIGKILL");
  await first.exited;
  const second = await start();
  await vi.waitFor(async () => {
    const answer = await (await fetch(`${second.url}/parties/berth/d`)).json();
    expect(answer).toMatchObject({ rung: true });
  }, { timeout: 10_000 });
});

test("rooms that do not build say why, and leave nothing running", async () => {
  await writeFile(join(dataDir, "realtime", "berth.js"), "export default class {");
  await expect(start()).rejects.toThrow(/Cannot build the rooms: .*berth\.js/s);
  await writeFile(partykitJsonPath, "{}");
  await expect(start()).rejects.toThrow(/Cannot read .*partykit\.json.*main/s);
});
