import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import { PAGE_POLICY } from "./page-html.ts";
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
