import * as z from "zod/mini";

/** A time in which there is water enough, `[from, to]`, UTC instants on whole minutes. */
export const TideWindow = z.object({ from: z.string(), to: z.string() });
export type TideWindow = z.infer<typeof TideWindow>;

/** When a boat that takes the ground can come in, and when she can leave; each in order. */
export const TideWindows = z.object({
  arrival: z.array(TideWindow),
  departure: z.array(TideWindow),
});
export type TideWindows = z.infer<typeof TideWindows>;
