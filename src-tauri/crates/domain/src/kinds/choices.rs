//! The lists behind code fields.

use crate::field::Choice;

const fn c(code: &'static str, label: &'static str, synonyms: &'static [&'static str]) -> Choice {
    Choice {
        code,
        label,
        synonyms,
    }
}

/// 推进阶段 (domain: workflow 0 to 11).
pub const STAGE: &[Choice] = &[
    c("listed", "入库", &["储备"]),
    c("baselineSurvey", "摸底", &["摸底调查"]),
    c("willingness", "意愿征询", &["征求意愿"]),
    c("draftPlan", "方案草案", &[]),
    c("consultation", "公示议事", &["公示"]),
    c("ballot", "业主表决", &["表决"]),
    c("approval", "申报批复", &["立项"]),
    c("procurement", "开工准备", &["招标"]),
    c("construction", "施工", &["在建"]),
    c("acceptance", "验收移交", &["验收"]),
    c("evaluation", "回访评价", &["回访"]),
    c("upkeep", "长效管理", &["归档"]),
];

/// 房屋性质/产权性质.
pub const TENURE: &[Choice] = &[
    c("commodity", "商品房", &["商品住房"]),
    c("reformed", "房改房", &["房改", "已购公房"]),
    c(
        "publicOwned",
        "公房",
        &["单位公房", "未售公房", "自管公房", "直管公房"],
    ),
    c("collectiveFunded", "集资房", &["集资建房"]),
    c("affordable", "经济适用房", &["经适房"]),
    c("resettlement", "安置房", &["拆迁安置房"]),
    c("untitled", "无证房", &["无证"]),
    c("mixed", "混合", &["大杂院"]),
    c("other", "其他", &[]),
];

/// 小区物业模式.
pub const MANAGEMENT: &[Choice] = &[
    c("professional", "专业物业", &["物业公司"]),
    c("community", "社区代管", &["社区托管"]),
    c("workUnit", "单位自管", &["原单位管理"]),
    c("owners", "业主自管", &["居民自管"]),
    c("none", "无物业", &["无"]),
];

/// 建成依据.
pub const BUILT_EVIDENCE: &[Choice] = &[
    c("completion", "竣工验收", &[]),
    c("title", "产权登记", &["产证"]),
    c("other", "其他", &[]),
];

/// 排水体制.
pub const DRAINAGE: &[Choice] = &[
    c("combined", "雨污合流", &["合流"]),
    c("separate", "雨污分流", &["分流"]),
    c("unknown", "待查", &[]),
];

/// 供水方式.
pub const WATER_SUPPLY: &[Choice] = &[
    c("direct", "直供", &["直供水"]),
    c("secondary", "二次供水", &["二供"]),
    c("well", "自备井", &[]),
];

/// 单位状态.
pub const UNIT_STATE: &[Choice] = &[
    c("active", "存续", &["在营"]),
    c("restructured", "改制", &[]),
    c("bankrupt", "破产", &[]),
    c("dissolved", "注销", &["吊销"]),
    c("unknown", "待查", &[]),
];

/// 结构形式.
pub const STRUCTURE: &[Choice] = &[
    c("brickConcrete", "砖混", &["砖混结构"]),
    c("brickTimber", "砖木", &[]),
    c("frame", "框架", &["框架结构"]),
    c("panel", "预制板", &["预制板砖混"]),
    c("shearWall", "剪力墙", &[]),
    c("other", "其他", &[]),
];

/// 屋面形式.
pub const ROOF: &[Choice] = &[
    c("flat", "平屋面", &["平"]),
    c("pitched", "坡屋面", &["坡"]),
];

/// 房屋安全等级.
pub const SAFETY: &[Choice] = &[
    c("a", "A级", &["A"]),
    c("b", "B级", &["B"]),
    c("c", "C级", &["C"]),
    c("d", "D级", &["D"]),
    c("unassessed", "未鉴定", &[]),
];

/// 房屋用途.
pub const DWELLING_USE: &[Choice] = &[
    c("residence", "住宅", &["居住"]),
    c("shop", "商业", &["商铺", "门面"]),
    c("office", "办公", &[]),
    c("garage", "车库", &["车位"]),
    c("storage", "储藏", &["储藏室"]),
    c("other", "其他", &[]),
];

/// 面积来源 (建筑物区分所有权司法解释 8: 登记簿 → 实测 → 合同).
pub const AREA_SOURCE: &[Choice] = &[
    c("register", "登记簿", &["不动产登记簿", "产权证"]),
    c("measured", "实测", &["测绘"]),
    c("contract", "合同", &["买卖合同"]),
    c("unverified", "待核", &["待核实", "估算"]),
];

/// 产权状态.
pub const TITLE_STATE: &[Choice] = &[
    c("titled", "已办证", &["有", "有证"]),
    c("untitled", "未办证", &["无", "无证"]),
    c("publicOwned", "公房", &[]),
    c("disputed", "纠纷", &["有纠纷"]),
    c("sealed", "查封", &[]),
    c("unverified", "待核", &["待核实"]),
];

/// 权利人类型.
pub const OWNER_TYPE: &[Choice] = &[
    c("person", "自然人", &["个人"]),
    c("workUnit", "单位", &["产权单位"]),
    c("developer", "开发建设单位", &["开发商"]),
    c("government", "政府", &[]),
];

/// 居住情况.
pub const OCCUPANCY: &[Choice] = &[
    c("ownerOccupied", "自住", &["自用"]),
    c("rented", "出租", &["租住", "租赁"]),
    c("vacant", "空置", &["空", "无人居住"]),
    c("borrowed", "借住", &[]),
];

/// 改造意愿 (摸底征询, 不是业主表决).
pub const WILLINGNESS: &[Choice] = &[
    c("agree", "同意", &[]),
    c("oppose", "不同意", &["反对"]),
    c("dependsOnPlan", "看方案", &["看方案再定"]),
    c("unreached", "未联系", &["联系不上"]),
];

/// 是否配合拆除附属房.
pub const COOPERATION: &[Choice] = &[
    c("willing", "愿意", &["配合"]),
    c("conditional", "有条件", &["有条件配合"]),
    c("unwilling", "不愿意", &["不配合"]),
];

/// 构筑物类型.
pub const OUTBUILDING_KIND: &[Choice] = &[
    c("rowHouse", "大排房", &["排房"]),
    c("annexRoom", "小配房", &["配房", "储藏室", "煤棚", "凉房"]),
    c(
        "unauthorized",
        "违章建筑",
        &["违建", "搭建棚", "自建房", "私搭乱建"],
    ),
    c("fencedGreen", "圈占绿地", &["菜地"]),
    c("fencedYard", "围墙圈院", &[]),
    c("roofExtension", "楼顶加建", &[]),
    c("other", "其他", &[]),
];

/// 材质.
pub const MATERIAL: &[Choice] = &[
    c("brick", "砖混", &["砖"]),
    c("steelSheet", "彩钢", &["彩钢瓦"]),
    c("makeshift", "简易", &["石棉瓦"]),
    c("other", "其他", &[]),
];

/// 构筑物现用途.
pub const OUTBUILDING_USE: &[Choice] = &[
    c("storage", "堆放", &["储物"]),
    c("vehicle", "停车", &["车"]),
    c("business", "经营", &[]),
    c("living", "居住", &["住人"]),
    c("idle", "闲置", &[]),
];

/// 主张依据.
pub const CLAIM_BASIS: &[Choice] = &[
    c("none", "无", &[]),
    c("workUnitConsent", "单位同意书", &["单位同意"]),
    c("housingReform", "房改附属", &[]),
    c("planningPermit", "规划许可", &[]),
    c("other", "其他", &[]),
];

/// 认定结论.
pub const FINDING: &[Choice] = &[
    c("pending", "待认定", &[]),
    c("illegal", "违法建设", &["违法建筑"]),
    c("historic", "历史遗留", &["单位批建"]),
    c("collective", "集体公共设施", &[]),
    c("lawful", "合法", &[]),
    c("expiredTemporary", "临时建设超期", &[]),
];

/// 处置方式.
pub const DISPOSAL: &[Choice] = &[
    c("selfDemolition", "自拆", &["自行拆除"]),
    c("assistedDemolition", "帮拆", &["帮助拆除"]),
    c("enforcedDemolition", "依法强拆", &[]),
    c("keep", "保留", &[]),
    c("reuse", "改造利用", &[]),
    c("compensation", "补偿协议", &[]),
];

/// 构筑物状态.
pub const OUTBUILDING_STATE: &[Choice] = &[
    c("standing", "在用", &["未拆"]),
    c("promised", "已承诺", &[]),
    c("demolished", "已拆", &["拆除"]),
    c("kept", "保留", &[]),
];

/// 绿地类别.
pub const GREEN_KIND: &[Choice] = &[
    c("concentrated", "集中绿地", &["公共绿地"]),
    c("besideBuilding", "宅旁绿地", &["宅间绿地"]),
    c("roadside", "道路绿地", &[]),
    c("other", "其他", &[]),
];

/// 状况.
pub const CONDITION: &[Choice] = &[
    c("good", "完好", &["好"]),
    c("worn", "一般", &["老化"]),
    c("bad", "破损", &["差", "损坏"]),
];

/// 停车区类别.
pub const PARKING_KIND: &[Choice] = &[
    c("marked", "划线车位", &["划线"]),
    c("lot", "停车场", &[]),
    c("underground", "地下车库", &["地库"]),
    c("roadside", "路侧车位", &["路内"]),
];

/// 停放角度.
pub const PARKING_ANGLE: &[Choice] = &[
    c("perpendicular", "垂直", &["90°"]),
    c("parallel", "平行", &[]),
    c("angled", "斜列", &["60°", "45°", "30°"]),
];

/// 活动场地类别.
pub const ACTIVITY_KIND: &[Choice] = &[
    c("square", "广场", &["活动广场"]),
    c("fitness", "健身场地", &[]),
    c("children", "儿童活动场地", &["儿童场地"]),
    c("court", "球场", &[]),
    c("other", "其他", &[]),
];

/// 设施类别.
pub const FACILITY_KIND: &[Choice] = &[
    c("fitnessEquipment", "健身器材", &[]),
    c("noticeBoard", "宣传栏", &["公告栏"]),
    c("lamp", "路灯", &["照明"]),
    c("camera", "监控", &["摄像头"]),
    c("bench", "座椅", &["休闲椅"]),
    c("carCharger", "汽车充电桩", &[]),
    c("accessControl", "门禁", &[]),
    c("wasteStation", "垃圾分类点", &["垃圾点", "垃圾亭"]),
    c("fireExtinguisher", "灭火器", &[]),
    c("hydrant", "消火栓", &["消防栓"]),
    c("parcelLocker", "快递柜", &[]),
    c("ramp", "无障碍坡道", &["坡道"]),
    c("toilet", "公厕", &[]),
    c("other", "其他", &[]),
];

/// 路面材料.
pub const PAVING: &[Choice] = &[
    c("asphalt", "沥青", &["柏油"]),
    c("concrete", "水泥", &["混凝土"]),
    c("brick", "铺砖", &["砖"]),
    c("earth", "土路", &[]),
    c("other", "其他", &[]),
];

/// 管线种类.
pub const PIPE_KIND: &[Choice] = &[
    c("storm", "雨水", &["雨水管"]),
    c("sewage", "污水", &["污水管"]),
    c("combined", "雨污合流", &["合流管"]),
    c("water", "供水", &["给水"]),
    c("gas", "燃气", &[]),
    c("heat", "供热", &["暖气"]),
    c("power", "供电", &[]),
    c("telecom", "通信", &["弱电"]),
];

/// 敷设方式.
pub const PIPE_LAYING: &[Choice] = &[
    c("buried", "地下", &["入地"]),
    c("overhead", "架空", &["飞线"]),
    c("wall", "沿墙", &[]),
];

/// 管线状况.
pub const PIPE_CONDITION: &[Choice] = &[
    c("good", "畅通完好", &["完好"]),
    c("clogged", "淤堵", &["堵塞"]),
    c("damaged", "破损", &["老化"]),
    c("unknown", "待查", &[]),
];

/// 方案状态.
pub const PLAN_STATE: &[Choice] = &[
    c("draft", "草案", &[]),
    c("consultation", "征求意见", &[]),
    c("revised", "修改", &[]),
    c("final", "定稿", &[]),
    c("changed", "变更", &[]),
];

/// 拆建添改修.
pub const VERB: &[Choice] = &[
    c("demolish", "拆", &["拆除"]),
    c("build", "建", &["新建"]),
    c("add", "添", &["增设"]),
    c("alter", "改", &["改造"]),
    c("repair", "修", &["维修"]),
];

/// 改造类别.
pub const WORK_CLASS: &[Choice] = &[
    c("safety", "安全类", &["安全"]),
    c("basic", "基础类", &["基础"]),
    c("improvement", "完善类", &["完善"]),
    c("upgrade", "提升类", &["提升"]),
];

/// 效果动作.
pub const EFFECT_ACTION: &[Choice] = &[
    c("demolish", "拆除", &[]),
    c("create", "新增", &["新建"]),
    c("alter", "改变", &["改造"]),
    c("quantity", "工程量", &[]),
];

/// 效果对象.
pub const ASSET_KIND: &[Choice] = &[
    c("outbuilding", "附属房与违建", &[]),
    c("cycleShed", "车棚", &[]),
    c("parkingArea", "停车区", &[]),
    c("greenSpace", "绿地", &[]),
    c("activityArea", "活动场地", &[]),
    c("facility", "设施", &[]),
    c("road", "道路", &[]),
    c("pipeSegment", "管线", &[]),
];

/// 统计指标 of a plain quantity.
pub const STATISTIC: &[Choice] = &[
    c("roofRepaired", "屋面修缮", &[]),
    c("wallRepaired", "墙面修缮", &[]),
    c("roadRepaired", "路面修补", &[]),
    c("entrancesRefreshed", "楼道整治", &[]),
    c("insulatedArea", "节能改造", &[]),
    c("pipeDredged", "管道疏通", &[]),
    c("liftsAdded", "加装电梯", &[]),
];

/// 走访方式.
pub const VISIT_WAY: &[Choice] = &[
    c("door", "上门", &["入户"]),
    c("phone", "电话", &["打电话"]),
    c("wechat", "微信", &[]),
    c("meeting", "座谈", &["座谈会", "开会"]),
    c("stairwell", "楼道", &["路遇"]),
];

/// 见到谁.
pub const VISIT_MET: &[Choice] = &[
    c("owner", "业主", &["权利人", "本人", "户主"]),
    c("family", "家属", &["家人"]),
    c("tenant", "租客", &["租户", "承租人"]),
    c("nobody", "无人", &["没人", "家中无人"]),
    c("other", "其他", &[]),
];

/// 走访结果 (domain §5.3: 待走访/已联系/已完成/无法联系/拒绝).
pub const VISIT_OUTCOME: &[Choice] = &[
    c("done", "已完成", &["完成", "谈完"]),
    c("contacted", "已联系", &["联系上", "约好"]),
    c("unreachable", "无法联系", &["未联系上", "联系不上", "无人"]),
    c("refused", "拒绝", &["拒访", "不开门"]),
    c("pending", "待走访", &["未走访", "没去"]),
];

/// 没见到的原因.
pub const VISIT_CAUSE: &[Choice] = &[
    c("nobodyHome", "家中无人", &["没人在家"]),
    c("vacant", "空置", &["空房"]),
    c("away", "人在外地", &["外地"]),
    c("wrongPhone", "电话不对", &["电话错", "空号"]),
    c("other", "其他", &[]),
];

/// 走访事由: why a dwelling is on the list.
pub const VISIT_PURPOSE: &[Choice] = &[
    c("due", "约定到期", &["到期"]),
    c("promised", "承诺未兑现", &["承诺"]),
    c("unreached", "还没联系上", &["未联系"]),
    c("first", "首次走访", &["没走访过"]),
    c("chosen", "指定", &["其他"]),
];

/// 诉求事项 (domain §4, §14).
pub const WISH_MEASURE: &[Choice] = &[
    c("parking", "停车位", &["停车", "增加车位", "重新规划停车位"]),
    c("lift", "加装电梯", &["电梯", "增设电梯"]),
    c(
        "outbuilding",
        "拆除附属房",
        &["拆小配房", "拆大排房", "拆违"],
    ),
    c("cycleShed", "自行车棚", &["车棚"]),
    c(
        "charging",
        "充电设施",
        &["充电桩", "电动车充电", "停车及充电"],
    ),
    c("greenery", "绿化", &["公共绿地", "绿地"]),
    c("road", "道路路面", &["路面", "道路", "道路破损"]),
    c("sewage", "污水管网", &["下水道", "排水", "管网"]),
    c("water", "供水", &["自来水"]),
    c("gas", "燃气", &["天然气"]),
    c("heating", "供热", &["暖气", "供暖"]),
    c("power", "供电线路", &["飞线", "供电", "线路整理"]),
    c("roof", "屋面防水", &["屋顶漏水", "屋面"]),
    c("wall", "外墙保温", &["外墙", "保温", "楼体修缮"]),
    c("stairs", "楼道整治", &["楼道"]),
    c("lighting", "照明", &["路灯"]),
    c("security", "监控门禁", &["安防", "监控", "门禁"]),
    c("fire", "消防通道", &["消防"]),
    c("accessibility", "无障碍设施", &["坡道", "扶手", "无障碍"]),
    c("fitness", "健身器材", &["健身"]),
    c("activityArea", "活动场地", &["广场"]),
    c("noticeBoard", "宣传栏", &[]),
    c("waste", "垃圾分类", &["卫生", "垃圾"]),
    c("care", "养老托育", &["养老", "托育"]),
    c("management", "物业管理", &["物业"]),
    c("other", "其他", &[]),
];

/// 态度.
pub const ATTITUDE: &[Choice] = &[
    c("want", "要", &["赞成", "需要", "支持"]),
    c("against", "不要", &["反对", "不需要", "不同意"]),
    c("indifferent", "无所谓", &["都行", "随便"]),
];

/// 优先级.
pub const PRIORITY: &[Choice] = &[
    c("first", "第1位", &["1", "最急", "高"]),
    c("second", "第2位", &["2", "中"]),
    c("third", "第3位", &["3", "低"]),
];

/// 答复.
pub const WISH_ANSWER: &[Choice] = &[
    c("adopted", "采纳", &["已采纳", "办理"]),
    c("partly", "部分采纳", &["部分"]),
    c("declined", "不采纳", &["未采纳", "不办"]),
];

/// 三个革命.
pub const REVOLUTION: &[Choice] = &[
    c("stairwell", "楼道革命", &["楼道"]),
    c("environment", "环境革命", &["环境"]),
    c("management", "管理革命", &["管理"]),
];

/// 要哪种业主决定 (domain §8.2: a hint, not advice).
pub const DECISION: &[Choice] = &[
    c("willingness", "征询和公示", &["意愿征询", "公示"]),
    c("ordinary", "表决过半数", &["过半数"]),
    c("major", "表决四分之三", &["四分之三"]),
    c(
        "entranceMajor",
        "单元表决四分之三",
        &["单元表决", "本单元四分之三"],
    ),
];

/// 统计指标 of the official investigation that a work item counts under (domain §6).
pub const REPORTED: &[Choice] = &[
    c("S06", "改造管线", &["管线"]),
    c("S07", "加装电梯", &["电梯"]),
    c("S08", "建筑节能改造", &["节能改造"]),
    c("S09", "增设停车位", &["停车位"]),
    c("S10", "增设汽车充电桩", &["汽车充电桩"]),
    c("S11", "增设电动自行车充电桩", &["电动自行车充电桩"]),
    c("S12", "社区服务设施", &["养老托育等社区服务设施"]),
    c("S13", "文体休闲场地", &["文化休闲场地"]),
    c("S14", "口袋公园", &[]),
];

/// 用什么地建.
pub const GROUND: &[Choice] = &[
    c("freed", "拆出来的地", &["腾出空间", "拆除腾出"]),
    c("green", "占用绿地", &["绿地"]),
    c("activity", "占用活动场地", &["活动场地"]),
    c("road", "占用道路", &["道路"]),
    c("open", "空地", &["闲置地"]),
    c("same", "原地", &["原址"]),
];

/// 居民出资怎么分摊.
pub const CONTRIBUTION: &[Choice] = &[
    c("area", "按建筑面积", &["按面积"]),
    c("household", "按户", &["每户一样"]),
];

/// 内容之间的先后与取舍.
pub const RELATION: &[Choice] = &[
    c("after", "要等另一项先做", &["先做", "依赖"]),
    c("instead", "和另一项只做一个", &["二选一", "互斥"]),
];

/// 问题从哪里来.
pub const PROBLEM_ORIGIN: &[Choice] = &[
    c("survey", "摸底", &["摸底调查"]),
    c("visit", "入户走访", &["走访"]),
    c("inspection", "现场检查", &["城市体检", "检查"]),
    c("petition", "群众反映", &["信访", "热线"]),
    c("other", "其他", &[]),
];

/// 资金来源 (domain §5.5).
pub const FUND_SOURCE: &[Choice] = &[
    c("central", "中央补助", &["中央财政补助", "中央资金"]),
    c("centralInvestment", "中央预算内投资", &["预算内投资"]),
    c("province", "省级", &["省级补助", "省级财政"]),
    c("city", "市级", &["市级补助", "市级财政"]),
    c("district", "区级", &["区级配套", "区级财政", "县级"]),
    c("bond", "专项债", &["专项债券"]),
    c("pipeCompany", "管线单位", &["管线单位出资"]),
    c("workUnit", "原产权单位", &["产权单位", "单位出资"]),
    c("residents", "居民出资", &["居民自筹"]),
    c("maintenanceFund", "维修资金", &["专项维修资金"]),
    c("housingFund", "公积金", &["住房公积金"]),
    c("investor", "社会资本", &["社会力量"]),
    c("publicIncome", "公共收益", &["小区公共收益"]),
    c("other", "其他", &[]),
];

/// 意见怎么提出来的.
pub const OPINION_WAY: &[Choice] = &[
    c("letter", "书面", &["来信", "意见箱"]),
    c("phone", "电话", &[]),
    c("online", "网上", &["微信"]),
    c("meeting", "会上", &["座谈会", "议事会"]),
    c("visit", "上门", &["走访"]),
];
