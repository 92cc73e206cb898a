import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Harbour, HostDock } from "../../shared/dock.ts";
import { type S3, startS3 } from "../local/s3.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";

const AWS = { accessKeyId: "test-key", secretAccessKey: "test-secret", region: "auto" };
const HARBOUR = {
  name: "Port Denarau",
  place: "Nadi",
  country: "FJ",
  position: { lat: -17.772, lon: 177.383 },
  timeZone: "Pacific/Fiji",
};

let dataDir: string;
let s3: S3;
let edge: TestEdge;
let host: TestPerson;
let guest: TestPerson;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-photos-"));
  s3 = await startS3({ dataDir, bucket: "photos", credentials: AWS });
  edge = await createTestEdge({
    env: {
      S3_ENDPOINT: s3.url,
      S3_BUCKET: "photos",
      AWS_ACCESS_KEY_ID: AWS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
      AWS_REGION: AWS.region,
    },
  });
  host = await signUp(edge, "Ada");
  guest = await signUp(edge, "Ben");
});

afterAll(async () => {
  await edge.close();
  await s3.stop();
  await rm(dataDir, { recursive: true });
});

async function read<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json();
  expect({ status: response.status, body }).toEqual({ status, body });
  return body as T;
}

const codeOf = async (response: Response) =>
  `${response.status} ${(await response.json() as { code: string }).code}`;

const addHarbour = async () => read<Harbour>(await host.fetch("POST /api/harbours", HARBOUR), 201);

async function addDock(values: object = {}): Promise<HostDock> {
  const harbour = await addHarbour();
  return read(
    await host.fetch("POST /api/docks", {
      harbourId: harbour.id,
      kind: "mooring",
      name: "Buoy 4",
      position: HARBOUR.position,
      maxLoaCm: 1_800,
      rate: { currency: "FJD", basis: "per_night", minor: 4_500 },
      ...values,
    }),
    201,
  );
}

test("a new host makes a harbour and a dock, publishes it, and a guest finds it", async () => {
  const harbour = await addHarbour();
  const places = await read<{ items: object[] }>(await edge.fetch("GET /api/places?q=port%20den"));
  expect(places.items).toContainEqual(
    expect.objectContaining({ id: `harbour:${harbour.id}`, kind: "harbour", name: harbour.name }),
  );
  const mine = await read<{ items: Harbour[] }>(await host.fetch("GET /api/harbours?mine=true"));
  expect(mine.items.map(({ id }) => id)).toContain(harbour.id);

  const draft = await addDock({ harbourId: harbour.id });
  const found = async () => {
    const near = "near=-17.772,177.383&radiusM=3000";
    const answer = await read<{ items: { id: number }[] }>(
      await edge.fetch(`GET /api/docks?${near}`),
    );
    return answer.items.map(({ id }) => id);
  };
  expect(await found()).not.toContain(draft.id);
  const published = await host.fetch(`POST /api/docks/${draft.id}/publish`);
  expect(published.headers.get("ETag")).toBe('"2"');
  expect(await read(published)).toMatchObject({ id: draft.id, status: "published", version: 2 });
  expect(await found()).toContain(draft.id);
  const shown = await read<{ items: { id: number }[] }>(
    await edge.fetch(`GET /api/harbours/${harbour.id}/docks`),
  );
  expect(shown.items.map(({ id }) => id)).toEqual([draft.id]);
  expect(await read(await edge.fetch(`GET /api/harbours/${harbour.id}`))).toMatchObject({
    dockCount: 1,
  });
  await read(await host.fetch(`POST /api/docks/${draft.id}/pause`));
  expect(await found()).not.toContain(draft.id);
});

test("GET /api/docks?host=me pages through one's docks and is for those signed in", async () => {
  const owner = await signUp(edge, "Dora");
  const harbour = await read<Harbour>(await owner.fetch("POST /api/harbours", HARBOUR), 201);
  const ids = [];
  for (const name of ["A", "B", "C"]) {
    const body = {
      harbourId: harbour.id,
      kind: "slip",
      name,
      position: HARBOUR.position,
      maxLoaCm: 900,
      rate: { currency: "FJD", basis: "per_night", minor: 1 },
    };
    ids.push((await read<HostDock>(await owner.fetch("POST /api/docks", body), 201)).id);
  }
  interface DockPage {
    items: HostDock[];
    nextCursor: string | null;
  }
  const first = await read<DockPage>(await owner.fetch("GET /api/docks?host=me&limit=2"));
  const rest = await read<DockPage>(
    await owner.fetch(`GET /api/docks?host=me&limit=2&cursor=${first.nextCursor}`),
  );
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
  expect(rest.nextCursor).toBeNull();
  expect(first.items[0]).toMatchObject({ harbourId: harbour.id, blurPosition: false });
  expect(await codeOf(await edge.fetch("GET /api/docks?host=me"))).toBe("401 unauthenticated");
});

test("a write that nobody signed in, a stranger, or bad input makes changes nothing", async () => {
  const dock = await addDock();
  await read(await host.fetch(`POST /api/docks/${dock.id}/publish`));
  const path = `/api/docks/${dock.id}`;
  const ifMatch = { "If-Match": '"2"' };
  const nights = { from: "2031-01-01", to: "2031-01-03" };
  const cases: [Promise<Response>, string][] = [
    [edge.fetch("POST /api/docks", {}), "401 unauthenticated"],
    [edge.fetch(`PATCH ${path}`, { name: "X" }, ifMatch), "401 unauthenticated"],
    [edge.fetch("POST /api/harbours", HARBOUR), "401 unauthenticated"],
    [guest.fetch(`PATCH ${path}`, { name: "X" }, ifMatch), "403 forbidden"],
    [guest.fetch(`POST ${path}/pause`), "403 forbidden"],
    [guest.fetch(`POST ${path}/blocks`, nights), "403 forbidden"],
    [guest.fetch(`GET ${path}/blocks`), "403 forbidden"],
    [
      guest.fetch(`PATCH /api/harbours/${dock.harbourId}`, { name: "X" }, { "If-Match": '"1"' }),
      "403 forbidden",
    ],
    [host.fetch(`PATCH ${path}`, { name: "X" }), "428 precondition-required"],
    [host.fetch(`PATCH ${path}`, { name: "X" }, { "If-Match": '"1"' }), "412 stale"],
    [host.fetch(`PATCH ${path}`, { name: "" }, ifMatch), "422 invalid"],
    [host.fetch(`PATCH ${path}`, { nam: "X" }, ifMatch), "422 invalid"],
    [host.fetch(`PATCH ${path}`, {}, ifMatch), "422 invalid"],
    [host.fetch(`PATCH ${path}`, "{", ifMatch), "400 not-json"],
    [host.fetch("POST /api/harbours", { ...HARBOUR, timeZone: "Fiji/Nadi" }), "422 invalid"],
    [host.fetch("GET /api/harbours"), "422 invalid"],
    [host.fetch(`POST ${path}/blocks`, { from: "2031-01-03", to: "2031-01-03" }), "422 invalid"],
    [host.fetch(`DELETE ${path}/blocks/0`), "404 not-found"],
    [edge.fetch("GET /api/docks/0"), "404 not-found"],
    [edge.fetch("GET /api/docks/4294967296"), "404 not-found"],
    [edge.fetch("GET /api/harbours/77777"), "404 not-found"],
    [edge.fetch(`GET ${path}?from=2027-01-01`), "422 invalid"],
    [edge.fetch(`GET ${path}/availability`), "422 invalid"],
    [edge.fetch(`GET ${path}/availability?from=2031-02-30&to=2031-03-02`), "422 invalid"],
    [edge.fetch(`GET ${path}/availability?from=2031-01-01&to=2033-01-01`), "422 invalid"],
    [
      edge.fetch(`GET ${path}/availability?from=2031-01-01&to=2031-01-02&loaCm=long`),
      "422 invalid",
    ],
    [edge.fetch("GET /api/places"), "422 invalid"],
    [edge.fetch("GET /api/places?q=a&near=91,0"), "422 invalid"],
    [edge.fetch("GET /api/places?q=a&limit=21"), "422 invalid"],
    [edge.fetch("GET /api/docks/77777/reviews"), "404 not-found"],
  ];
  for (const [response, expected] of cases) expect(await codeOf(await response)).toBe(expected);
  expect(await read(await host.fetch(`GET ${path}`))).toMatchObject({ version: 2, name: "Buoy 4" });
  expect(await read(await host.fetch(`GET ${path}/blocks`))).toEqual({
    items: [],
    nextCursor: null,
  });
});

test("a creating request that is sent again creates once", async () => {
  const key = { "Idempotency-Key": "one-dock" };
  const harbour = await addHarbour();
  const body = {
    harbourId: harbour.id,
    kind: "slip",
    name: "Once",
    position: HARBOUR.position,
    maxLoaCm: 900,
    rate: { currency: "FJD", basis: "per_night", minor: 1 },
  };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => host.fetch("POST /api/docks", body, key)),
  );
  const docks = await Promise.all(answers.map((answer) => read<HostDock>(answer, 201)));
  expect(new Set(docks.map(({ id }) => id)).size).toBe(1);
  const path = `POST /api/docks/${docks[0]!.id}/blocks`;
  const nights = { from: "2031-05-01", to: "2031-05-04" };
  const blocks = await Promise.all(
    Array.from({ length: 5 }, () => host.fetch(path, nights, { "Idempotency-Key": "one-block" })),
  );
  expect(blocks.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  expect(await codeOf(await host.fetch(path, nights))).toBe("409 dates-taken");
});

test("a photo is seen once it is uploaded and is what was announced", async () => {
  const dock = await addDock();
  const path = `/api/docks/${dock.id}/photos`;
  const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), randomBytes(5_000)]);
  const facts = { contentType: "image/png", width: 800, height: 600, bytes: png.length };
  expect(await codeOf(await guest.fetch(`POST ${path}`, facts))).toBe("404 not-found");
  for (const wrong of [{ bytes: 10_000_001 }, { contentType: "image/svg+xml" }, { width: 0 }]) {
    expect(await codeOf(await host.fetch(`POST ${path}`, { ...facts, ...wrong }))).toBe(
      "422 invalid",
    );
  }

  interface Announced {
    uploadUrl: string;
    photo: { id: string; url: string };
  }
  const { uploadUrl, photo } = await read<Announced>(await host.fetch(`POST ${path}`, facts), 201);
  const show = () => host.fetch(`POST ${path}/${photo.id}/show`);
  expect(await codeOf(await show())).toBe("422 invalid");
  const put = (body: Buffer, type = "image/png") =>
    fetch(uploadUrl, {
      method: "PUT",
      body: Uint8Array.from(body),
      headers: { "Content-Type": type },
    });
  expect((await put(png, "image/jpeg")).status).toBe(403);
  expect((await put(Buffer.from("<svg onload=alert(1)>".padEnd(png.length)))).status).toBe(200);
  expect(await codeOf(await show())).toBe("422 invalid");
  expect((await put(png)).status).toBe(200);
  expect(await read<HostDock>(await host.fetch(`GET /api/docks/${dock.id}`))).toMatchObject({
    photos: [],
  });

  const shown = await read<HostDock>(await show());
  expect(shown.photos).toEqual([photo]);
  expect(shown.version).toBe(2);
  expect(await read<HostDock>(await show())).toEqual(shown);
  const file = await edge.fetch(`GET ${photo.url}`);
  expect(file.headers.get("Content-Type")).toBe("image/png");
  expect(file.headers.get("Cache-Control")).toContain("immutable");
  expect(Buffer.from(await file.arrayBuffer()).equals(png)).toBe(true);
  const again = await edge.fetch(`GET ${photo.url}`, undefined, {
    "If-None-Match": file.headers.get("ETag") ?? "",
  });
  expect(again.status).toBe(304);

  expect(await codeOf(await guest.fetch(`DELETE ${path}/${photo.id}`))).toBe("404 not-found");
  await read(await host.fetch(`DELETE ${path}/${photo.id}`), 204);
  await edge.settle();
  expect(await codeOf(await edge.fetch(`GET ${photo.url}`))).toBe("404 not-found");
  expect(await codeOf(await edge.fetch(`GET /api/photos/docks/${dock.id}/..%2f..%2fx.png`))).toBe(
    "404 not-found",
  );
});

test("a dock has twelve photos at most, those on their way counted", async () => {
  const dock = await addDock();
  const facts = { contentType: "image/jpeg", width: 80, height: 60, bytes: 900 };
  const answers = await Promise.all(
    Array.from({ length: 15 }, () => host.fetch(`POST /api/docks/${dock.id}/photos`, facts)),
  );
  const codes = answers.map(({ status }) => status);
  expect(codes.filter((status) => status === 201)).toHaveLength(12);
  expect(codes.filter((status) => status === 422)).toHaveLength(3);
  // What never came no longer counts, and is forgotten.
  await edge.sql.query("UPDATE photo_upload SET created_at = now() - interval '2 days'");
  await read(await host.fetch(`POST /api/docks/${dock.id}/photos`, facts), 201);
  const left = await edge.sql.query("SELECT id FROM photo_upload WHERE dock_id = $1", [dock.id]);
  expect(left).toHaveLength(1);
});

test("reviews are a page with nothing in it", async () => {
  const dock = await addDock();
  await read(await host.fetch(`POST /api/docks/${dock.id}/publish`));
  expect(await read(await edge.fetch(`GET /api/docks/${dock.id}/reviews`))).toEqual({
    items: [],
    nextCursor: null,
  });
  expect(edge.errors).toEqual([]);
});
