import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogueSchema, type CatalogueEntry, type SearchKeys } from "./catalogue.ts";
import { buildSampleCatalogue } from "./catalogue.fixture.ts";
import { createSearchIndex, searchCatalogue, SEARCH_RANK, type SearchHit } from "./search.ts";

const { catalogue } = buildSampleCatalogue();
const index = createSearchIndex(catalogue);
const things: readonly { id: string; name: string; search: SearchKeys }[] = [
  ...catalogue.items.map((item) => ({ id: item.code, name: item.name, search: item.search })),
  ...catalogue.packages.map(({ id, name, search }) => ({ id, name, search })),
];

const idOf = (entry: CatalogueEntry): string => (entry.kind === "item" ? entry.item.code : entry.package.id);
const nameOf = (entry: CatalogueEntry): string => (entry.kind === "item" ? entry.item.name : entry.package.name);
const names = (query: string, limit?: number): string[] =>
  searchCatalogue(index, query, limit).map((hit) => nameOf(hit.entry));
const first = (query: string): SearchHit => {
  const [hit] = searchCatalogue(index, query);
  if (!hit) throw new Error(`nothing found for ${query}`);
  return hit;
};
const marked = ({ entry, highlights }: SearchHit): string[] =>
  highlights.map(([from, to]) => nameOf(entry).slice(from, to));

/** The best-ranked hits, that is, those that only their order in the list tells apart. */
const tieOnTop = (query: string): SearchHit[] => {
  const hits = searchCatalogue(index, query, 200);
  return hits.filter((hit) => hit.rank === hits[0]?.rank);
};

describe("the right item comes first", () => {
  const exact = (
    query: (keys: SearchKeys, name: string) => string,
    key: (keys: SearchKeys) => string,
    tested = things,
  ): string[] => {
    const failures: string[] = [];
    for (const thing of tested) {
      const top = tieOnTop(query(thing.search, thing.name));
      const isThere = top.some((hit) => idOf(hit.entry) === thing.id);
      // Whoever shares the top must be a true double: equal in what was typed.
      const onlyDoubles = top.every((hit) => {
        const { search } = hit.entry.kind === "item" ? hit.entry.item : hit.entry.package;
        return key(search) === key(thing.search);
      });
      if (!isThere || !onlyDoubles) failures.push(thing.name);
    }
    return failures;
  };

  test("for the exact name of every item and package", () => {
    expect(
      exact(
        (_keys, name) => name,
        (keys) => keys.name,
      ),
    ).toEqual([]);
  }, 120_000);

  test("for the full pinyin of every item and package, without spaces", () => {
    const joined = (keys: SearchKeys): string => keys.pinyin.replaceAll(" ", "");
    expect(exact(joined, joined)).toEqual([]);
  }, 120_000);

  test("for the full pinyin with spaces, of every fifth", () => {
    expect(
      exact(
        (keys) => keys.pinyin,
        (keys) => keys.pinyin.replaceAll(" ", ""),
        things.filter((_thing, nth) => nth % 5 === 0),
      ),
    ).toEqual([]);
  }, 120_000);

  test("for the initials of every item and package", () => {
    expect(
      exact(
        (keys) => keys.initials,
        (keys) => keys.initials,
      ),
    ).toEqual([]);
  }, 120_000);

  test("for the code of every item", () => {
    expect(catalogue.items.filter((item) => idOf(first(item.code).entry) !== item.code)).toEqual([]);
  }, 120_000);
});

test("the sample has 2,262 items and 16 packages, and its catalogue passes its own schema", () => {
  expect(catalogue.items).toHaveLength(2262);
  expect(catalogue.packages).toHaveLength(16);
  expect(catalogueSchema.parse(catalogue)).toEqual(catalogue);
});

describe("what is typed", () => {
  test("characters, pinyin and initials all find 居住证", () => {
    const wanted = "居住证办理进度查询";
    for (const query of [
      "居住证",
      "juzhuzheng",
      "ju zhu zheng",
      "jzz",
      "JZZ",
      "ｊｚｚ",
      "jzz juzhu",
      "居住z",
      "ju住zheng",
    ])
      expect(names(query), query).toContain(wanted);
    expect(names("jzz")[0]).toBe(wanted);
    expect(names("juzhuz")[0]).toBe(wanted);
  });

  test("pinyin begins at a syllable, not inside one", () => {
    const inside = searchCatalogue(index, "uzhu", 200).filter((hit) => hit.rank === SEARCH_RANK.pinyinInside);
    expect(inside).toEqual([]);
    expect(marked(first("zhuzheng")).join("")).toMatch(/^[\u4e00-\u9fff]{2}$/);
  });

  test("ü may be typed v or ü, and by some lu or lyu", () => {
    expect(names("lvshi")[0]).toMatch(/^律师/);
    expect(names("lüshi")).toEqual(names("lvshi"));
    expect(names("lǜ shī")).toEqual(names("lvshi"));
    expect(names("lyushi").some((name) => name.includes("律师"))).toBe(true);
    expect(names("lushi").some((name) => name.includes("律师"))).toBe(true);
  });

  test("an apostrophe, punctuation and width do not matter", () => {
    expect(names("残疾人，服务")).toEqual(names("残疾人 服务"));
    expect(names("（残疾人服务）")).toEqual(names("残疾人服务"));
    expect(names("can'ji'ren")).toEqual(names("can ji ren"));
    expect(names("Ａ卡")).toEqual(names("a卡"));
    expect(names("Ａ卡")[0]).toContain("A卡");
  });

  test("several words, in order before any order", () => {
    const hits = searchCatalogue(index, "换发 护照");
    expect(hits[0]?.rank).toBe(SEARCH_RANK.wordsInOrder);
    expect(marked(hits[0] as SearchHit)).toEqual(["换发", "护照"]);
    expect(first("护照 换发").rank).toBe(SEARCH_RANK.wordsInAnyOrder);
    expect(marked(first("huzhao 换发"))).toEqual(["换发", "护照"]);
  });

  test("a part of a code, from four digits on", () => {
    const code = catalogue.items[0]?.code ?? "";
    expect(searchCatalogue(index, code.slice(20)).map((hit) => idOf(hit.entry))).toContain(code);
    expect(searchCatalogue(index, "12328")[0]?.rank).toBe(SEARCH_RANK.namePrefix);
  });

  test("department, theme, material and member items are found after names, and say why", () => {
    const hit = first("公安 护照");
    expect(hit.rank).toBe(SEARCH_RANK.partlyRelated);
    expect(hit.because).toContain("公安");
    expect(marked(hit)).toEqual(["护照"]);
    const member = searchCatalogue(index, "预防接种证").find((one) => one.entry.kind === "package");
    expect(member?.because).toBe("预防接种证办理");
    expect(searchCatalogue(index, "gongan").some((one) => one.because?.includes("公安"))).toBe(true);
  });

  test("dialect spellings and other readings are found, after everything else", () => {
    const zang = searchCatalogue(index, "jigouzuzi").find((hit) => hit.rank === SEARCH_RANK.loose);
    expect(zang === undefined || marked(zang)[0]?.startsWith("机构")).toBe(true);
    expect(names("nvyou").some((name) => name.includes("旅游"))).toBe(true);
    expect(names("sengfenzeng").some((name) => name.includes("身份证"))).toBe(true);
    expect(first("nvyou").rank).toBe(SEARCH_RANK.loose);
  });

  test("nothing but signs, and nothing at all, find nothing", () => {
    expect(names("")).toEqual([]);
    expect(names("  ，。!")).toEqual([]);
    expect(names("zzzzzzzz qqqqq")).toEqual([]);
    expect(names("jzz", 0)).toEqual([]);
  });

  test("hardly anything fits: similar names follow", () => {
    const hits = searchCatalogue(index, "我要办理居住证");
    expect(hits[0]?.rank).toBe(SEARCH_RANK.similar);
    expect(hits.map((hit) => nameOf(hit.entry))).toContain("居住证办理进度查询");
  });
});

describe("characters with several readings", () => {
  test.each([
    ["银行", "yinhang", "yinxing"],
    ["行政许可", "xingzhengxuke", "hangzhengxuke"],
    ["重点", "zhongdian", "chongdian"],
    ["重建", "chongjian", "zhongjian"],
    ["调解", "tiaojie", "diaojie"],
    ["长期", "changqi", "zhangqi"],
    ["会计", "kuaiji", "huiji"],
    ["音乐", "yinyue", "yinle"],
  ])("%s is read %s; %s is accepted too", (characters, right, other) => {
    const found = searchCatalogue(index, right, 300);
    const wanted = things.filter((thing) => thing.search.name.includes(characters)).length;
    expect(wanted).toBeGreaterThan(0);
    const byPinyin = found.filter(
      (hit) => nameOf(hit.entry).includes(characters) && hit.rank <= SEARCH_RANK.pinyinInside,
    );
    expect(byPinyin.length).toBeGreaterThan(0);
    expect(marked(byPinyin[0] as SearchHit)).toEqual([characters]);
    expect(names(other, 300).some((name) => name.includes(characters))).toBe(true);
  });
});

describe("for any query", () => {
  const keys = fc.constantFrom(...things);
  const part = fc.tuple(
    keys,
    fc.nat(30),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom("name", "pinyin", "initials"),
  );
  const query = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 6 }),
    part.map(([thing, from, length, key]) => thing.search[key as "name"].slice(from, from + length)),
  );

  test("ranks rise, equals stand by length, highlights lie in the name in order, and no entry comes twice", () => {
    fc.assert(
      fc.property(query, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        const hits = searchCatalogue(index, text, limit);
        expect(hits.length).toBeLessThanOrEqual(limit);
        expect(new Set(hits.map((hit) => idOf(hit.entry))).size).toBe(hits.length);
        hits.forEach((hit, at) => {
          const next = hits[at + 1];
          if (next) expect(next.rank).toBeGreaterThanOrEqual(hit.rank);
          let last = -1;
          for (const [from, to] of hit.highlights) {
            expect(from).toBeGreaterThan(last);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(nameOf(hit.entry).length);
            last = to;
          }
        });
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test("a shorter page is the beginning of a longer one", () => {
    fc.assert(
      fc.property(query, fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const long = searchCatalogue(index, text, 5_000).map((hit) => idOf(hit.entry));
        const short = searchCatalogue(index, text, limit).map((hit) => idOf(hit.entry));
        expect(short).toEqual(long.slice(0, short.length));
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  test("a part of the name always finds its item", () => {
    fc.assert(
      fc.property(keys, fc.nat(90), fc.integer({ min: 1, max: 10 }), (thing, start, length) => {
        const from = start % thing.search.name.length;
        const typed = thing.search.name.slice(from, from + length);
        const ids = searchCatalogue(index, typed, 5_000).map((hit) => idOf(hit.entry));
        expect(ids).toContain(thing.id);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
