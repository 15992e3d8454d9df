import { describe, expect, it } from "vitest";
import type { Case } from "../../../shared/domain/case/intake.ts";
import { shortDue } from "./due-text.ts";

const t = ((key: string, params: object) => `${key} ${JSON.stringify(params)}`) as unknown as Parameters<
  typeof shortDue
>[1];
const working = { days: 5, unit: "working" } as const;

const shown = (due: Partial<NonNullable<Case["due"]>> | null, promisedLimit: Case["promisedLimit"]): string =>
  shortDue(
    {
      due: due === null ? null : { promised: null, legal: null, unknownYear: null, ...due },
      promisedLimit,
      legalLimit: null,
    } as Case,
    t,
  );

describe("the due column of a list", () => {
  it("shows the day, or the limit while the holidays of its year are not known, or nothing", () => {
    expect(shown({ promised: "2026-12-01" }, working)).toBe("2026-12-01");
    expect(shown({ legal: "2026-12-09" }, working)).toBe("2026-12-09");
    expect(shown({ unknownYear: 2027 }, working)).toBe('cases:due.workingShort {"n":5}');
    expect(shown({ unknownYear: 2027 }, { days: 30, unit: "calendar" })).toBe('cases:due.calendarShort {"n":30}');
    // Not accepted yet, or the clock stands still.
    expect(shown(null, working)).toBe("");
    expect(shown({}, working)).toBe("");
  });
});
