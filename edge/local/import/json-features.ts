import { BrokenFile } from "./faults.ts";

/** A feature's text, and the line that it begins on. */
export interface FeatureText {
  line: number;
  text: string;
}

/** A longer one is a file whose quotes or brackets do not match. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Cuts the elements out of a FeatureCollection's `features` without reading the whole: chunks of
 * text go in, features come out. The parsers that stream JSON say what they found but not on which
 * line, and a report by line is what this is for; each feature itself is read by JSON.parse.
 */
export class FeatureScanner {
  #line = 1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isInFeatures = false;
  /** What came last between the features. */
  #last: "bracket" | "comma" | "feature" = "bracket";
  #feature = "";
  #featureLine = 0;
  /** All but the features: the collection as if it had none. */
  #frame = "";

  /** Takes the next part of the file. @throws {BrokenFile} */
  *scan(chunk: string): Generator<FeatureText> {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i);
      if (code === 10) this.#line++;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === 92) this.#isEscaped = true;
        else if (code === 34) this.#isInString = false;
        continue;
      }
      if (this.#isInFeatures && this.#depth === 2) {
        if (!this.#isBetween(code)) continue;
        start = i;
      }
      if (code === 34) this.#isInString = true;
      else if (code === 123 || code === 91) {
        this.#depth++;
        if (this.#depth === 2 && code === 91 && this.#isFeaturesKey(chunk.slice(start, i))) {
          this.#keep(chunk.slice(start, i + 1));
          this.#isInFeatures = true;
          start = i + 1;
        }
      } else if (code === 125 || code === 93) {
        this.#depth--;
        if (!this.#isInFeatures) continue;
        if (this.#depth === 1) {
          this.#isInFeatures = false;
          start = i;
        } else if (this.#depth === 2) {
          yield { line: this.#featureLine, text: this.#feature + chunk.slice(start, i + 1) };
          this.#feature = "";
          this.#last = "feature";
          start = i + 1;
        }
      }
    }
    this.#keep(chunk.slice(start));
  }

  /** To be called when the file is over. @throws {BrokenFile} it was not whole. */
  end(): void {
    if (this.#depth > 0) {
      throw new BrokenFile(this.#line, "the file ends before its FeatureCollection does");
    }
    if (!isCollection(this.#frame)) {
      throw new BrokenFile(1, "the file is not a GeoJSON FeatureCollection");
    }
  }

  /** Between two features; answers whether something other than space and commas begins. */
  #isBetween(code: number): boolean {
    if (code === 32 || code === 10 || code === 13 || code === 9) return false;
    if (code === 44 && this.#last === "feature") {
      this.#last = "comma";
      return false;
    }
    const isFeature = code === 123 && this.#last !== "feature";
    const isEnd = code === 93 && this.#last !== "comma";
    if (!isFeature && !isEnd) {
      const found = JSON.stringify(String.fromCharCode(code));
      const expected = this.#last === "feature" ? "a comma or the end" : "a feature";
      throw new BrokenFile(this.#line, `the file is not JSON: ${expected} must be at ${found}`);
    }
    this.#featureLine = this.#line;
    return true;
  }

  #isFeaturesKey(text: string): boolean {
    return /"features"\s*:\s*$/.test(this.#frame + text);
  }

  #keep(text: string): void {
    // What lies between two features says nothing more.
    if (this.#isInFeatures && this.#depth === 2) return;
    const isFeature = this.#isInFeatures && this.#depth > 2;
    if (isFeature) this.#feature += text;
    else this.#frame += text;
    if (Math.max(this.#feature.length, this.#frame.length) <= MOST_CHARACTERS) return;
    throw new BrokenFile(
      isFeature ? this.#featureLine : 1,
      "the file has something of more than a million characters here: a quote or bracket is missing",
    );
  }
}

function isCollection(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "features" in value &&
      "type" in value && value.type === "FeatureCollection";
  } catch {
    return false;
  }
}
