import { net, type Session } from "electron";
import { TooLong, type Answered, type Asked } from "./node-client.ts";

/**
 * One question by Chromium's own network stack, as `session.fetch` but without its Request and Response: the first of those makes
 * Node load its whole fetch, a tenth of a second of a program that is starting.
 */
export const requestBy = (session: Session, url: string, asked: Asked): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { method, headers = {}, body, maxBytes, signal } = asked;
    const request = net.request({ url, session, method, headers, redirect: "error", credentials: "omit" });
    const fail = (error: unknown): void => reject(error instanceof Error ? error : new Error(String(error)));
    signal.addEventListener("abort", () => {
      request.abort();
      fail(signal.reason);
    });
    request.on("error", fail);
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part) => {
        bytes += part.length;
        parts.push(part);
        if (bytes <= maxBytes) return;
        parts.length = 0;
        request.abort();
        fail(new TooLong());
      });
      response.on("error", fail);
      response.on("end", () => {
        const { date } = response.headers;
        resolve({
          status: response.statusCode,
          date: (Array.isArray(date) ? date[0] : date) ?? null,
          text: Buffer.concat(parts).toString("utf8"),
        });
      });
    });
    request.end(body);
  });
