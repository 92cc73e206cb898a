import { expect, test } from "vitest";
import { Problem, PROBLEMS, problemToBody } from "./problem.ts";

test("a problem's body is of RFC 9457, with what travels beside it", () => {
  const problem = new Problem("dates-taken", "Cannot book dock: taken", { nearest: [7] });
  expect(problem.status).toBe(409);
  expect(problemToBody(problem, "r1")).toEqual({
    type: "https://dokkerr.dev/problems/dates-taken",
    title: PROBLEMS["dates-taken"][1],
    status: 409,
    code: "dates-taken",
    detail: "Cannot book dock: taken",
    requestId: "r1",
    nearest: [7],
  });
});
