import type { Handler } from "./handler.ts";

/** Only the applicant's own screen can answer: a clerk cannot sign for somebody else. */
export const applicantAnswer: Handler<"applicant.answer"> = {
  roles: ["review"],
  handle({ terminal, window }, answer) {
    if (window.display === "second") terminal.windows.tellMain(answer);
    return null;
  },
};
