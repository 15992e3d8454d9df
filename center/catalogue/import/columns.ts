/** What a catalogue's columns can tell of an item, in the words of the national exchange tables. */
export const fieldNames = [
  "task_code",
  "handle_code",
  "task_name",
  "main_item",
  "department",
  "task_type",
  "legal_days",
  "legal_unit",
  "promise_days",
  "promise_unit",
  "limit_unit",
  "visits",
  "fee",
  "themes",
  "service_objects",
  "materials",
] as const;
export type FieldName = (typeof fieldNames)[number];

export const isFieldName = (name: string): name is FieldName => (fieldNames as readonly string[]).includes(name);

/** Names by which catalogues call their columns, as `plainHeader` writes them. The surest first. */
const known: Readonly<Record<FieldName, readonly string[]>> = {
  task_code:
    "实施编码 事项实施编码 实施清单编码 实施事项编码 事项编码 事项代码 政务服务事项编码 服务事项编码 权力编码 职权编码 国家编码 统一编码 31位编码 编码 代码 事项编号 编号 taskcode itemcode servicecode serviceitemcode implementationcode implcode implementcode localtaskcode code".split(
      " ",
    ),
  handle_code: "业务办理项编码 办理项编码 业务办理项代码 33位编码 taskhandleitem handleitemcode handlecode".split(" "),
  task_name:
    "事项名称 实施事项名称 服务事项名称 政务服务事项名称 业务办理项名称 办理项名称 权力名称 职权名称 办事事项 服务事项 办理事项 事项 名称 taskname itemname servicename serviceitem serviceitemname title name".split(
      " ",
    ),
  main_item: "主项名称 主项 大项名称 主事项 目录名称 基本目录 mainitem parentitem parent".split(" "),
  department:
    "实施主体 实施主体名称 实施部门 实施机关 实施机构 办理部门 承办部门 承办单位 责任部门 责任单位 主管部门 主管单位 行使主体 受理部门 所属部门 委办局 部门名称 部门 承办科室 责任科室 科室 处室 办理单位 实施单位 单位名称 单位 机构 department deptname departmentname dept agency agencyname organization organisation org authority competentauthority".split(
      " ",
    ),
  task_type:
    "事项类型 事项类别 事项性质 权力类型 权力类别 职权类型 服务类型 类型 类别 tasktype itemtype servicetype kind category type".split(
      " ",
    ),
  legal_days:
    "法定办结时限 法定时限 法定期限 法定办理时限 法定办结期限 法定天数 法定工作日 法定办结天数 法定时间 法定 legaldays legallimit legalterm legaltimelimit statutorydays statutorylimit statutoryterm anticipateday anticipatedays lawdays".split(
      " ",
    ),
  legal_unit:
    "法定办结时限单位 法定时限单位 法定期限单位 法定单位 legalunit legallimitunit legaldaysunit statutoryunit anticipatetype".split(
      " ",
    ),
  promise_days:
    "承诺办结时限 承诺时限 承诺期限 承诺办理时限 承诺办结期限 承诺天数 承诺工作日 承诺办结天数 承诺时间 承诺 办理时限 promisedays promiseday promiselimit promisedays promiseddays promisedlimit promisedterm commitmentdays committeddays commitmentlimit promise promised".split(
      " ",
    ),
  promise_unit:
    "承诺办结时限单位 承诺时限单位 承诺期限单位 承诺单位 promiseunit promisedunit promiselimitunit promisetype commitmentunit".split(
      " ",
    ),
  limit_unit:
    "时限单位 期限单位 办结时限单位 办理时限单位 时间单位 计时单位 天数单位 limitunit unit units timeunit dayunit daysunit timelimitunit".split(
      " ",
    ),
  visits:
    "到办事现场次数 到现场次数 现场次数 跑动次数 跑动次 到场次数 最多跑次数 办事现场次数 visits visitcount limitscenenum numberofvisits".split(
      " ",
    ),
  fee: "收费标准 是否收费 收费情况 收费 费用 isfee fee fees charge cost".split(" "),
  themes: "主题分类 主题 面向自然人主题分类 面向法人主题分类 themes theme topic topics".split(" "),
  service_objects:
    "服务对象 服务对象类型 办理对象 面向对象 申请主体 对象 serviceobjects serviceobject servicetarget target applicanttype applicants subject subjects audience".split(
      " ",
    ),
  materials:
    "申请材料 申报材料 材料清单 申请材料清单 所需材料 办理材料 提交材料 材料名称 材料 要件 申请要件 所需要件 申办材料 提交资料 所需资料 申请资料 资料 docs materials material materialnames materiallist documents requireddocuments requiredmaterials".split(
      " ",
    ),
};

/** A header without what is only form: width, case, spaces, signs, numbering, remarks in brackets, marks of "required". */
export const plainHeader = (header: string): string =>
  header
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[([【〔<《].*?[)\]】〕>》]/g, "")
    .replace(/^[\d.、\s]+(?=[^\d])/, "")
    .replace(/[\s_\-*:/\\.·,，、;"'“”‘’!?#]+/g, "");

/** For headers that no list has: what their words must and must not contain. The first that holds. */
const rules: readonly (readonly [FieldName, RegExp, RegExp?])[] = [
  ["legal_unit", /(法定|legal|statut).*(单位|unit)/],
  ["promise_unit", /(承诺|promis|commit).*(单位|unit)/],
  ["legal_days", /法定.*(时限|期限|天|日|时间)|(legal|statut).*(day|limit|term|time)/, /说明|依据|explain|basis/],
  ["promise_days", /承诺.*(时限|期限|天|日|时间)|(promis|commit).*(day|limit|term|time)/, /说明|explain/],
  ["handle_code", /(业务)?办理项.*(编码|代码|编号)/],
  [
    "task_code",
    /(事项|实施|清单|权力|职权|服务|业务).*(编码|代码|编号)|(task|item|service|impl).*code/,
    /部门|主体|机构|单位|目录|基本|dept|agency|org|base|catalog/,
  ],
  ["materials", /材料|material|document/, /类型|份数|形式|来源|数量|编码|说明|是否|type|count|form|source|number/],
  [
    "task_name",
    /(事项|办理项|服务|业务|权力|职权).*(名称|标题)|(task|item|service).*(name|title)/,
    /主项|目录|对象|主题|部门|单位|main|parent|dept/,
  ],
  [
    "department",
    /(部门|主体|机构|机关|委办局|单位)(名称|全称)?$|^(dept|department|agency|authority|org)/,
    /编码|代码|性质|类型|联办|监督|投诉|委托|时限|code|type/,
  ],
  ["task_type", /(事项|权力|职权)(类型|类别|性质|种类)|(task|item).*(type|kind|category)/],
  ["service_objects", /(服务|办理|面向|申请)(对象|主体)|(applicant|service).*(type|object|target)/, /主题/],
  ["visits", /(现场|跑动|到场).*次|visit/],
  ["fee", /收费|费用|(^|is)fee|charge/, /依据|方式|basis/],
  ["themes", /主题|theme|topic/],
];

/** Which field a header means by its name; `sure` when a list has it. */
export const fieldOfHeader = (header: string): { readonly field: FieldName; readonly rank: number } | undefined => {
  const plain = plainHeader(header);
  if (plain === "") return undefined;
  for (const field of fieldNames) {
    const place = known[field].indexOf(plain);
    if (place >= 0) return { field, rank: place };
  }
  const rule = rules.find(([, wanted, unwanted]) => wanted.test(plain) && !(unwanted?.test(plain) ?? false));
  return rule && { field: rule[0], rank: 1_000 };
};

/** How many of a row's cells name a column: finds the row of headers among titles and notes. */
export const headerScore = (cells: readonly string[]): number => {
  const fields = new Set(cells.flatMap((cell) => (cell.length > 40 ? [] : (fieldOfHeader(cell)?.field ?? []))));
  return fields.has("task_name") || fields.has("task_code") ? fields.size : 0;
};

/** A unit written into a header: 法定办结时限（工作日）. */
export const unitInHeader = (header: string): "工作日" | "自然日" | undefined => {
  const text = header.normalize("NFKC").toLowerCase();
  if (/工作日|working|business|workday/.test(text)) return "工作日";
  return /自然日|日历|calendar|natural/.test(text) ? "自然日" : undefined;
};
