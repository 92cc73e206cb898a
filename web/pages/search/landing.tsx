import { DockPlan } from "../../components/dock-plan.tsx";
import { useModule } from "../../components/use-module.ts";
import type { SearchQuery } from "../../store/search-query.ts";
import { SearchBar } from "./search-bar.tsx";
import { words } from "./landing-words.ts";
import "./landing.css";

interface LandingProps {
  search: SearchQuery;
  onChange(change: Partial<SearchQuery>): void;
}

const loadWaters = () => import("./waters.tsx");

/** What one sees before there is anything to search for. */
export function Landing({ search, onChange }: LandingProps) {
  const waters = useModule(loadWaters);
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
        </div>
      </section>
      {waters && <waters.Waters search={search} />}
    </div>
  );
}
