import { useState } from "preact/hooks";
import { PersonIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { useApp } from "../../store/app-context.ts";
import { useModule } from "../../components/use-module.ts";
import { NAV } from "./nav.ts";
import { words } from "./shell-words.ts";
import "./shell.css";

const loadUnread = () => import("./unread-watch.tsx");
/** How long the first page has the network for itself, milliseconds. */
const CALM_MS = 3_000;

const loadMenu = () => import("./account-menu.tsx");

/** The mark, the ways through the product, and the account. */
export function Header() {
  const { session, router } = useApp();
  const { path, url } = router.location.value;
  const signIn = `/sign-in?back=${encodeURIComponent(url)}`;
  const [isWanted, setWanted] = useState(false);
  const menu = useModule(loadMenu, isWanted);
  const me = session.me.value;
  const watch = useModule(loadUnread, !!me, CALM_MS);
  return (
    <header class="header">
      {watch && me && <watch.UnreadWatch />}
      <a class="skip" href="#main">{words.skip}</a>
      <a class="mark" href="/" aria-label={words.home}>
        <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
          <path
            d="M5 11.5a2.5 2.5 0 0 1 2.5-2.5h17a2.5 2.5 0 0 1 0 5H20v5l2.5 4h-13l2.5-4v-5H7.5A2.5 2.5 0 0 1 5 11.5Z"
            fill="currentColor"
          />
          <path
            d="M3 26.5c4.3-3 8.7 2 13 0s8.7-1 13 0"
            fill="none"
            stroke="var(--magenta)"
            stroke-width="2"
            stroke-linecap="round"
          />
        </svg>
        <span>Dokkerr</span>
      </a>
      <nav class="header-nav" aria-label={words.main}>
        {NAV.filter(({ href }) => href !== "/").map(({ href, text }) => (
          <a key={href} href={href} aria-current={isAt(path, href) ? "page" : undefined}>
            {text}
          </a>
        ))}
      </nav>
      {me === null && <a class="button small header-sign-in" href={signIn}>{words.signIn}</a>}
      <Popover
        label={words.menu}
        triggerClass="icon-button account-button"
        align="end"
        width={330}
        onOpen={() => setWanted(true)}
        trigger={
          <>
            {me
              ? <span class="initial" aria-hidden="true">{me.name.slice(0, 1)}</span>
              : <PersonIcon />}
            <span class="sr-only">{words.menu}</span>
          </>
        }
      >
        {(close) => menu && <menu.AccountMenu onDone={close} />}
      </Popover>
    </header>
  );
}

/** The same ways under the thumb, on a phone. */
export function BottomBar() {
  const { path } = useApp().router.location.value;
  return (
    <nav class="bottom-bar" aria-label={words.main}>
      {NAV.map(({ href, text, Icon }) => (
        <a key={href} href={href} aria-current={isAt(path, href) ? "page" : undefined}>
          <Icon size={22} />
          {text}
        </a>
      ))}
    </nav>
  );
}

function isAt(path: string, href: string): boolean {
  if (href === "/") return path === "/" || path.startsWith("/docks");
  if (href === "/stays") return path === "/stays" || path.startsWith("/bookings");
  return path.startsWith(href);
}
