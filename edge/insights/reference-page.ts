import type { ApiDocument, JsonSchema, Operation } from "./describe-api.ts";
import { schemaToText } from "./schema-text.ts";

/** The API's description as a page: no script, nothing from elsewhere. */
export function referencePage(document: ApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  );
  const groups = new Map<string, typeof operations>();
  for (const one of operations) {
    const [group] = one.operation.tags;
    groups.set(group, [...groups.get(group) ?? [], one]);
  }
  const { title, description } = document.info;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} API</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escape(title)} API</h1>
<p>${inlineCode(escape(description))}</p>
<p>The same as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
</header>
<nav aria-label="Sections"><ul>${
    [...groups.keys(), "records"].map((group) => `<li><a href="#${group}">${group}</a></li>`)
      .join("")
  }</ul></nav>
<main>
${[...groups].map(([group, members]) => section(group, members.map(operationCard))).join("\n")}
${section("records", Object.entries(document.components.schemas).map(recordCard))}
</main>
</body>
</html>
`;
}

function section(id: string, cards: readonly string[]): string {
  return `<section id="${escape(id)}"><h2>${escape(id)}</h2>\n${cards.join("\n")}</section>`;
}

function operationCard(
  { path, method, operation }: { path: string; method: string; operation: Operation },
): string {
  const { parameters, requestBody, responses } = operation;
  const rows = parameters.map((parameter) =>
    `<tr><th scope="row"><code>${escape(parameter.name)}</code></th><td>${parameter.in}${
      parameter.required ? ", required" : ""
    }</td><td>${inlineCode(escape(parameter.description ?? ""))}</td></tr>`
  );
  const answers = Object.entries(responses).flatMap(([status, response]) => {
    if ("$ref" in response) return [];
    const schema = response.content?.["application/json"]?.schema;
    return [`<h4>Answers ${status}</h4>${schema ? code(schema) : ""}`];
  });
  const sent = requestBody?.content["application/json"]?.schema;
  return `<article id="${operation.operationId}">
<h3><span class="${method}">${method.toUpperCase()}</span> <code>${escape(path)}</code></h3>
<p>${inlineCode(escape(operation.summary))}${
    operation.security.length > 0 ? " <small>for whoever is signed in</small>" : ""
  }</p>
${rows.length > 0 ? `<table><caption>Parameters</caption>${rows.join("")}</table>` : ""}
${sent ? `<h4>Takes</h4>${code(sent)}` : ""}
${answers.join("")}
</article>`;
}

function recordCard([name, schema]: [string, JsonSchema]): string {
  return `<article id="${escape(name)}"><h3>${escape(name)}</h3>${code(schema)}</article>`;
}

/** A schema as text, its records' names as links. */
function code(schema: JsonSchema): string {
  const text = escape(schemaToText(schema))
    .replaceAll(/«(\w+)»/g, '<a href="#$1">$1</a>');
  return `<pre tabindex="0"><code>${text}</code></pre>`;
}

function inlineCode(html: string): string {
  return html.replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const STYLE = `
:root { color-scheme: light dark; --ink: #10222e; --paper: #fff; --line: #d5dde2; --soft: #f3f6f8; --link: #0b5c8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eef3; --paper: #0d171e; --line: #2b3c47; --soft: #14222b; --link: #7cc4ee; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 960px; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: 8px 16px; padding: 0; list-style: none; }
h2 { margin: 48px 0 8px; border-bottom: 2px solid var(--line); text-transform: capitalize; }
article { margin: 24px 0; }
h3 { margin: 0 0 4px; font-size: 17px; overflow-wrap: anywhere; }
h3 span { display: inline-block; min-width: 64px; font: 700 13px system-ui, sans-serif; }
h4 { margin: 12px 0 4px; font-size: 14px; }
p { margin: 4px 0; }
small { opacity: .8; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; font-weight: 700; padding: 8px 0 4px; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-top: 1px solid var(--line); font-weight: 400; }
pre { margin: 0; padding: 12px; overflow-x: auto; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; font-size: 13px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
`;
