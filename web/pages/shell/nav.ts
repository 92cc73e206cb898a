import { HostIcon, MessageIcon, SearchIcon, StayIcon } from "../../components/icons.tsx";
import { words } from "./shell-words.ts";

export const NAV = [
  { href: "/", text: words.search, Icon: SearchIcon },
  { href: "/stays", text: words.stays, Icon: StayIcon },
  { href: "/threads", text: words.messages, Icon: MessageIcon },
  { href: "/host", text: words.host, Icon: HostIcon },
];
