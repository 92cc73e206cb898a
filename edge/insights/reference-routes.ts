import { publicEndpoint } from "../http/endpoint.ts";
import type { Endpoint } from "../http/endpoint.ts";
import { taggedResponse } from "../http/respond.ts";
import { type ApiDocument, describeApi } from "./describe-api.ts";
import { referencePage } from "./reference-page.ts";

type Routes = Parameters<typeof describeApi>[0];

/** `GET /api/openapi.json` and `GET /api/reference`, of a table that they are rows of themselves. */
export function referenceEndpoints(routes: () => Routes): {
  getOpenApi: Endpoint;
  getReference: Endpoint;
} {
  let known: { publicUrl: string; document: ApiDocument } | undefined;
  const documentFor = (publicUrl: string): ApiDocument => {
    if (known?.publicUrl !== publicUrl) {
      known = { publicUrl, document: describeApi(routes(), publicUrl) };
    }
    return known.document;
  };
  return {
    getOpenApi: publicEndpoint({
      summary: "Read the API's description (OpenAPI 3.1)",
      async handle({ deps }) {
        const text = JSON.stringify(documentFor(deps.config.publicUrl));
        return await taggedResponse(text, {
          "Cache-Control": "no-cache",
        });
      },
    }),
    getReference: publicEndpoint({
      summary: "Read the API's description as a page",
      async handle({ deps }) {
        const html = referencePage(documentFor(deps.config.publicUrl));
        return await taggedResponse(html, {
          "Content-Type": "text/html; charset=utf-8",
          "Cache-Control": "no-cache",
          "Content-Security-Policy":
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        });
      },
    }),
  };
}
