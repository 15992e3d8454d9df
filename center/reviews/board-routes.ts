import type { FastifyInstance } from "fastify";
import { escapeHtml } from "../../shared/basics/html.ts";
import { addDays, clockOf, dayOf } from "../../shared/basics/time.ts";
import { TOO_FEW, type Satisfaction, type Share } from "../../shared/domain/review/figures.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { dateText, PAGE_POLICY, wholePage } from "./page-html.ts";
import { languageOf, pageTexts, type PageTexts } from "./page-texts.ts";
import { readFigures } from "./read-figures.ts";

/** Days that the public board looks back over, today included. */
const BOARD_DAYS = 30;
/** The figures are read anew at most this often, however many people look. */
const FRESH_MS = 30_000;

/** Isolated, so that the sign stays behind its number in lines from right to left. */
const percent = (share: number): string => `\u2066${(share * 100).toFixed(1)}%\u2069`;

const shareText = (share: Share | null): string => (share === null ? "–" : percent(share.share));

const satisfiedCell = (texts: PageTexts, of: Satisfaction): string => {
  if (of.satisfied === null) return escapeHtml(texts.say("board.tooFew", { count: of.given, least: TOO_FEW }));
  const { share, from, to } = of.satisfied;
  const name = `${percent(share)} (${texts.say("board.interval", { from: percent(from), to: percent(to) })})`;
  return `${escapeHtml(name)}<br><meter min="0" max="1" value="${share.toFixed(4)}" aria-label="${escapeHtml(name)}"></meter>`;
};

const table = (
  texts: PageTexts,
  heading: string,
  rows: readonly Satisfaction[],
  nameOf: (key: string) => string,
): string => {
  if (rows.length === 0) return "";
  // Where the table is too narrow for columns, each cell says what it is.
  const [given, satisfied] = [escapeHtml(texts.say("board.given")), escapeHtml(texts.say("board.satisfied"))];
  const lines = [...rows]
    .sort((left, right) => left.key.localeCompare(right.key, "en", { numeric: true }))
    .map(
      (row) =>
        `<tr><th scope="row">${escapeHtml(nameOf(row.key))}</th><td data-name="${given}">${String(row.given)}</td><td data-name="${satisfied}">${satisfiedCell(texts, row)}</td></tr>`,
    );
  return `<h2>${escapeHtml(heading)}</h2><table><thead><tr><th scope="col">${escapeHtml(texts.say("board.name"))}</th><th scope="col">${given}</th><th scope="col">${satisfied}</th></tr></thead><tbody>${lines.join("")}</tbody></table>`;
};

/** The hall's figures for everybody, with the formula: nothing in it is about one person, one clerk or a handful. */
export const boardRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const kept = new Map<string, { readonly at: number; readonly html: string }>();
  app.get<{ Params: { hallId: string }; Querystring: { lang?: unknown } }>(
    "/figures/:hallId",
    async (request, reply) => {
      const { hallId } = request.params;
      if (!(await context.halls.homedIds()).includes(hallId)) throw apiError("not_found");
      const texts = pageTexts(languageOf(request.query.lang, request.headers["accept-language"]));
      void reply
        .type("text/html; charset=utf-8")
        .header("content-security-policy", PAGE_POLICY)
        .header("cache-control", "no-cache");
      const now = context.clock();
      const key = `${hallId} ${texts.language}`;
      const known = kept.get(key);
      if (known && now - known.at < FRESH_MS && now >= known.at) return reply.send(known.html);
      const html = await board(context, hallId, texts, now);
      kept.set(key, { at: now, html });
      return reply.send(html);
    },
  );
};

const board = async (context: CenterContext, hallId: string, texts: PageTexts, now: number): Promise<string> => {
  const { say } = texts;
  const { plan } = (await context.halls.get(hallId)).hall;
  const offset = plan?.utcOffsetMinutes ?? 480;
  const to = dayOf(now, offset);
  const from = addDays(to, 1 - BOARD_DAYS);
  const figures = await readFigures(
    context.database,
    hallId,
    { from, to },
    now,
    (code) => context.catalogues.findItem(code)?.name,
  );
  const isChinese = texts.language === "zh-CN";
  const hallName = (isChinese ? plan?.name : plan?.nameEn) ?? "";
  const business = (id: string): string => {
    const found = plan?.businesses.find((each) => each.id === id);
    return `${id} ${(isChinese ? found?.name : found?.nameEn) ?? ""}`.trim();
  };
  const counter = (id: string): string =>
    say("board.counterName", { number: plan?.counters.find((each) => each.id === id)?.number ?? id });
  const { hall, orders } = figures;
  const levels =
    hall.given === 0
      ? ""
      : hall.levels === null
        ? `<p class="quiet">${escapeHtml(say("board.hidden"))}</p>`
        : `<h2>${escapeHtml(say("board.levels"))}</h2><table><tbody>${([5, 4, 3, 2, 1] as const)
            .map(
              (level) =>
                `<tr><th scope="row">${escapeHtml(say(`level.${String(level)}`))}</th><td>${String(hall.levels?.[level] ?? 0)}</td></tr>`,
            )
            .join("")}</tbody></table>`;
  const facts: readonly (readonly [string, string])[] = [
    [say("board.given"), String(hall.given)],
    [say("board.responses"), shareText(figures.responses)],
    [say("board.onTime"), shareText(figures.onTime)],
    [say("board.calledBack"), shareText(figures.calledBack)],
    [say("board.falseShare"), shareText(figures.falseReviews)],
  ];
  const tags = figures.tags.filter(({ count }) => count >= 5).slice(0, 10);
  const tagRows = tags.map(
    ({ code, count }) => `<tr><th scope="row">${escapeHtml(say(`tag.${code}`))}</th><td>${String(count)}</td></tr>`,
  );
  const body = `<p>${escapeHtml(hallName)}${plan?.sample === true ? ` · ${escapeHtml(say("board.sample"))}` : ""}</p>
<h1>${escapeHtml(say("board.title"))}</h1>
<p class="quiet">${escapeHtml(say("board.period", { from: dateText(from), to: dateText(to) }))} · ${escapeHtml(say("board.updated", { time: clockOf(now, offset) }))}</p>
${
  hall.given === 0
    ? `<p>${escapeHtml(say("board.none"))}</p>`
    : `<p>${escapeHtml(say("board.satisfied"))}</p><p class="figure">${hall.satisfied === null ? "–" : percent(hall.satisfied.share)}</p><p>${satisfiedCell(texts, hall)}</p>`
}
<dl class="figures">${facts.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>
<p>${escapeHtml(say("board.orders", { open: orders.open, overdue: orders.overdue, closed: orders.closed }))}</p>
${levels}
${table(texts, say("board.business"), figures.byBusiness, business)}
${table(texts, say("board.counter"), figures.byCounter, counter)}
${tagRows.length === 0 ? "" : `<h2>${escapeHtml(say("board.tags"))}</h2><table><tbody>${tagRows.join("")}</tbody></table>`}
<p class="quiet">${escapeHtml(say("board.formula"))}</p>`;
  return wholePage(texts, say("board.title"), `/figures/${hallId}`, body);
};
