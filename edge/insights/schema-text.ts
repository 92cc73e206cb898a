import type { JsonSchema } from "./describe-api.ts";

/**
 * A JSON Schema as a type that people read: `{ name: string (1…80), size?: integer }`. A record
 * that is described elsewhere stands as «Name».
 */
export function schemaToText(schema: JsonSchema, indent = ""): string {
  const text = typeToText(schema, indent);
  const limits = limitsToText(schema);
  return limits === "" ? text : `${text} (${limits})`;
}

function typeToText(schema: JsonSchema, indent: string): string {
  const { $ref, anyOf, oneOf, allOf, type, items, prefixItems } = schema;
  if (typeof $ref === "string") return `«${$ref.slice($ref.lastIndexOf("/") + 1)}»`;
  const options = anyOf ?? oneOf;
  if (isSchemas(options)) return joined(options, " | ", indent);
  if (isSchemas(allOf)) return joined(allOf, " & ", indent);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (isSchemas(prefixItems)) return `[${joined(prefixItems, ", ", indent)}]`;
  if (type === "array" && isSchema(items)) {
    const inner = schemaToText(items, indent);
    return /[|&(]/.test(inner) && !inner.startsWith("{") ? `(${inner})[]` : `${inner}[]`;
  }
  if (type === "object") return objectToText(schema, indent);
  return typeof type === "string" ? type : "any";
}

function objectToText(schema: JsonSchema, indent: string): string {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(([name, property]) => {
    const mark = required.has(name) ? "" : "?";
    return `${deeper}${name}${mark}: ${
      isSchema(property) ? schemaToText(property, deeper) : "any"
    }`;
  });
  if (lines.length > 0) return `{\n${lines.join("\n")}\n${indent}}`;
  const values = schema.additionalProperties;
  return isSchema(values) ? `{ [name]: ${schemaToText(values, indent)} }` : "{}";
}

/** The safe integers that zod writes for "any whole number" say nothing to a reader. */
const ANY = Number.MAX_SAFE_INTEGER;

function limitsToText(schema: JsonSchema): string {
  const parts: string[] = [];
  const range = (low: unknown, high: unknown, unit: string) => {
    const from = typeof low === "number" && low !== -ANY ? String(low) : "";
    const to = typeof high === "number" && high !== ANY ? String(high) : "";
    if (from !== "" || to !== "") parts.push(`${from}…${to}${unit}`);
  };
  range(schema.minimum, schema.maximum, "");
  range(schema.minLength, schema.maxLength, " characters");
  range(schema.minItems, schema.maxItems, " items");
  if (typeof schema.pattern === "string" && schema.pattern.length <= 60) {
    parts.push(`/${schema.pattern}/`);
  }
  if ("default" in schema) parts.push(`else ${JSON.stringify(schema.default)}`);
  return parts.join(", ");
}

function joined(schemas: readonly JsonSchema[], separator: string, indent: string): string {
  return schemas.map((one) => schemaToText(one, indent)).join(separator);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSchemas(value: unknown): value is JsonSchema[] {
  return Array.isArray(value) && value.every(isSchema);
}
