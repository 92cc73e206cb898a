/** A position as charts and radios have it: `43° 10.397′ N, 16° 26.622′ E` (a minute is a mile). */
export function formatPosition(lat: number, lon: number): string {
  return `${formatAxis(lat, "N", "S")}, ${formatAxis(lon, "E", "W")}`;
}

function formatAxis(degrees: number, positive: string, negative: string): string {
  // Thousandths of a minute, rounded once: 59.9996′ must become the next degree.
  const thousandths = Math.round(Math.abs(degrees) * 60_000);
  const whole = Math.floor(thousandths / 60_000);
  const minutes = ((thousandths % 60_000) / 1000).toFixed(3).padStart(6, "0");
  // Spaces that do not break: half a position is none.
  return `${whole}°\u00a0${minutes}′\u00a0${degrees < 0 ? negative : positive}`;
}
