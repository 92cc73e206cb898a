import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRecord } from "./csv.ts";

test("a record is written as RFC 4180 says", () => {
  expect(csvRecord(["a", 'say "b"', "c,d", "", { number: "-1.50" }])).toBe(
    'a,"say ""b""","c,d",,-1.50\r\n',
  );
});

test("no text is a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=\n1"]) {
    const [cell] = parse(csvRecord([text]))[0]!;
    expect(cell).toBe(`'${text}`);
  }
  expect(csvRecord(["Berth 7 - north"])).toBe("Berth 7 - north\r\n");
});

test("what is written is what is read, but for the apostrophe before a formula", () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom("=", "-", "a", '"', ",", ";", "\r", "\n", "\t", " ", "é") }),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (cells) => {
      const read = parse(csvRecord(cells), { record_delimiter: "\r\n" });
      expect(read).toHaveLength(1);
      for (const [i, cell] of read[0]!.entries()) {
        expect([cells[i], `'${cells[i]}`]).toContain(cell);
        expect(cell).not.toMatch(/^\s*[=+\-@]/);
      }
    }),
  );
});
