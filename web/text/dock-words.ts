import type { DockKind } from "../../shared/dock.ts";
import type { Verdict } from "../../shared/fit.ts";

export const kindWords: Record<DockKind, string> = {
  slip: "Slip",
  side_tie: "Side-tie quay",
  t_head: "T-head",
  stern_to: "Stern-to berth",
  pile: "Pile berth",
  mooring: "Mooring buoy",
  dry_rack: "Dry rack",
};

export const verdictWords: Record<Verdict, string> = {
  fits: "Fits",
  conditional: "Fits, with a condition",
  no: "Does not fit",
  unknown: "Fit not known",
};
