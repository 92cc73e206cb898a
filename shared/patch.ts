import * as z from "zod/mini";

type PatchField<Field> = Field extends z.ZodMiniDefault<infer Inner> ? z.ZodMiniOptional<Inner>
  : Field extends z.ZodMiniOptional<infer Inner> ? z.ZodMiniOptional<z.ZodMiniNullable<Inner>>
  : z.ZodMiniOptional<Field & z.ZodMiniType>;

type PatchShape<Shape> = { [Name in keyof Shape]: PatchField<Shape[Name]> };

/**
 * The schema of a patch (RFC 7386): what is left out stays as it is, and null clears what may be
 * missing. A default would else overwrite what the patch does not name.
 */
export function patchOf<Shape extends Readonly<Record<string, z.ZodMiniType>>>(
  schema: z.ZodMiniObject<Shape>,
): z.ZodMiniObject<PatchShape<Shape>> {
  const fields = Object.entries(schema._zod.def.shape).map(([name, field]) => {
    if (field instanceof z.ZodMiniDefault) return [name, z.optional(field._zod.def.innerType)];
    if (field instanceof z.ZodMiniOptional) {
      return [name, z.optional(z.nullable(field._zod.def.innerType))];
    }
    return [name, z.optional(field)];
  });
  // The entries are the shape's own, each mapped as PatchField says.
  return z.object(Object.fromEntries(fields) as PatchShape<Shape>);
}

/** A patch's answer: the fields that it names replaced or, by null, removed. */
export function applyPatch<T extends object>(record: T, patch: object): T {
  const merged = new Map<string, unknown>(Object.entries(record));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else if (value !== undefined) merged.set(name, value);
  }
  // patchOf lets only the record's own fields through, and null only where they may be missing.
  return Object.fromEntries(merged) as T;
}
