// Names of tests and what people type for them, written out by hand: the oracle folds no letters.

/** What each name is found by the beginnings of. */
export const NAME_WORDS = new Map<string, readonly string[]>([
  ["Berth 1", ["berth", "1"]],
  ["Tórshavn quay", ["torshavn", "quay"]],
  ["Old harbour", ["old", "harbour"]],
  ["Môle d’Estienne B12", ["mole", "d", "estienne", "destienne", "b12", "12"]],
  ["Βόρειος Μόλος", ["βορειοσ", "μολοσ"]],
  ["Großer Steg", ["grosser", "steg"]],
  ["北桟橋", ["北桟橋", "桟橋", "橋"]],
  ["Newport", ["newport"]],
  ["Havn", ["havn"]],
  ["Saint-Tropez", ["saint", "st", "tropez"]],
  ["İskele Kadıköy", ["iskele", "kadikoy", "kadikoey"]],
]);

export const HARBOUR_NAMES = ["Newport", "Havn", "Saint-Tropez", "İskele Kadıköy"];
export const DOCK_NAMES = [...NAME_WORDS.keys()].filter((name) => !HARBOUR_NAMES.includes(name));

/** What is asked for, and with what words of `NAME_WORDS` have to begin. */
export const ASKED_WORDS = new Map<string, readonly string[]>([
  ["torshavn", ["torshavn"]],
  ["TÓRS", ["tors"]],
  ["hav", ["hav"]],
  ["new", ["new"]],
  ["old new", ["old", "new"]],
  ["nowhere", ["nowhere"]],
  ["d'est", ["d", "est"]],
  ["DESTIENNE", ["destienne"]],
  ["saint-tro", ["saint", "tro"]],
  ["st. tropez", ["st", "tropez"]],
  ["ropez", ["ropez"]],
  ["ΒΌΡΕΙΟΣ", ["βορειοσ"]],
  ["μόλος β", ["μολοσ", "β"]],
  ["grosser", ["grosser"]],
  ["GROẞ", ["gross"]],
  ["kadıköy", ["kadikoy"]],
  ["IŞK", ["isk"]],
  ["12", ["12"]],
  ["b1", ["b1"]],
  ["桟橋", ["桟橋"]],
  ["1 havn", ["1", "havn"]],
]);
