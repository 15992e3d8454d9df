import { clockOf, dayOf, type Day } from "../../basics/time.ts";
import type { Applicant } from "../case/applicant.ts";
import { lacksOf, type Case, type DocumentKind, type Intake, type Lacks } from "../case/intake.ts";
import type { MaterialLack } from "../case/material.ts";
import { writeProgressMark } from "../case/progress-link.ts";
import type { TimeLimit } from "../catalogue/catalogue.ts";
import type { HallPlan } from "../hall/plan.ts";
import type { HallState } from "../hall/state.ts";
import { maskPhone } from "../identity/mask.ts";
import type { DocumentFacts, TemplateSet } from "./template.ts";

/** What a document is about, beside what the hall's state tells. */
export interface DocumentWish {
  readonly kind: DocumentKind;
  readonly intakeId: string;
  /** Null: about the whole intake. */
  readonly caseId: string | null;
  readonly applicant: Applicant;
  readonly agent: Applicant | null;
  readonly clerkName: string;
  /** Hall time, milliseconds. */
  readonly now: number;
  /** Address of the hall's progress page; null: no QR code. */
  readonly progressPage: string | null;
}

const TOLD: readonly MaterialLack["why"][] = ["missing", "toFollow", "defect", "copies"];

const chineseDay = (day: Day | null): string => {
  if (day === null) return "";
  const [year = "", month = "", date = ""] = day.split("-");
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
};

const limitText = (limit: TimeLimit | null, words: TemplateSet["words"]): string =>
  limit === null ? "" : `${String(limit.days)}${limit.unit === "working" ? words.workingDays : words.calendarDays}`;

const isLicenceKind = (kind: string): boolean => kind.includes("许可");

const tailOf = (text: string): string => text.slice(-4);

const numbered = <T>(
  entries: readonly T[],
  of: (entry: T) => Readonly<Record<string, string>>,
): readonly Readonly<Record<string, string>>[] => entries.map((entry, at) => ({ n: String(at + 1), ...of(entry) }));

const lackText = ({ why, defect, copies }: MaterialLack, words: TemplateSet["words"]): string => {
  if (why === "defect") return `${words.defect}${defect ?? ""}`;
  if (why === "copies") return `${words.copiesShort}${String(copies)}${words.copiesUnit}`;
  return why === "toFollow" ? words.toFollow : words.missing;
};

const lackEntries = (lacks: Lacks, words: TemplateSet["words"]): readonly { name: string; what: string }[] => [
  ...(lacks.formMissing ? [{ name: words.form, what: words.missing }] : []),
  ...lacks.formErrors.map(({ title, problem }) => ({ name: title, what: problem })),
  ...lacks.materials
    .filter(({ why }) => TOLD.includes(why))
    .map((lack) => ({ name: lack.name, what: lackText(lack, words) })),
];

/** When everything should be ready: the last of the due days that are known. */
const dueOf = (cases: readonly Case[]): Day | null =>
  cases
    .flatMap(({ due }) => due?.promised ?? due?.legal ?? [])
    .sort()
    .at(-1) ?? null;

const sameText = (texts: readonly string[]): string => [...new Set(texts.filter((text) => text !== ""))].join("、");

/**
 * The facts of a document, out of the hall's state and what is known of the people.
 * @param set for the words that stand for codes (纸质, 工作日 …)
 * @returns undefined when the intake or the plan is not known here
 */
export const documentFactsOf = (
  state: HallState,
  wish: DocumentWish,
  set: Pick<TemplateSet, "words">,
): DocumentFacts | undefined => {
  const intake = state.intakes.get(wish.intakeId);
  if (!intake || state.plan === null) return undefined;
  const { words } = set;
  const cases = intake.caseIds
    .flatMap((id) => state.cases.get(id) ?? [])
    .filter(({ id }) => wish.caseId === null || id === wish.caseId);
  return {
    ...headOf(state.plan, intake, cases, wish, words),
    lists: listsOf(intake, cases, wish, words),
  };
};

const headOf = (
  plan: HallPlan,
  intake: Intake,
  cases: readonly Case[],
  wish: DocumentWish,
  words: TemplateSet["words"],
): Omit<DocumentFacts, "lists"> => {
  const { applicant, agent, now } = wish;
  const today = dayOf(now, plan.utcOffsetMinutes);
  const one = cases.length === 1 ? cases[0] : undefined;
  const before = intake.documents.filter(({ kind }) => kind === wish.kind).length;
  const correction = intake.corrections.at(-1);
  const procedure = one?.procedures.at(-1);
  const decision = one?.decision ?? null;
  const handOut = one?.handOut ?? null;
  const counter = plan.counters.find(({ id }) => id === (handOut?.counterId ?? intake.counterId));
  const isLicence = cases.length > 0 && cases.every(({ kind }) => isLicenceKind(kind));
  const reasons: Partial<Record<DocumentKind, string>> = {
    refusal: intake.refusal?.reason ?? "",
    specialProcedure: procedure?.reason ?? "",
  };
  return {
    hallEn: plan.nameEn,
    isSample: plan.sample,
    progressUrl:
      wish.progressPage === null ? null : `${wish.progressPage}#${writeProgressMark(plan.hallId, intake.number)}`,
    values: {
      hall: plan.name,
      applicant: applicant.name,
      applicantKind: applicant.kind === "person" ? words.person : words.firm,
      idTail: tailOf(applicant.idNo),
      phoneMasked: maskPhone(applicant.phone),
      agent: agent?.name ?? "",
      representative: applicant.representative,
      caseNumber: one?.number ?? intake.number,
      platformNumber: one?.platformNo ?? "",
      packageName: intake.package?.name ?? "",
      itemNames:
        intake.package !== null && one === undefined
          ? intake.package.name
          : sameText(cases.map(({ itemName }) => itemName)),
      department: sameText(cases.map(({ department }) => department)),
      receivedDate: chineseDay(intake.receivedDay),
      acceptedDate: chineseDay(intake.acceptedDay ?? today),
      date: chineseDay(today),
      time: `${chineseDay(today)} ${clockOf(now, plan.utcOffsetMinutes)}`,
      year: today.slice(0, 4),
      clerk: wish.clerkName,
      counter: counter === undefined ? "" : `${String(counter.number)}${words.counter}`,
      legalLimit: one === undefined ? "" : limitText(one.legalLimit, words),
      promisedLimit: one === undefined ? "" : limitText(one.promisedLimit, words),
      dueDate: chineseDay(dueOf(cases)),
      owedBy: chineseDay(intake.owed?.by ?? null),
      reason: reasons[wish.kind] ?? "",
      repeatReason: correction?.repeatReason ?? "",
      procedure: procedure === undefined ? "" : words[`procedure_${procedure.kind}`],
      note: decision?.note ?? "",
      outcome: decision === null ? "" : words[`outcome_${decision.outcome}`],
      resultName: decision?.resultName ?? "",
      resultNo: decision?.resultNo ?? "",
      handOutWay: handOut === null ? "" : words[`handOut_${handOut.way}`],
      handOutTo: handOut === null ? "" : words[`to_${handOut.to}`],
      courier: handOut?.courier == null ? "" : `${handOut.courier.company} ${handOut.courier.trackingNo}`,
      serial: before === 0 ? "" : `-${String(before + 1)}`,
    },
    flags: {
      isLicence,
      isPublicService: !isLicence,
      isPackage: cases.length > 1,
      isCounter: handOut === null || handOut.way === "counter",
    },
  };
};

const listsOf = (
  intake: Intake,
  cases: readonly Case[],
  wish: DocumentWish,
  words: TemplateSet["words"],
): DocumentFacts["lists"] => {
  // What was told is told again in the same words, whatever has come in since.
  const told = intake.corrections.at(-1) ?? lacksOf(intake);
  const owed = intake.owed?.keys ?? lacksOf(intake).materials.map(({ key }) => key);
  const wanted = (keys: readonly string[]): typeof intake.materials =>
    intake.materials.filter(({ key }) => keys.includes(key));
  const remedies = wish.kind === "refusal" ? (intake.refusal?.remedies ?? []) : [];
  return {
    items: numbered(cases, (one) => ({
      name: one.itemName,
      number: one.number,
      department: one.department,
      limit: limitText(one.promisedLimit ?? one.legalLimit, words),
      due: chineseDay(one.due?.promised ?? one.due?.legal ?? null),
    })),
    materials: numbered(
      intake.materials.filter(({ receipt }) => receipt !== null && receipt.way !== "follow"),
      ({ name, receipt }) => ({
        name,
        way: receipt === null ? "" : words[`way_${receipt.way}`],
        copies: receipt === null || receipt.copies === 0 ? "—" : String(receipt.copies),
        original: receipt?.originalChecked === true ? words.originalChecked : "—",
      }),
    ),
    lacks: numbered(lackEntries(told, words), (entry) => entry),
    owed: numbered(wanted(owed), ({ name, copies }) => ({
      name,
      what: copies === 0 ? words.owedAny : `${words.owedCopies}${String(copies)}${words.copiesUnit}`,
    })),
    committed: numbered(wanted(intake.committedKeys), ({ name }) => ({ name })),
    remedies: numbered(remedies, (text) => ({ text })),
  };
};
