import { expect, test } from "vitest";
import { readHead, sniffPhotoType } from "./photo-bytes.ts";

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

test("sniffPhotoType knows its four formats by their signatures and nothing else", () => {
  expect(sniffPhotoType(bytes("\xff\xd8\xff\xe0..JFIF.."))).toBe("image/jpeg");
  expect(sniffPhotoType(bytes("\x89PNG\r\n\x1a\n...."))).toBe("image/png");
  expect(sniffPhotoType(bytes("RIFF....WEBP"))).toBe("image/webp");
  expect(sniffPhotoType(bytes("\0\0\0\x1cftypavif"))).toBe("image/avif");
  for (
    const other of [
      "",
      "<svg xmlns=",
      "RIFF....WAVE",
      "GIF89a......",
      "\0\0\0\x1cftypmp42",
      "\xff\xd8",
    ]
  ) {
    expect(sniffPhotoType(bytes(other))).toBeUndefined();
  }
});

test("readHead gathers the first bytes from any chunks and fetches no more", async () => {
  let isCancelled = false;
  const chunks = ["RI", "FF..", "", "..WEBPVP8 and much more", "and more"].map(bytes);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
    cancel() {
      isCancelled = true;
    },
  }, { highWaterMark: 0 });
  const blob = { body, contentType: "image/webp", bytes: 40, tag: undefined };
  expect(sniffPhotoType(await readHead(blob))).toBe("image/webp");
  expect(isCancelled).toBe(true);
  expect(chunks).toHaveLength(1);
});

test("readHead takes a file that is shorter than a signature", async () => {
  const body = new Blob(["ab"]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  const head = await readHead({ body, contentType: "image/png", bytes: 2, tag: undefined });
  expect(head).toEqual(bytes("ab"));
});
