import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";

let edge: TestEdge;
let ann: TestPerson;
let ben: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  [ann, ben] = await Promise.all([signUp(edge, "Ann"), signUp(edge, "Ben")]);
});
afterAll(() => edge.close());

const BOAT = { name: "Sula", hullType: "mono", loaCm: 1_190, beamCm: 380, draftCm: 195 };

interface SavedBoat {
  id: string;
  version: number;
  name: string;
}

async function save(person: TestPerson, values: object = {}): Promise<SavedBoat> {
  const response = await person.fetch("POST /api/boats", { ...BOAT, ...values });
  expect(response.status).toBe(201);
  return (await response.json()) as SavedBoat;
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}

describe("a boat", () => {
  test("is saved, read, changed and forgotten by its owner", async () => {
    const created = await ann.fetch("POST /api/boats", { ...BOAT, airDraftCm: 1_800 });
    expect(created.status).toBe(201);
    expect(created.headers.get("ETag")).toBe('"1"');
    const boat = await bodyOf(created);
    expect(boat).toEqual({ ...BOAT, airDraftCm: 1_800, id: expect.any(String), version: 1 });
    const path = `/api/boats/${boat.id as string}`;
    expect(await bodyOf(await ann.fetch(`GET ${path}`))).toEqual(boat);

    const patch = { name: "Sula II", airDraftCm: null };
    const changed = await ann.fetch(`PATCH ${path}`, patch, { "If-Match": '"1"' });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("ETag")).toBe('"2"');
    expect(await bodyOf(changed)).toEqual({ ...BOAT, name: "Sula II", id: boat.id, version: 2 });

    const removed = await ann.fetch(`DELETE ${path}`, undefined, { "If-Match": '"2"' });
    expect(removed.status).toBe(204);
    expect((await ann.fetch(`GET ${path}`)).status).toBe(404);
  });

  test("that two change at once is changed by the first alone", async () => {
    const { id } = await save(ann);
    const answers = await Promise.all(
      ["a", "b", "c"].map((name) =>
        ann.fetch(`PATCH /api/boats/${id}`, { name }, { "If-Match": '"1"' })
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
    const stale = answers.find(({ status }) => status === 412)!;
    const { code, current } = await bodyOf(stale);
    expect(code).toBe("stale");
    expect(current).toMatchObject({ id, version: 2 });
  });

  test("is not changed or forgotten without saying which version was seen", async () => {
    const { id } = await save(ann);
    for (const method of ["PATCH", "DELETE"]) {
      const response = await ann.fetch(`${method} /api/boats/${id}`, { name: "x" });
      expect(response.status).toBe(428);
      expect((await bodyOf(response)).code).toBe("precondition-required");
    }
    const stale = await ann.fetch(`DELETE /api/boats/${id}`, undefined, { "If-Match": '"7"' });
    expect(stale.status).toBe(412);
    expect((await ann.fetch(`GET /api/boats/${id}`)).status).toBe(200);
  });

  test("of somebody else is not there, to see or to change", async () => {
    const { id } = await save(ann, { name: "Private" });
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const response = await ben.fetch(
        `${method} /api/boats/${id}`,
        method === "PATCH" ? { name: "Mine" } : undefined,
        { "If-Match": '"1"' },
      );
      expect(response.status).toBe(404);
    }
    expect(await bodyOf(await ann.fetch(`GET /api/boats/${id}`))).toMatchObject({
      name: "Private",
      version: 1,
    });
    expect((await bodyOf(await ben.fetch("GET /api/boats"))).items).toEqual([]);
    expect((await edge.fetch("GET /api/boats")).status).toBe(401);
    expect((await edge.fetch("POST /api/boats", BOAT)).status).toBe(401);
  });

  test.each([
    [{}, "name"],
    [{ ...BOAT, loaCm: 11.9 }, "loaCm"],
    [{ ...BOAT, loaCm: 10 }, "loaCm"],
    [{ ...BOAT, hullType: "submarine" }, "hullType"],
    [{ ...BOAT, name: "   " }, "name"],
    [{ ...BOAT, hullLengthCm: 1_200 }, "hullLengthCm"],
    [{ ...BOAT, insuranceExpires: "2027-02-30" }, "insuranceExpires"],
    [{ ...BOAT, lenghtCm: 1 }, "lenghtCm"],
    [{ ...BOAT, ownerId: "00000000-0000-7000-8000-000000000000" }, "ownerId"],
    [{ ...BOAT, inlets: [{ volts: 230, amps: 16, phases: 2, plug: "cee_16" }] }, "inlets.0.phases"],
  ])("like %o is refused for its %s", async (body, path) => {
    const response = await ann.fetch("POST /api/boats", body);
    expect(response.status).toBe(422);
    const { code, issues } = await bodyOf(response);
    expect(code).toBe("invalid");
    expect((issues as { path: string }[]).map((issue) => issue.path)).toContain(path);
  });

  test("cannot be changed into one that contradicts itself", async () => {
    const { id } = await save(ann, { hullLengthCm: 1_100 });
    const response = await ann.fetch(`PATCH /api/boats/${id}`, { loaCm: 1_000 }, {
      "If-Match": '"1"',
    });
    expect(response.status).toBe(422);
  });

  test.each(["nonsense", "0190", "%00", "019f0000-0000-7000-8000-000000000000"])(
    "of the id %s is not there",
    async (id) => {
      expect((await ann.fetch(`GET /api/boats/${id}`)).status).toBe(404);
    },
  );
});

describe("a list", () => {
  test("comes in pages, newest first, each boat once", async () => {
    const carl = await signUp(edge, "Carl");
    for (const name of ["1", "2", "3", "4", "5"]) {
      edge.clock.nowMs += 5;
      await save(carl, { name });
    }
    const names: string[] = [];
    let cursor = "";
    do {
      const page = await bodyOf(await carl.fetch(`GET /api/boats?limit=2${cursor}`));
      names.push(...(page.items as SavedBoat[]).map(({ name }) => name));
      cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor as string}`;
    } while (cursor !== "");
    expect(names).toEqual(["5", "4", "3", "2", "1"]);
  });

  test.each(["limit=0", "limit=101", "limit=x", "cursor=!!", "cursor=abcd", "offset=3"])(
    "asked with %s is refused",
    async (query) => {
      const response = await ann.fetch(`GET /api/boats?${query}`);
      expect(response.status).toBe(422);
    },
  );
});

describe("a retry with its Idempotency-Key", () => {
  async function boatsOf(person: TestPerson): Promise<number> {
    const { items } = await bodyOf(await person.fetch("GET /api/boats"));
    return (items as unknown[]).length;
  }

  test("gets the first answer, in whatever order its values come", async () => {
    const dora = await signUp(edge, "Dora");
    const first = await dora.fetch("POST /api/boats", BOAT, { "Idempotency-Key": "k1" });
    const { name, ...rest } = BOAT;
    const again = await dora.fetch("POST /api/boats", { ...rest, name }, {
      "Idempotency-Key": "k1",
    });
    expect(again.status).toBe(201);
    expect(again.headers.get("ETag")).toBe(first.headers.get("ETag"));
    expect(await again.text()).toBe(await first.text());
    expect(await boatsOf(dora)).toBe(1);
  });

  test("while the first is in flight waits and gets the same", async () => {
    const eve = await signUp(edge, "Eve");
    const answers = await Promise.all(
      Array.from(
        { length: 10 },
        () => eve.fetch("POST /api/boats", BOAT, { "Idempotency-Key": "k1" }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(await boatsOf(eve)).toBe(1);
  });

  test("and another body is refused", async () => {
    const finn = await signUp(edge, "Finn");
    await finn.fetch("POST /api/boats", BOAT, { "Idempotency-Key": "k1" });
    const other = await finn.fetch("POST /api/boats", { ...BOAT, name: "Other" }, {
      "Idempotency-Key": "k1",
    });
    expect(other.status).toBe(422);
    expect((await bodyOf(other)).code).toBe("idempotency-key-reused");
    expect(await boatsOf(finn)).toBe(1);
  });

  test("of a refusal is tried anew", async () => {
    const gus = await signUp(edge, "Gus");
    const key = { "Idempotency-Key": "k1" };
    const bad = { ...BOAT, hullLengthCm: 9_999 };
    expect((await gus.fetch("POST /api/boats", bad, key)).status).toBe(422);
    expect((await gus.fetch("POST /api/boats", BOAT, key)).status).toBe(201);
  });

  test("is a person's own", async () => {
    const [hal, ida] = await Promise.all([signUp(edge, "Hal"), signUp(edge, "Ida")]);
    const key = { "Idempotency-Key": "shared" };
    const [a, b] = await Promise.all(
      [hal, ida].map((one) => one.fetch("POST /api/boats", BOAT, key)),
    );
    expect((await bodyOf(a!)).id).not.toBe((await bodyOf(b!)).id);
  });

  test.each(["", "a b", "k".repeat(201), "ü"])("of %o is refused", async (key) => {
    const response = await ann.fetch("POST /api/boats", BOAT, { "Idempotency-Key": key });
    expect(response.status).toBe(400);
  });
});

test("nothing of all this failed inside", () => {
  expect(edge.errors).toEqual([]);
});
