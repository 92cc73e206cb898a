import type { DockKind } from "../../../shared/dock.ts";
import { DockPlan } from "../../components/dock-plan.tsx";
import type { Area, SearchQuery } from "../../store/search-query.ts";
import { searchToParams } from "../../store/search-query.ts";
import { words } from "./waters-words.ts";
import "./waters.css";

interface Water {
  name: string;
  coast: string;
  lat: number;
  lon: number;
  radiusM: number;
  kind: DockKind;
}

/** Where a first search can begin, until there is a history of one's own. */
const WATERS: readonly Water[] = [
  {
    name: "Newport",
    coast: "Rhode Island",
    lat: 41.49,
    lon: -71.33,
    radiusM: 20_000,
    kind: "slip",
  },
  { name: "Palma", coast: "Mallorca", lat: 39.56, lon: 2.63, radiusM: 25_000, kind: "stern_to" },
  { name: "Split", coast: "Dalmatia", lat: 43.5, lon: 16.44, radiusM: 30_000, kind: "side_tie" },
  { name: "Falmouth", coast: "Cornwall", lat: 50.15, lon: -5.06, radiusM: 25_000, kind: "mooring" },
  { name: "Bergen", coast: "Vestland", lat: 60.39, lon: 5.31, radiusM: 30_000, kind: "pile" },
  { name: "Suva", coast: "Fiji", lat: -18.13, lon: 178.42, radiusM: 60_000, kind: "t_head" },
];

/** Below the first screen: where to begin, and what one can rely on. */
export function Waters({ search }: { search: SearchQuery }) {
  return (
    <>
      <section class="waters" aria-labelledby="waters-title">
        <h2 id="waters-title">{words.start}</h2>
        <ul class="waters-list">
          {WATERS.map(({ name, coast, lat, lon, radiusM, kind }, i) => {
            const area: Area = { kind: "near", centre: { lat, lon }, radiusM, label: name };
            return (
              <li key={name}>
                <a href={`/?${searchToParams({ ...search, area })}`}>
                  <span class="waters-picture">
                    <DockPlan id={i + 40} kind={kind} />
                  </span>
                  <b>{name}</b>
                  <span class="muted small">{coast}</span>
                </a>
              </li>
            );
          })}
        </ul>
      </section>
      <section class="promises">
        {words.promises.map(([title, text]) => (
          <div key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </div>
        ))}
      </section>
    </>
  );
}
