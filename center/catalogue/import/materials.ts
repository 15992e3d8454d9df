import type { RawMaterial } from "../../../shared/domain/catalogue/catalogue-source.ts";
import { isEmpty, nameOf, readCount, textOf } from "./cells.ts";
import { plainHeader } from "./columns.ts";

const memberNames = {
  name: ["materialname", "name", "材料名称", "名称", "title"],
  necessity: ["isneed", "necessity", "材料必要性", "必要性", "是否必要", "required"],
  form: ["materialformat", "materialform", "form", "format", "材料形式"],
  source: ["sourcetype", "source", "来源渠道", "来源"],
  copies: ["pagenum", "copies", "份数", "纸质材料份数", "材料份数"],
} as const;

const words = {
  necessity: new Map<string, 1 | 2 | 3>([
    ["1", 1],
    ["必要", 1],
    ["必须", 1],
    ["是", 1],
    ["true", 1],
    ["required", 1],
    ["必要材料", 1],
    ["2", 2],
    ["非必要", 2],
    ["可选", 2],
    ["否", 2],
    ["false", 2],
    ["optional", 2],
    ["3", 3],
    ["容缺", 3],
    ["可容缺", 3],
    ["容缺后补", 3],
    ["tolerable", 3],
  ]),
  form: new Map<string, 1 | 2 | 3>([
    ["1", 1],
    ["纸质", 1],
    ["纸质材料", 1],
    ["paper", 1],
    ["2", 2],
    ["电子", 2],
    ["电子材料", 2],
    ["电子版", 2],
    ["electronic", 2],
    ["3", 3],
    ["纸质或电子", 3],
    ["纸质/电子", 3],
    ["纸质、电子", 3],
    ["both", 3],
    ["either", 3],
  ]),
  source: new Map<string, 10 | 20 | 99>([
    ["10", 10],
    ["申请人自备", 10],
    ["申请人", 10],
    ["applicant", 10],
    ["20", 20],
    ["政府部门核发", 20],
    ["政府核发", 20],
    ["government", 20],
    ["99", 99],
    ["其他", 99],
    ["other", 99],
  ]),
} as const;

/** An entry of a list of materials: a name, or an object with what the exchange tables tell of a material. */
const readMaterial = (entry: unknown): { readonly material?: RawMaterial; readonly problems: readonly string[] } => {
  if (typeof entry !== "object" || entry === null) {
    const name = nameOf(entry);
    return isEmpty(name) ? { problems: [] } : { material: name, problems: [] };
  }
  const members = new Map(Object.entries(entry).map(([key, value]) => [plainHeader(key), value as unknown]));
  const member = (which: keyof typeof memberNames): unknown => {
    for (const name of memberNames[which]) if (members.has(name)) return members.get(name);
    return undefined;
  };
  const name = nameOf(member("name"));
  if (isEmpty(name)) return { problems: ["a material has no name"] };
  const problems: string[] = [];
  const coded = <V>(which: "necessity" | "form" | "source", table: ReadonlyMap<string, V>): V | undefined => {
    const text = textOf(member(which)).normalize("NFKC").toLowerCase();
    if (isEmpty(text) && text !== "无") return undefined;
    const value = table.get(text);
    if (value === undefined) problems.push(`material "${name}": "${text}" is no known ${which}`);
    return value;
  };
  const necessity = coded("necessity", words.necessity);
  const form = coded("form", words.form);
  const source = coded("source", words.source);
  const copies = readCount(member("copies"));
  if (!copies.ok) problems.push(`material "${name}": copies ${copies.error}`);
  const material = {
    name,
    ...(necessity === undefined ? {} : { necessity }),
    ...(form === undefined ? {} : { form }),
    ...(source === undefined ? {} : { source }),
    ...(copies.ok && copies.value !== null ? { copies: Math.min(copies.value, 99) } : {}),
  };
  return { material, problems };
};

/** The materials of a cell, of a list in JSON, or of JSON in a cell. */
export const readMaterials = (
  value: unknown,
  readNames: (value: unknown) => readonly string[],
): { readonly list: readonly RawMaterial[]; readonly problems: readonly string[] } => {
  const entries = Array.isArray(value) && value.some((entry) => typeof entry === "object") ? value : readNames(value);
  const read = entries.map(readMaterial);
  return {
    list: read.flatMap(({ material }) => material ?? []),
    problems: read.flatMap(({ problems }) => problems),
  };
};
