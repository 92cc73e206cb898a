import type * as en from "./failure-words.ts";
import type { Translation } from "./words.ts";

export const failureTexts = {
  "offline":
    "Pas de connexion à Dokkerr pour l’instant. Rien n’est perdu : réessayez dans un moment.",
  "unauthenticated": "Connectez-vous d’abord.",
  "forbidden": "Cela appartient à quelqu’un d’autre.",
  "not-found": "Il n’y a rien ici. Cela a peut-être été retiré.",
  "dates-taken": "Quelqu’un a été plus rapide : ces nuits sont prises.",
  "price-changed": "Le prix a changé depuis qu’il a été affiché.",
  "quote-invalid": "Cette offre n’est plus valable. Demandez-en une nouvelle.",
  "quote-mismatch":
    "Cette offre était pour un autre séjour ou un autre bateau. Demandez-en une nouvelle.",
  "not-bookable": "Ce poste ne peut pas être réservé pour l’instant.",
  "conditions-not-accepted": "Acceptez d’abord les conditions du poste.",
  "move-not-allowed": "La réservation a évolué entre-temps. Regardez à nouveau où elle en est.",
  "payment-required": "La carte du visiteur n’a pas encore donné son accord.",
  "too-many-stays-held": "Vous avez autant de séjours non payés qu’une personne peut en avoir.",
  "too-many-requests-open": "Vous avez autant de demandes ouvertes qu’une personne peut en avoir.",
  "email-taken": "Il y a déjà un compte avec cette adresse. Vous connecter plutôt ?",
  "stale":
    "Quelqu’un a modifié cela entre-temps. Regardez les valeurs actuelles, puis enregistrez à nouveau.",
  "dock-in-use": "Ce poste a des séjours à venir que ce changement empêcherait.",
  "rate-limited": "C’était beaucoup d’un coup. Attendez une minute et réessayez.",
  "client-too-old": "Dokkerr a une version plus récente. Rechargez la page pour continuer.",
  "hub-unavailable": "Les nouvelles en direct sont absentes pour le moment.",
  "unavailable":
    "Quelque chose dont Dokkerr a besoin est absent pour le moment. Réessayez bientôt.",
  "internal":
    "Quelque chose n’a pas marché de notre côté. Réessayez, et dites-le-nous si cela dure.",
} satisfies Translation<typeof en.failureTexts>;
