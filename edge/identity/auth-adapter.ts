import { type CleanedWhere, createAdapterFactory } from "better-auth/adapters";
import type { Sql, SqlValue } from "../platform/sql.ts";

type Row = Record<string, unknown>;

/**
 * better-auth's database over Sql, so that accounts use the same connections, and on workerd the
 * same one request a statement, as everything else. Table and column names come from better-auth's
 * own options, never from a request.
 */
export function sqlAuthAdapter(sql: Sql) {
  const over = (connection: Sql): ReturnType<typeof createAdapterFactory> =>
    createAdapterFactory({
      config: {
        adapterId: "dokkerr-sql",
        supportsNumericIds: false,
        supportsUUIDs: true,
        transaction: (work) =>
          connection.transaction((tx) => {
            if (options === undefined) throw new Error("the adapter is used before it is made");
            return work(over(tx)(options));
          }),
      },
      adapter: () => statements(connection),
    });
  let options: Parameters<ReturnType<typeof createAdapterFactory>>[0] | undefined;
  return (given: NonNullable<typeof options>) => {
    options = given;
    return over(sql)(given);
  };
}

function statements(sql: Sql) {
  return {
    async create<T extends Row>({ model, data }: { model: string; data: T }): Promise<T> {
      const columns = Object.keys(data);
      const marks = columns.map((_, i) => `$${i + 1}`);
      const rows = await sql.query<T>(
        `INSERT INTO ${name(model)} (${columns.map(name).join(", ")})
         VALUES (${marks.join(", ")}) RETURNING *`,
        columns.map((column) => toSqlValue(data[column])),
      );
      return rows[0]!;
    },

    async findOne<T>({ model, where }: { model: string; where: CleanedWhere[] }) {
      const values: SqlValue[] = [];
      const condition = toCondition(where, values);
      const rows = await sql.query<T>(`SELECT * FROM ${name(model)} ${condition} LIMIT 1`, values);
      return rows[0] ?? null;
    },

    async findMany<T>(asked: {
      model: string;
      where?: CleanedWhere[] | undefined;
      limit: number;
      sortBy?: { field: string; direction: "asc" | "desc" } | undefined;
      offset?: number | undefined;
    }) {
      const values: SqlValue[] = [];
      const condition = toCondition(asked.where ?? [], values);
      const { sortBy } = asked;
      const direction = sortBy?.direction === "desc" ? "DESC" : "ASC";
      const order = sortBy ? `ORDER BY ${name(sortBy.field)} ${direction}` : "";
      return await sql.query<T>(
        `SELECT * FROM ${name(asked.model)} ${condition} ${order}
         LIMIT ${Math.trunc(asked.limit)} OFFSET ${Math.trunc(asked.offset ?? 0)}`,
        values,
      );
    },

    async count({ model, where }: { model: string; where?: CleanedWhere[] | undefined }) {
      const values: SqlValue[] = [];
      const condition = toCondition(where ?? [], values);
      const rows = await sql.query<{ n: number }>(
        `SELECT count(*) AS n FROM ${name(model)} ${condition}`,
        values,
      );
      return rows[0]!.n;
    },

    async update<T>(
      { model, where, update }: { model: string; where: CleanedWhere[]; update: T },
    ) {
      return (await change<T>(sql, model, where, update as Row))[0] ?? null;
    },

    async updateMany(
      { model, where, update }: { model: string; where: CleanedWhere[]; update: Row },
    ) {
      return (await change(sql, model, where, update)).length;
    },

    async delete({ model, where }: { model: string; where: CleanedWhere[] }) {
      await remove(sql, model, where);
    },

    async deleteMany({ model, where }: { model: string; where: CleanedWhere[] }) {
      return (await remove(sql, model, where)).length;
    },
  };
}

function change<T>(sql: Sql, model: string, where: CleanedWhere[], update: Row): Promise<T[]> {
  const values: SqlValue[] = [];
  const sets = Object.entries(update).map(([column, value]) => {
    values.push(toSqlValue(value));
    return `${name(column)} = $${values.length}`;
  });
  const condition = toCondition(where, values);
  return sql.query<T>(
    `UPDATE ${name(model)} SET ${sets.join(", ")} ${condition} RETURNING *`,
    values,
  );
}

function remove(sql: Sql, model: string, where: CleanedWhere[]): Promise<unknown[]> {
  const values: SqlValue[] = [];
  const condition = toCondition(where, values);
  return sql.query(`DELETE FROM ${name(model)} ${condition} RETURNING 1`, values);
}

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: "=",
  ne: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
};

/** A WHERE clause whose values are pushed onto `values`. */
function toCondition(where: readonly CleanedWhere[], values: SqlValue[]): string {
  const [all, any] = ["AND", "OR"].map((connector) =>
    where.filter((one) => one.connector === connector).map((one) => toTerm(one, values))
  );
  const terms = [...all!, ...(any!.length > 0 ? [`(${any!.join(" OR ")})`] : [])];
  return terms.length === 0 ? "" : `WHERE ${terms.join(" AND ")}`;
}

function toTerm({ field, operator, value }: CleanedWhere, values: SqlValue[]): string {
  const column = name(field);
  const comparison = COMPARISONS[operator ?? "eq"];
  if (value === null && (operator === "eq" || operator === "ne")) {
    return `${column} IS ${operator === "eq" ? "" : "NOT "}NULL`;
  }
  if (comparison) {
    values.push(toSqlValue(value));
    return `${column} ${comparison} $${values.length}`;
  }
  if ((operator === "in" || operator === "not_in") && Array.isArray(value)) {
    const marks = value.map((one) => {
      values.push(one);
      return `$${values.length}`;
    });
    if (marks.length === 0) return operator === "in" ? "false" : "true";
    return `${column} ${operator === "in" ? "IN" : "NOT IN"} (${marks.join(", ")})`;
  }
  throw new Error(`no account is looked up by ${operator}`);
}

function name(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function toSqlValue(value: unknown): SqlValue {
  if (value instanceof Date) return value.toISOString();
  if (value === undefined) return null;
  // better-auth's fields are texts, booleans and dates.
  return value as string | number | boolean | null;
}
