/**
 * node scripts/make-ime.mjs: makes renderer/ui/public/ime/dictionary.json, what the on-screen keyboard knows of Chinese:
 * the 3,755 characters of level 1 of GB 2312 (the common ones, by the platform's own decoder) and those of the sample
 * catalogue, each under its syllables, the likelier ones first; and everyday words, for reviews. Words of services come
 * from the catalogue itself. Made once, so that terminals carry no pinyin dictionary of 300 KB.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isMain, main, ROOT, say } from "./lib/base.mjs";

/** The most used characters of written Chinese, the first ones first. */
const COMMON =
  "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四总何电数安少报才结反受目太量再感建务做接必场件计管期市直资命山金指许统区保至队形社便空决治展科五基眼书非则听白却界达光放强即像难且权思完设式色路记南品住告类求据程北边死该交规万取望觉术领共确传师观清今切院让识候带导争运请谢您吗呢吧慢快差久态";

/** What people write when they review a service or ask for something. */
const WORDS = `态度 服务 态度好 态度差 态度不好 服务态度 服务很好 工作人员 窗口 排队 等待 时间 太长 太久 等了很久 很慢 太慢 效率 效率高 效率低
办理 办事 材料 资料 不清楚 说不清楚 一次说清 来回跑 跑了 多次 两次 三次 没有 不能 不给办 不会 不懂 不耐烦 没人 找不到 看不懂 听不懂
老人 小孩 孩子 手机 电脑 系统 网络 机器 坏了 打印 复印 照片 签字 身份证 户口本 社保 社保卡 医保 公积金 营业执照 结婚 生育 退休 养老金
很好 非常好 满意 不满意 非常满意 谢谢 感谢 辛苦 热情 耐心 细心 负责 专业 周到 及时 方便 不方便 干净 环境 座位 空调 停车 厕所 指引 标识
建议 希望 改进 改善 增加 减少 开放 加快 应该 可以 需要 已经 还是 但是 因为 所以 今天 昨天 上午 下午 明天 现在 早上 中午 下班 上班
我们 你们 他们 大家 自己 别人 领导 大厅 政务 政府 中心 部门 单位 公司 企业 个人 预约 取号 叫号 过号 号票 收费 发票 退款 投诉 电话 联系
回复 解决 问题 原因 情况 要求 规定 政策 流程 手续 证明 申请 审批 审核 登记 变更 注销 补办 查询 咨询 领取 证件 结果 完成 顺利 简单 复杂
一个 一次 一天 半天 几天 小时 分钟 半小时 一小时 什么 怎么 为什么 哪里 这里 那里 这样 那样 不要 不是 不行 知道 觉得 看到 听到 说明 解释
推诿 拖延 冷漠 生硬 粗暴 马虎 玩手机 聊天 不理人 让我 让人 告诉 通知 错误 弄错 写错 重复 多余 缺少 不够 太多 太少 表扬 点赞 好评 差评`;

const commonCharacters = () => {
  const decoder = new TextDecoder("gb18030");
  const found = [];
  for (let lead = 0xb0; lead <= 0xd7; lead += 1)
    for (let trail = 0xa1; trail <= (lead === 0xd7 ? 0xf9 : 0xfe); trail += 1)
      found.push(decoder.decode(Uint8Array.of(lead, trail)));
  return found;
};

const isHan = (character) => /\p{Script=Han}/u.test(character);

/** How often each character stands in the texts of the house and of the sample catalogue. */
const countedTexts = () => {
  const counts = new Map();
  const folder = join(ROOT, "renderer/locales/zh-CN");
  const texts = [
    ...readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8")),
    readFileSync(join(ROOT, "data/sample/items.json"), "utf8"),
  ];
  for (const text of texts)
    for (const character of text) if (isHan(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
};

const makeDictionary = () => {
  const { pinyin, polyphonic } = createRequire(join(ROOT, "package.json"))("pinyin-pro");
  const counts = countedTexts();
  const rank = new Map([...COMMON].map((character, at) => [character, at]));
  const weight = (character) => (rank.has(character) ? 1e6 - rank.get(character) * 1e3 : (counts.get(character) ?? 0));
  const plain = (syllable) => syllable.replaceAll("ü", "v").replace(/^([ln])ve$/, "$1ue");
  const bySyllable = new Map();
  const characters = new Set([...commonCharacters(), ...[...counts.keys()].filter((each) => [...each].length === 1)]);
  for (const character of characters) {
    const [readings = ""] = polyphonic(character, { toneType: "none", type: "array", v: false });
    const all = new Set(String(readings).split(/[ ,]+/).filter(Boolean).map(plain));
    all.add(plain(pinyin(character, { toneType: "none" })));
    for (const syllable of all) {
      if (!/^[a-z]+$/.test(syllable)) continue;
      bySyllable.set(syllable, [...(bySyllable.get(syllable) ?? []), character]);
    }
  }
  const syllables = Object.fromEntries(
    [...bySyllable]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([syllable, found]) => [syllable, found.sort((one, other) => weight(other) - weight(one)).join("")]),
  );
  const words = WORDS.split(/\s+/).map((word) => [
    word,
    pinyin(word, { toneType: "none", type: "array", v: false }).map(plain).join(" "),
  ]);
  return { syllables, words };
};

if (isMain(import.meta.url)) {
  await main(() => {
    const dictionary = makeDictionary();
    const text = JSON.stringify(dictionary, null, 1);
    writeFileSync(join(ROOT, "renderer/ui/public/ime/dictionary.json"), `${text}\n`);
    say(`${Object.keys(dictionary.syllables).length} syllables, ${dictionary.words.length} words.`);
    return 0;
  });
}
