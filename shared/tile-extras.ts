import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";
import { Listing, readPlaces, writePlaces } from "./tile-ints.ts";

/** What is shown of a dock and decides nothing but the order by rating. */
export interface ExtraColumns {
  ratings: (number | null)[];
  ratingOf: Int32Array;
  photos: (string | null)[];
  photoOf: Int32Array;
}

export function writeExtras(writer: ByteWriter, docks: readonly TileDock[]): void {
  const columns = [
    // In digits: a rating is as exact as whoever counted made it.
    docks.map(({ rating }) => rating === null ? "" : String(rating)),
    docks.map(({ photo }) => photo ?? ""),
  ];
  for (const texts of columns) {
    const list = new Listing<string>(String);
    const places = texts.map((text) => list.placeOf(text));
    writer.texts(list.items);
    writePlaces(writer, places);
  }
}

export function readExtras(reader: ByteReader, count: number): ExtraColumns {
  const ratingTexts = reader.texts();
  const ratings = ratingTexts.map((text) => text === "" ? null : Number(text));
  if (ratings.some((rating) => rating !== null && !Number.isFinite(rating))) {
    reader.fail("a rating is no number");
  }
  const ratingOf = readPlaces(reader, count, ratings.length);
  const photoTexts = reader.texts();
  const photoOf = readPlaces(reader, count, photoTexts.length);
  reader.finish();
  return {
    ratings,
    ratingOf,
    photos: photoTexts.map((text) => text === "" ? null : text),
    photoOf,
  };
}
