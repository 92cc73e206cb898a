import { uuidV7 } from "../../../shared/ids.ts";
import type { DemoHarbour, DemoOwner } from "./harbours.ts";
import { createRandom } from "./random.ts";

export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  role: "user" | "admin";
}

/** The accounts that one can sign in to, where every part of the stack is embedded. */
export type DemoAccount = DemoOwner | "guest" | "guest2" | "admin";

export const DEMO_PASSWORD = "dokkerr-demo";

const ACCOUNT_NAMES: Record<DemoAccount, string> = {
  guest: "Maya Lindqvist",
  guest2: "Tom Okafor",
  host: "Eleanor Hazard",
  host2: "Luka Marinović",
  admin: "Ada Sørensen",
};

/** Names of the people who keep harbours, by where they are at home. */
const NAMES: readonly { countries: string; first: string; last: string }[] = [
  {
    countries: "FR MC GP MQ RE GF PF NC BL MF PM WF YT SN CI BE",
    first: "Camille Julien Élodie Mathieu Solène Yann Nadège Loïc",
    last: "Le Goff,Moreau,Guillou,Bertrand,Rossi,Kermarrec,Fabre,Marchand",
  },
  {
    countries: "IT SM MT",
    first: "Giulia Matteo Chiara Lorenzo Francesca Davide Ilaria Pietro",
    last: "Ricci,De Luca,Bruno,Marino,Esposito,Gallo,Vella,Conti",
  },
  {
    countries: "ES MX PA CR CO PE CL UY DO GT HN EC PR",
    first: "Lucía Javier Marta Diego Carmen Andrés Elena Pablo",
    last: "Navarro,Ortega,Castillo,Serra,Vidal,Fuentes,Rojas,Méndez",
  },
  {
    countries: "PT BR CV",
    first: "Inês Tiago Beatriz Rui Mariana João Leonor Duarte",
    last: "Ferreira,Carvalho,Teixeira,Moura,Nunes,Figueiredo,Lopes,Rocha",
  },
  {
    countries: "GR CY",
    first: "Eleni Nikos Katerina Giorgos Sofia Dimitris Anna Stelios",
    last: "Papadaki,Vlachos,Kanaris,Georgiou,Makri,Stavrou,Manolis,Zervos",
  },
  {
    countries: "HR ME SI AL BG RO",
    first: "Ivana Marko Petra Ante Maja Nikola Jelena Tomislav",
    last: "Kovačić,Babić,Perić,Radić,Jurić,Vuković,Novak,Marić",
  },
  {
    countries: "TR",
    first: "Elif Mert Zeynep Deniz Ayşe Kerem Selin Emre",
    last: "Yılmaz,Kaya,Demir,Aydın,Çelik,Arslan,Koç,Öztürk",
  },
  {
    countries: "DE NL DK SE NO FI IS AX FO GL EE LT LV PL SJ",
    first: "Anneke Lars Ingrid Sven Freya Jonas Maren Henrik",
    last: "Hansen,de Vries,Nilsson,Petersen,Bakker,Berg,Johansson,Korhonen",
  },
  {
    countries: "JP KR TW CN HK SG",
    first: "Yuki Haruto Aoi Ren Sakura Kaito Mei Sora",
    last: "Tanaka,Nakamura,Lin,Kim,Yamamoto,Chen,Kobayashi,Wong",
  },
  {
    countries: "FJ TO WS CK NU PG SB VU KI NR TV TK AS GU FM MH MP PW",
    first: "Mere Tevita Sera Ioane Litia Manu Ana Josefa",
    last: "Vakatawa,Tuilagi,Naivalu,Taufa,Waqa,Fonoti,Ravula,Tamani",
  },
];
const OTHERS = {
  first: "Grace Owen Hannah Marcus Alice Rory Naomi Duncan Ruth Callum Joan Percy",
  last: "Mercer,Whitlock,Bailey,Fairweather,Doyle,Hartley,Quinn,Ashdown,Tanner,Brooks,Penrose,Cole",
};

/** The people of the demo: accounts first, then a host for each few neighbouring harbours. */
export function makePeople(
  harbours: readonly DemoHarbour[],
  seed: number,
  nowMs: number,
): { accounts: Record<DemoAccount, DemoPerson>; hosts: DemoPerson[]; hostOf: DemoPerson[] } {
  const random = createRandom(seed, 41);
  const newId = () => uuidV7(nowMs, random.bytes(10));
  const account = (name: DemoAccount): DemoPerson => ({
    id: newId(),
    name: ACCOUNT_NAMES[name],
    email: `${name}@dokkerr.test`,
    role: name === "admin" ? "admin" : "user",
  });
  const accounts: Record<DemoAccount, DemoPerson> = {
    guest: account("guest"),
    guest2: account("guest2"),
    host: account("host"),
    host2: account("host2"),
    admin: account("admin"),
  };

  const hosts: DemoPerson[] = [];
  const hostOf: DemoPerson[] = [];
  const aHost = Math.max(1, Math.ceil(harbours.length / 300));
  const byNeighbourhood = Array.from(harbours.entries())
    .filter(([, harbour]) => !harbour.owner)
    .sort(([, a], [, b]) => a.country < b.country ? -1 : a.country > b.country ? 1 : a.lat - b.lat);
  let left = 0;
  let country = "";
  for (const [number, harbour] of byNeighbourhood) {
    if (left === 0 || harbour.country !== country) {
      const name = personName(harbour.country, random.int(0, 1 << 20));
      const email = `host-${String(hosts.length + 1).padStart(4, "0")}@dokkerr.test`;
      hosts.push({ id: newId(), name, email, role: "user" });
      left = aHost;
      country = harbour.country;
    }
    hostOf[number] = hosts.at(-1)!;
    left--;
  }
  for (const [number, { owner }] of harbours.entries()) {
    if (owner) hostOf[number] = accounts[owner];
  }
  return { accounts, hosts, hostOf };
}

function personName(country: string, roll: number): string {
  const { first, last } = NAMES.find(({ countries }) => countries.split(" ").includes(country)) ??
    OTHERS;
  const firstNames = first.split(" ");
  const lastNames = last.split(",");
  return `${firstNames[roll % firstNames.length]} ${
    lastNames[Math.floor(roll / firstNames.length) % lastNames.length]
  }`;
}
