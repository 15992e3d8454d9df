import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import { escapeHtml } from "../../shared/basics/html.ts";
import { REVIEW_PAGE_PATH } from "../../shared/contract/desk-reviews.ts";
import { PAGE_POLICY, wholePage } from "./page-html.ts";
import { languageOf, pageTexts, type PageTexts } from "./page-texts.ts";

/** Who acts through a page on a person's phone, or where the center itself vouches for what is said. */
export const PAGE: Actor = { role: "page", deviceId: null, clerkId: null, counterId: null };

const FORM_BYTES = 32_000;

/** Answers with a page for people's phones: not kept, not listed, and with nothing from elsewhere on it. */
export const showPage = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply
    .code(status)
    .type("text/html; charset=utf-8")
    .header("content-security-policy", PAGE_POLICY)
    .header("cache-control", "no-store")
    .header("x-robots-tag", "noindex")
    .header("cross-origin-resource-policy", "same-origin")
    .send(html);

/** The texts in the language that was asked for (`?lang=`), else the browser's. */
export const textsOfRequest = (request: FastifyRequest): PageTexts => {
  const { lang } = request.query as { lang?: unknown };
  return pageTexts(languageOf(lang, request.headers["accept-language"]));
};

/** Whether a person's browser asks, who may have mistyped an address or scanned half a code; a program gets the error as JSON. */
export const isPersonAsking = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === "GET" || method === "HEAD") && !url.startsWith("/api/") && /\btext\/html\b/.test(headers.accept ?? "");

/** Says to a person that there is nothing at the address, and what to do. Its links to other languages never repeat what was asked. */
export const showNowhere = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const texts = textsOfRequest(request);
  const title = texts.say("nowhere.title");
  const body = `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(texts.say("nowhere.text"))}</p>`;
  return showPage(reply, 404, wholePage(texts, title, REVIEW_PAGE_PATH, body));
};

/** A place for routes that take a page's form, as text; nowhere else are forms taken. */
export const takeForms = (app: FastifyInstance, routes: (scope: FastifyInstance) => void): void => {
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: FORM_BYTES },
      (_request, body, parsed) => parsed(null, body),
    );
    routes(scope);
    done();
  });
};
