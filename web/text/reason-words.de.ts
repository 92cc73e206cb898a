import type * as en from "./reason-words.ts";
import type { Translation } from "./words.ts";

const lengths = (boat: string, berth: string) =>
  `Sie misst ${boat}, der Liegeplatz fasst bis ${berth}.`;
const beams = (boat: string, berth: string) =>
  `Sie ist ${boat} breit, der Liegeplatz fasst bis ${berth}.`;
const weights = (boat: string, berth: string) =>
  `Sie wiegt ${boat}, der Liegeplatz trägt bis ${berth}.`;

export const reasonSentences = {
  "length-fits": lengths,
  "too-long": lengths,
  "too-short": (boat, least) => `Sie misst ${boat}, der Liegeplatz nimmt erst ab ${least}.`,
  "loa-unknown": () => "Ihre Länge über alles ist nicht angegeben.",
  "beam-fits": beams,
  "too-wide": beams,
  "beam-unknown": () => "Ihre Breite ist nicht angegeben.",
  "max-beam-unknown": () => "Die Breite des Liegeplatzes ist nicht bekannt.",
  "deep-enough": (needed, depth) =>
    `Tiefgang und Reserve brauchen ${needed}; bei niedrigstem Wasser sind es ${depth}.`,
  "aground-at-low-water": (needed, depth) =>
    `Tiefgang und Reserve brauchen ${needed}; bei niedrigstem Wasser sind es ${depth}. Sie kann trockenfallen: um Hochwasser ein- und auslaufen.`,
  "too-shallow": (needed, depth) =>
    `Tiefgang und Reserve brauchen ${needed}; es sind nur ${depth}.`,
  "no-tide-to-enter": (needed) =>
    `Tiefgang und Reserve brauchen ${needed}; so hoch steigt keine Tide zwischen Ankunft und Abreise.`,
  "draft-unknown": () => "Ihr Tiefgang ist nicht angegeben.",
  "depth-unknown": () => "Die Tiefe bei Niedrigwasser ist hier nicht bekannt.",
  "tide-unknown": (needed, depth) =>
    `Tiefgang und Reserve brauchen ${needed}; bei niedrigstem Wasser sind es ${depth}, und wie weit es steigt, ist nicht bekannt.`,
  "clears-overhead": (needed, air) =>
    `Mast und Reserve brauchen ${needed}; bei höchstem Wasser sind es ${air}.`,
  "too-high": (needed, air) => `Mast und Reserve brauchen ${needed}; es sind nur ${air}.`,
  "air-draft-unknown": () =>
    "Es gibt eine Brücke oder Leitung, und ihre Durchfahrtshöhe ist nicht angegeben.",
  "overhead-unknown": () => "Es gibt eine Brücke oder Leitung, deren Höhe nicht bekannt ist.",
  "high-water-unknown": (needed, air) =>
    `Mast und Reserve brauchen ${needed}; bei niedrigstem Wasser sind es ${air}, und wie weit es steigt, ist nicht bekannt.`,
  "light-enough": weights,
  "too-heavy": weights,
  "displacement-unknown": () =>
    "Der Liegeplatz hat eine Gewichtsgrenze, und ihre Verdrängung ist nicht angegeben.",
  "max-displacement-unknown": () => "Wie viel Gewicht dieser Liegeplatz trägt, ist nicht bekannt.",
  "power-fits": (_needed, amps) => `Ein Landanschluss mit ${amps} passt.`,
  "power-adapter": (needed) => `Ihr Stecker für ${needed} braucht hier einen Adapter.`,
  "power-fewer-amps": (needed, amps) => `Sie zieht ${needed}, der Anschluss gibt ${amps}.`,
  "power-shared": (_needed, amps) => `Ihre Anschlüsse müssen sich eine Dose mit ${amps} teilen.`,
  "no-outlet": (needed) =>
    needed ? `Kein Anschluss passt zu ihrem Stecker für ${needed}.` : "Es gibt keinen Landstrom.",
  "hull-taken": () => "Boote ihrer Art sind willkommen.",
  "hull-not-taken": () => "Boote ihrer Art werden nicht aufgenommen.",
  "hull-unknown": () => "Nicht jede Bootsart wird aufgenommen, und ihre ist nicht angegeben.",
  "insured": () => "Ihre Versicherung deckt den Aufenthalt.",
  "insurance-ends": () => "Ihre Versicherung endet vor der Abreise.",
  "insurance-unknown": () => "Eine Versicherung wird verlangt, und ihre ist nicht angegeben.",
  "departure-unknown": () =>
    "Eine Versicherung bis zum Tag der Abreise wird verlangt: bitte die Nächte wählen.",
} satisfies Translation<typeof en.reasonSentences>;
