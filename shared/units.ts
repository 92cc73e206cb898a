const CM_PER_FOOT = 30.48;
const CM_PER_INCH = 2.54;

/** Feet and inches of a length in centimetres, rounded to the inch. */
export function cmToFeetInches(cm: number): { feet: number; inches: number } {
  const inches = Math.round(cm / CM_PER_INCH);
  return { feet: Math.floor(inches / 12), inches: inches % 12 };
}

/** Whole centimetres of a length in feet. */
export function feetToCm(feet: number): number {
  return Math.round(feet * CM_PER_FOOT);
}

/** Whole centimetres of a length in metres. */
export function metresToCm(metres: number): number {
  return Math.round(metres * 100);
}

/** Text of a length for people: `1234, "m"` → `12.34 m`; `"ft"` → `40′ 6″`. */
export function formatLength(cm: number, unit: "m" | "ft", locale: string): string {
  if (unit === "ft") {
    const { feet, inches } = cmToFeetInches(cm);
    return inches === 0 ? `${feet}′` : `${feet}′ ${inches}″`;
  }
  const metres = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(cm / 100);
  return `${metres} m`;
}
