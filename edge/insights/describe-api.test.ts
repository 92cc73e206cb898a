import { expect, test } from "vitest";
import * as z from "zod/mini";
import { ROUTES } from "../app.ts";
import { publicEndpoint } from "../http/endpoint.ts";
import { describeApi } from "./describe-api.ts";
import { referencePage } from "./reference-page.ts";

const document = describeApi(ROUTES, "http://localhost:8787");

test("describeApi describes every route but the hub's, under a name of its own", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
  );
  const served = ROUTES.filter(([, , { access }]) => access !== "hub").map(([method, path]) =>
    `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}")}`
  );
  expect(described.toSorted()).toEqual(served.toSorted());
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId)
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("describeApi refers only to what it holds", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((m) =>
    m[1]!
  );
  expect(references.length).toBeGreaterThan(50);
  const missing = references.filter((reference) =>
    reference.split("/").reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      document,
    ) === undefined
  );
  expect(missing).toEqual([]);
});

test("every path parameter is described, and nothing else as one", () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters } of Object.values(methods)) {
      const names = parameters.filter((one) => one.in === "path").map(({ name }) => name);
      expect(names).toEqual(inPath);
    }
  }
});

test("a body is described as it is sent, an answer as it comes", () => {
  const Thing = z.object({ size: z._default(z.int(), 3) });
  const { paths } = describeApi(
    [[
      "POST",
      "/api/things/:id{.+}",
      publicEndpoint({
        summary: "Make a thing",
        queryDoc: { q: "a word" },
        body: Thing,
        answer: Thing,
        status: 201,
        ifMatch: true,
        idempotency: "own",
        handle: () => Promise.resolve({}),
      }),
    ]],
    "http://localhost",
  );
  const operation = paths["/api/things/{id}"]!.post!;
  expect(operation.requestBody!.content["application/json"]!.schema.required).toBeUndefined();
  const { content } = operation.responses["201"] as {
    content: Record<string, { schema: { required?: string[] } }>;
  };
  expect(content["application/json"]!.schema.required).toEqual(["size"]);
  expect(operation.parameters.map(({ name, required }) => [name, required])).toEqual([
    ["id", true],
    ["q", false],
    ["If-Match", true],
    ["Idempotency-Key", true],
  ]);
});

test("referencePage shows every operation, needs no script and leads nowhere else", () => {
  const html = referencePage(document);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const { operationId } of Object.values(methods)) {
      expect(html).toContain(`<article id="${operationId}">`);
    }
    expect(html).toContain(`<code>${path}</code>`);
  }
  expect(html).not.toMatch(/<script|javascript:|src=|@import|url\(/i);
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!);
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!));
  const [inside, outside] = [true, false].map((isInside) =>
    links.filter((link) => link.startsWith("#") === isInside)
  );
  expect(inside!.filter((link) => !ids.has(link.slice(1)))).toEqual([]);
  expect(outside).toEqual(["/api/openapi.json"]);
});

test("referencePage escapes what it shows", () => {
  const evil = structuredClone(document);
  evil.info.description = '<img src=x onerror="alert(1)">';
  expect(referencePage(evil)).not.toContain("<img");
});
