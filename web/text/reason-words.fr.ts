import type * as en from "./reason-words.ts";
import type { Translation } from "./words.ts";

const lengths = (boat: string, berth: string) =>
  `Le bateau mesure ${boat}, le poste accepte jusqu’à ${berth}.`;
const beams = (boat: string, berth: string) =>
  `Le bateau fait ${boat} de large, le poste accepte jusqu’à ${berth}.`;
const weights = (boat: string, berth: string) =>
  `Le bateau pèse ${boat}, le poste supporte jusqu’à ${berth}.`;

export const reasonSentences = {
  "length-fits": lengths,
  "too-long": lengths,
  "too-short": (boat, least) =>
    `Le bateau mesure ${boat}, le poste n’accepte qu’à partir de ${least}.`,
  "loa-unknown": () => "La longueur hors tout n’est pas indiquée.",
  "beam-fits": beams,
  "too-wide": beams,
  "beam-unknown": () => "La largeur du bateau n’est pas indiquée.",
  "max-beam-unknown": () => "La largeur du poste n’est pas connue.",
  "deep-enough": (needed, depth) =>
    `Tirant d’eau et pied de pilote demandent ${needed} ; il reste ${depth} au plus bas.`,
  "aground-at-low-water": (needed, depth) =>
    `Tirant d’eau et pied de pilote demandent ${needed} ; il reste ${depth} au plus bas. Le bateau peut échouer : entrez et sortez autour de la pleine mer.`,
  "too-shallow": (needed, depth) =>
    `Tirant d’eau et pied de pilote demandent ${needed} ; il n’y a que ${depth}.`,
  "no-tide-to-enter": (needed) =>
    `Tirant d’eau et pied de pilote demandent ${needed} : aucune marée du séjour n’y suffit.`,
  "draft-unknown": () => "Le tirant d’eau n’est pas indiqué.",
  "depth-unknown": () => "La profondeur à basse mer n’est pas connue ici.",
  "tide-unknown": (needed, depth) =>
    `Tirant d’eau et pied de pilote demandent ${needed} ; il reste ${depth} au plus bas, et on ignore de combien l’eau monte.`,
  "clears-overhead": (needed, air) =>
    `Tirant d’air et marge demandent ${needed} ; il reste ${air} à la plus haute mer.`,
  "too-high": (needed, air) => `Tirant d’air et marge demandent ${needed} ; il n’y a que ${air}.`,
  "air-draft-unknown": () => "Il y a un pont ou un câble, et le tirant d’air n’est pas indiqué.",
  "overhead-unknown": () => "Il y a un pont ou un câble dont la hauteur n’est pas connue.",
  "high-water-unknown": (needed, air) =>
    `Tirant d’air et marge demandent ${needed} ; il y a ${air} au plus bas, et on ignore de combien l’eau monte.`,
  "light-enough": weights,
  "too-heavy": weights,
  "displacement-unknown": () =>
    "Le poste a un poids limite, et le déplacement du bateau n’est pas indiqué.",
  "max-displacement-unknown": () => "On ignore quel poids ce poste supporte.",
  "power-fits": (_needed, amps) => `Une borne de ${amps} convient.`,
  "power-adapter": (needed) => `Votre prise de ${needed} demande ici un adaptateur.`,
  "power-fewer-amps": (needed, amps) => `Le bateau demande ${needed}, la borne donne ${amps}.`,
  "power-shared": (_needed, amps) => `Vos prises devront partager une borne de ${amps}.`,
  "no-outlet": (needed) =>
    needed
      ? `Aucune borne ne convient à votre prise de ${needed}.`
      : "Il n’y a pas d’électricité à quai.",
  "hull-taken": () => "Ce type de bateau est le bienvenu.",
  "hull-not-taken": () => "Ce type de bateau n’est pas accepté.",
  "hull-unknown": () =>
    "Tous les types de bateau ne sont pas acceptés, et le vôtre n’est pas indiqué.",
  "insured": () => "L’assurance couvre le séjour.",
  "insurance-ends": () => "L’assurance se termine avant le départ.",
  "insurance-unknown": () => "Une assurance est demandée, et la vôtre n’est pas indiquée.",
  "departure-unknown": () =>
    "Une assurance jusqu’au jour du départ est demandée : choisissez vos nuits.",
} satisfies Translation<typeof en.reasonSentences>;
