import type { OutboxPhoto } from "../../room/outbox.ts";
import { fitPhoto } from "./photo-size.ts";

const TYPE = "image/jpeg";
const QUALITY = 0.85;

/**
 * A picture as it is sent: turned upright, at most MAX_SIDE pixels wide and high. It is drawn anew
 * whatever its size, so that nobody gets the place and the device that a camera writes into a file.
 *
 * @throws where the browser cannot read it as a picture.
 */
export async function scalePhoto(file: Blob): Promise<OutboxPhoto> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const { width, height } = fitPhoto(bitmap.width, bitmap.height);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d");
    if (!context) throw new Error("Cannot scale picture: the browser gives no canvas");
    // What was transparent would turn black.
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
    return { file: await toBlob(canvas), width, height };
  } finally {
    bitmap.close();
  }
}

function toBlob(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => blob ? resolve(blob) : reject(new Error("Cannot scale picture: it is too large")),
      TYPE,
      QUALITY,
    );
  });
}
