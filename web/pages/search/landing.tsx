import { DockPlan } from "../../components/dock-plan.tsx";
import { PinIcon } from "../../components/icons.tsx";
import type { SearchQuery } from "../../store/search-query.ts";
import { searchToParams } from "../../store/search-query.ts";
import { SearchBar } from "./search-bar.tsx";
import { WATERS, words } from "./search-words.ts";
import "./landing.css";

interface LandingProps {
  search: SearchQuery;
  onChange(change: Partial<SearchQuery>): void;
}

/** What one sees before there is anything to search for. */
export function Landing({ search, onChange }: LandingProps) {
  return (
    <div class="landing">
      <section class="hero">
        <div class="hero-art">
          <DockPlan id={2028} kind="slip" depthCm={270} />
        </div>
        <div class="hero-text">
          <h1>{words.hero}</h1>
          <p>{words.heroText}</p>
          <SearchBar search={search} onChange={onChange} />
          <h2 class="legend">{words.start}</h2>
          <ul class="chips">
            {WATERS.map(({ name, lat, lon, radiusM }) => {
              const area = { kind: "near", centre: { lat, lon }, radiusM, label: name } as const;
              return (
                <li key={name}>
                  <a class="chip" href={`/?${searchToParams({ ...search, area })}`}>
                    <PinIcon size={16} />
                    {name}
                  </a>
                </li>
              );
            })}
          </ul>
        </div>
      </section>
      <section class="promises">
        {words.promises.map(([title, text]) => (
          <div key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </div>
        ))}
      </section>
    </div>
  );
}
