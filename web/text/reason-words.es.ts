import type * as en from "./reason-words.ts";
import type { Translation } from "./words.ts";

const lengths = (boat: string, berth: string) =>
  `El barco mide ${boat} y el amarre admite hasta ${berth}.`;
const beams = (boat: string, berth: string) =>
  `El barco tiene ${boat} de manga y el amarre admite hasta ${berth}.`;
const weights = (boat: string, berth: string) =>
  `El barco pesa ${boat} y el amarre aguanta hasta ${berth}.`;

export const reasonSentences = {
  "length-fits": lengths,
  "too-long": lengths,
  "too-short": (boat, least) => `El barco mide ${boat} y el amarre solo admite desde ${least}.`,
  "loa-unknown": () => "No se ha indicado la eslora total.",
  "beam-fits": beams,
  "too-wide": beams,
  "beam-unknown": () => "No se ha indicado la manga.",
  "max-beam-unknown": () => "No se conoce la anchura del amarre.",
  "deep-enough": (needed, depth) =>
    `El calado más un margen piden ${needed}; en la marea más baja hay ${depth}.`,
  "aground-at-low-water": (needed, depth) =>
    `El calado más un margen piden ${needed}; en la marea más baja hay ${depth}. El barco puede varar: entra y sal cerca de la pleamar.`,
  "too-shallow": (needed, depth) => `El calado más un margen piden ${needed}; solo hay ${depth}.`,
  "no-tide-to-enter": (needed) =>
    `El calado más un margen piden ${needed}; ninguna marea de la estancia llega a tanto.`,
  "draft-unknown": () => "No se ha indicado el calado.",
  "depth-unknown": () => "Aquí no se conoce la profundidad en bajamar.",
  "tide-unknown": (needed, depth) =>
    `El calado más un margen piden ${needed}; en la marea más baja hay ${depth} y no se sabe cuánto sube.`,
  "clears-overhead": (needed, air) =>
    `La altura más un margen piden ${needed}; en la marea más alta quedan ${air}.`,
  "too-high": (needed, air) => `La altura más un margen piden ${needed}; solo hay ${air}.`,
  "air-draft-unknown": () =>
    "Hay un puente o un cable y no se ha indicado la altura sobre el agua del barco.",
  "overhead-unknown": () => "Hay un puente o un cable cuya altura no se conoce.",
  "high-water-unknown": (needed, air) =>
    `La altura más un margen piden ${needed}; en la marea más baja hay ${air} y no se sabe cuánto sube.`,
  "light-enough": weights,
  "too-heavy": weights,
  "displacement-unknown": () =>
    "El amarre tiene un límite de peso y no se ha indicado el desplazamiento.",
  "max-displacement-unknown": () => "No se sabe cuánto peso aguanta este amarre.",
  "power-fits": (_needed, amps) => `Hay una toma de ${amps} que sirve.`,
  "power-adapter": (needed) => `Tu enchufe de ${needed} necesita aquí un adaptador.`,
  "power-fewer-amps": (needed, amps) => `El barco pide ${needed} y la toma da ${amps}.`,
  "power-shared": (_needed, amps) => `Tus enchufes tendrán que compartir una toma de ${amps}.`,
  "no-outlet": (needed) =>
    needed ? `Ninguna toma sirve para tu enchufe de ${needed}.` : "No hay toma de corriente.",
  "hull-taken": () => "Se admiten barcos de este tipo.",
  "hull-not-taken": () => "No se admiten barcos de este tipo.",
  "hull-unknown": () => "No se admiten todos los tipos de barco y no se ha indicado el tuyo.",
  "insured": () => "El seguro cubre la estancia.",
  "insurance-ends": () => "El seguro vence antes de la salida.",
  "insurance-unknown": () => "Se pide un seguro y no se ha indicado el tuyo.",
  "departure-unknown": () => "Se pide un seguro hasta el día de salida: elige tus noches.",
} satisfies Translation<typeof en.reasonSentences>;
