import { SignedIn } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { words } from "./money-words.ts";
import { StatementPart } from "./statement-part.tsx";
import "./money.css";

/** What a guest owed, paid and got back. */
export default function StatementPage() {
  useTitle(words.statement);
  return (
    <SignedIn why={words.why}>
      {(me) => (
        <div key={me.id} class="page stack money-page">
          <p class="back-link">
            <a href="/stays">{words.toStays}</a>
          </p>
          <h1>{words.statement}</h1>
          <StatementPart side="guest" />
        </div>
      )}
    </SignedIn>
  );
}
