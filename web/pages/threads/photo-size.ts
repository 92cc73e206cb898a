/** The longer side of a picture as it is sent, pixels: a berth's number is read from less. */
export const MAX_SIDE = 2_048;

/** A picture's size after it was made to fit, in its own proportions; never larger, never nothing. */
export function fitPhoto(
  width: number,
  height: number,
  maxSide = MAX_SIDE,
): { width: number; height: number } {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** The longer side of a picture among the messages, CSS pixels. */
const SHOWN_WIDTH = 320;
const SHOWN_HEIGHT = 360;

/** The place that a picture takes among the messages, before its first byte is here. */
export function shownSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, SHOWN_WIDTH / width, SHOWN_HEIGHT / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
