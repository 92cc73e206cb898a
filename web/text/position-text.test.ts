import { describe, expect, it } from "vitest";
import { formatPosition } from "./position-text.ts";

const plain = (lat: number, lon: number) => formatPosition(lat, lon).replaceAll("\u00a0", " ");

describe("formatPosition", () => {
  it("writes degrees and minutes with their sides", () => {
    expect(plain(43.173278, 16.443696)).toBe("43° 10.397′ N, 16° 26.622′ E");
    expect(plain(-36.84, -174.7633)).toBe("36° 50.400′ S, 174° 45.798′ W");
    expect(plain(0.05, 0)).toBe("0° 03.000′ N, 0° 00.000′ E");
  });

  it("rounds up to the next degree, never to sixty minutes", () => {
    expect(plain(49.999999, 0)).toBe("50° 00.000′ N, 0° 00.000′ E");
  });
});
