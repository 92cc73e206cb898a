import * as z from "zod/mini";
import * as account from "../../shared/account.ts";
import * as api from "../../shared/api.ts";
import * as boat from "../../shared/boat.ts";
import * as booking from "../../shared/booking.ts";
import * as chat from "../../shared/chat.ts";
import * as dock from "../../shared/dock.ts";
import * as fit from "../../shared/fit.ts";
import * as ledger from "../../shared/ledger.ts";
import { ProblemBody, PROBLEMS } from "../../shared/problem.ts";
import * as rate from "../../shared/rate.ts";

/** A JSON Schema (2020-12), as far as this file and its reader look into one. */
export interface JsonSchema {
  [key: string]: unknown;
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

interface Content {
  [mediaType: string]: { schema: JsonSchema };
}

/** An operation of OpenAPI 3.1. */
export interface Operation {
  operationId: string;
  summary: string;
  tags: readonly [string];
  security: readonly Record<string, readonly []>[];
  parameters: readonly Parameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, { description: string; content?: Content } | { $ref: string }>;
}

/** An OpenAPI 3.1 document. */
export interface ApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: readonly { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; [kind: string]: unknown };
}

/** What this file reads of an endpoint. */
interface DescribedEndpoint {
  summary: string;
  access: "public" | "person" | "hub";
  queryDoc?: Readonly<Record<string, string>>;
  body?: z.ZodMiniType;
  answer?: z.ZodMiniType;
  status?: number;
  ifMatch?: boolean;
  idempotency?: "optional" | "own";
}

type DescribedRoute = readonly [method: string, path: string, endpoint: DescribedEndpoint];

/**
 * The API's description, made of the route table and the schemas that its endpoints parse and
 * answer with. What only the hub may ask is left out.
 */
export function describeApi(routes: readonly DescribedRoute[], publicUrl: string): ApiDocument {
  const schemas: Record<string, JsonSchema> = { Problem: toSchema(ProblemBody, "output", {}) };
  const paths: ApiDocument["paths"] = {};
  for (const [method, path, endpoint] of routes) {
    if (endpoint.access === "hub") continue;
    const operations = paths[toTemplate(path)] ??= {};
    operations[method.toLowerCase()] = describe(method, path, endpoint, schemas);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Dokkerr",
      version: "1",
      description: "Find, book and pay for a dock anywhere in the world, and talk live with its " +
        "host. Lengths in centimetres, weights in kilograms, money in minor units, nights as " +
        "local dates `[from, to)`, instants in UTC. Unknown parameters and values are refused. " +
        `Problems carry one of these codes: ${Object.keys(PROBLEMS).join(", ")}.`,
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "dokkerr.session_token" },
      },
      responses: {
        Problem: {
          description: "What went wrong (RFC 9457)",
          content: {
            "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
          },
        },
      },
    },
  };
}

function describe(
  method: string,
  path: string,
  endpoint: DescribedEndpoint,
  schemas: Record<string, JsonSchema>,
): Operation {
  const { body, answer, status = 200 } = endpoint;
  const template = toTemplate(path);
  return {
    operationId: toOperationId(method, template),
    summary: endpoint.summary,
    tags: [/^\/api\/([\w-]+)/.exec(path)?.[1] ?? "operations"],
    security: endpoint.access === "person" ? [{ session: [] }] : [],
    parameters: parametersOf(template, endpoint),
    ...(body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: toSchema(body, "input", schemas) } },
      },
    }),
    responses: {
      [status]: {
        description: status === 204 ? "Done" : "The answer",
        ...(answer && {
          content: { "application/json": { schema: toSchema(answer, "output", schemas) } },
        }),
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function parametersOf(template: string, endpoint: DescribedEndpoint): Parameter[] {
  const string = { type: "string" };
  const inPath = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]): Parameter => ({
    name,
    in: "path",
    required: true,
    schema: string,
  }));
  const inQuery = Object.entries(endpoint.queryDoc ?? {}).map(([name, description]): Parameter => ({
    name,
    in: "query",
    required: false,
    description,
    schema: string,
  }));
  const headers: Parameter[] = [];
  if (endpoint.ifMatch) {
    headers.push({
      name: "If-Match",
      in: "header",
      required: true,
      description: 'the version that was seen, like "3"',
      schema: string,
    });
  }
  if (endpoint.idempotency) {
    headers.push({
      name: "Idempotency-Key",
      in: "header",
      required: endpoint.idempotency === "own",
      description: "a retry with the same key and body gets the first answer, for 24 hours",
      schema: { type: "string", minLength: 1, maxLength: 200 },
    });
  }
  return [...inPath, ...inQuery, ...headers];
}

/** Schemas that an answer refers to by their exported name. */
const named = z.registry<{ id: string }>();
for (const module of [account, api, boat, booking, chat, dock, fit, ledger, rate]) {
  for (const [id, value] of Object.entries(module)) {
    if (value instanceof z.ZodMiniObject && !named.has(value)) named.add(value, { id });
  }
}

const nothingNamed = z.registry<{ id: string }>();

/** JSON Schema of a schema. What an answer names goes to `schemas`; what is sent is written out. */
function toSchema(
  schema: z.ZodMiniType,
  io: "input" | "output",
  schemas: Record<string, JsonSchema>,
): JsonSchema {
  const metadata = io === "output" ? named : nothingNamed;
  const made: JsonSchema = z.toJSONSchema(schema, { io, metadata, unrepresentable: "any" });
  const { $schema: _, $defs, ...rest } = made;
  const hoisted = JSON.parse(
    JSON.stringify({ rest, $defs }).replaceAll('"#/$defs/', '"#/components/schemas/'),
  ) as { rest: JsonSchema; $defs?: Record<string, JsonSchema> };
  Object.assign(schemas, hoisted.$defs);
  const id = metadata.get(schema)?.id;
  if (id === undefined) return hoisted.rest;
  const { id: __, ...itself } = hoisted.rest;
  schemas[id] ??= itself;
  return { $ref: `#/components/schemas/${id}` };
}

/** `/api/docks/:id` → `/api/docks/{id}` */
function toTemplate(path: string): string {
  return path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}");
}

/** `GET /api/docks/{id}/quote` → `getDocksIdQuote` */
function toOperationId(method: string, template: string): string {
  const words = template.replace(/^\/api/, "").split(/[^A-Za-z0-9]+/).filter(Boolean);
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  return method.toLowerCase() + words.map(capital).join("");
}
