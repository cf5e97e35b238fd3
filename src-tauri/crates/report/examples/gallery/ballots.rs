//! Papers of a ballot, all invented (示例).

use jiugai_report::documents::{
    BallotMotion, BallotNotice, BallotPaper, BallotPapers, BallotRegister, BallotResult, Document,
    NoticeMotion, ProxyForms, ProxyOwner, RegisterLine, RegisterPart, ResultMotion, RollLine,
    RollNotice, RollPart, TallyLine, TallySheet,
};

use super::office::{LONG_NAME, imprint};

const BALLOT: &str = "五交化家属院改造方案业主表决";
const LAW: &str = "《中华人民共和国民法典》第二百七十八条：业主共同决定事项，应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决。\
决定前款第六项至第八项规定的事项，应当经参与表决专有部分面积四分之三以上的业主且参与表决人数四分之三以上的业主同意。";

pub(super) fn papers() -> Vec<(&'static str, Document)> {
    vec![
        (
            "d8-plain",
            Document::BallotPapers(Box::new(ballot_papers(3))),
        ),
        (
            "d8-blank",
            Document::BallotPapers(Box::new(BallotPapers {
                papers: Vec::new(),
                ..ballot_papers(2)
            })),
        ),
        (
            "d8-many",
            Document::BallotPapers(Box::new(ballot_papers(9))),
        ),
        (
            "d8-extreme",
            Document::BallotPapers(Box::new(extreme_papers())),
        ),
        ("d9-plain", Document::BallotRegister(Box::new(register()))),
        (
            "d9-empty",
            Document::BallotRegister(Box::new(BallotRegister {
                imprint: imprint(),
                ..BallotRegister::default()
            })),
        ),
        ("tally-plain", Document::TallySheet(Box::new(tally("160")))),
        ("tally-blank", Document::TallySheet(Box::new(tally("")))),
        ("d10-plain", Document::BallotResult(Box::new(result()))),
        (
            "d10-empty",
            Document::BallotResult(Box::new(BallotResult {
                imprint: imprint(),
                ..BallotResult::default()
            })),
        ),
        ("roll-plain", Document::RollNotice(Box::new(roll()))),
        ("notice-plain", Document::BallotNotice(Box::new(notice()))),
        (
            "notice-empty",
            Document::BallotNotice(Box::new(BallotNotice {
                imprint: imprint(),
                ..BallotNotice::default()
            })),
        ),
        ("proxy-plain", Document::ProxyForms(Box::new(proxies()))),
        (
            "proxy-blank",
            Document::ProxyForms(Box::new(ProxyForms {
                imprint: imprint(),
                ..ProxyForms::default()
            })),
        ),
    ]
}

fn motions(count: usize) -> Vec<BallotMotion> {
    let texts = [
        "同意《五交化家属院改造方案》（第 2 版），按方案拆除大排房 22 间、小配房 55 间、老旧集体车棚 3 个",
        "同意把 3 号楼北侧 120.00 ㎡ 绿地改为停车位 9 个",
        "同意使用住宅专项维修资金 18.60 万元，用于屋面防水",
    ];
    (0..count)
        .map(|at| BallotMotion {
            number: ["一", "二", "三", "四", "五", "六", "七", "八", "九"][at].to_owned(),
            text: texts[at % 3].to_owned(),
        })
        .collect()
}

fn ballot_papers(count: usize) -> BallotPapers {
    BallotPapers {
        imprint: imprint(),
        title: "五交化家属院业主表决票".into(),
        motions: motions(count),
        deadline: "2021年4月20日18时前交到3号楼1单元门口票箱，或由入户人员当面收回".into(),
        unreturned_rule: String::new(),
        papers: (1..=3)
            .map(|n| BallotPaper {
                number: format!("{n:04}"),
                code: format!("B1-{n:04}"),
                owner: "张示例".into(),
                dwellings: format!("3号楼2单元{n}01"),
                area: "86.40 ㎡".into(),
                heads: "1".into(),
            })
            .collect(),
    }
}

fn extreme_papers() -> BallotPapers {
    let mut papers = ballot_papers(3);
    papers.unreturned_rule =
        "按议事规则第 9 条，已送达而未在期限内交回的表决票，计入参与表决的多数意见。".into();
    papers.papers = vec![BallotPaper {
        number: "WJH-2021-000123".into(),
        code: "0190f3a2-5b7c-7e21-9d10-2f6a4c8e1b35".into(),
        owner: format!("{LONG_NAME}𬭎、{LONG_NAME}㐂䶮"),
        dwellings: "3号楼2单元301、302、401、402、501、502，附12号楼东侧小单元地下室夹层B-1001之二"
            .into(),
        area: "1,234,567.89 ㎡".into(),
        heads: "1".into(),
    }];
    papers
}

fn register() -> BallotRegister {
    let line = |building: u32, n: u32| RegisterLine {
        number: format!("{building}{n:03}"),
        room: format!("{}单元{}0{}", n % 4 + 1, n / 8 + 1, n % 2 + 1),
        owner: if n == 7 {
            format!("{LONG_NAME}𬭎")
        } else {
            "张示例".into()
        },
        area: "86.40".into(),
        ..RegisterLine::default()
    };
    BallotRegister {
        imprint: imprint(),
        ballot: BALLOT.into(),
        period: "2021年4月1日至4月20日".into(),
        ways: ["1 当面", "2 同住人代收", "3 信箱", "4 邮寄", "5 公告"]
            .map(str::to_owned)
            .to_vec(),
        parts: (1..=2)
            .map(|building| RegisterPart {
                title: format!("{building}号楼"),
                lines: (1..=24).map(|n| line(building, n)).collect(),
            })
            .collect(),
    }
}

fn tally(heads: &str) -> TallySheet {
    let filled = |text: &str| {
        if heads.is_empty() {
            String::new()
        } else {
            text.to_owned()
        }
    };
    TallySheet {
        imprint: imprint(),
        ballot: BALLOT.into(),
        scope: "全小区 307 套，业主 298 人，18,420.00 ㎡".into(),
        papers: [
            ("发出", "298 张"),
            ("收回", "219 张"),
            ("有效", "211 张"),
            ("无效", "8 张"),
        ]
        .map(|(label, count)| (label.to_owned(), filled(count)))
        .to_vec(),
        motions: motions(3)
            .into_iter()
            .map(|motion| TallyLine {
                motion: format!("{}、{}", motion.number, motion.text),
                approve_heads: filled("160"),
                approve_area: filled("9,120.40"),
                reject_heads: filled("40"),
                reject_area: filled("3,000.00"),
                abstain_heads: filled("11"),
                abstain_area: filled("680.00"),
                participating_heads: filled("211（70.8%）"),
                participating_area: filled("12,800.40（69.5%）"),
                verdict: filled("人数达到、面积未达到，未通过"),
            })
            .collect(),
        laws: vec![LAW.into()],
    }
}

fn result() -> BallotResult {
    let pair = |heads: &str, area: &str| (heads.to_owned(), area.to_owned());
    BallotResult {
        imprint: imprint(),
        ballot: BALLOT.into(),
        scope: "全小区 1 至 8 号楼，共 307 套房屋".into(),
        period: "2021年4月1日至4月20日".into(),
        papers: [
            ("发出", "298 张"),
            ("收回", "219 张"),
            ("有效", "211 张"),
            ("无效", "8 张"),
            ("无法送达", "9 张"),
        ]
        .map(|(label, count)| (label.to_owned(), count.to_owned()))
        .to_vec(),
        all_heads: "298 人".into(),
        all_area: "18,420.00 ㎡".into(),
        participating_heads: "211 人（70.8%）".into(),
        participating_area: "12,800.40 ㎡（69.5%）".into(),
        quorum: "参与表决的面积和人数均达到三分之二以上，符合法定要求。".into(),
        motions: motions(2)
            .into_iter()
            .map(|motion| ResultMotion {
                title: format!("（{}）{}", motion.number, motion.text),
                approve: pair("160 人（75.8%）", "9,120.40 ㎡（71.3%）"),
                reject: pair("40 人（19.0%）", "3,000.00 ㎡（23.4%）"),
                abstain: pair("11 人（5.2%）", "680.00 ㎡（5.3%）"),
                standard: "参与表决的面积和人数均四分之三以上同意".into(),
                verdict: "人数达到，面积未达到，未通过。".into(),
            })
            .collect(),
        laws: vec![LAW.into()],
        objections_until: "2021年4月22日至4月28日".into(),
        contact: "示例社区居委会二楼，0394-示例".into(),
        witnesses: vec!["示例丙".into(), "示例丁".into()],
        signers: vec![
            "五交化家属院业主大会筹备组".into(),
            "示例社区居民委员会".into(),
        ],
        date: "2021年4月22日".into(),
    }
}

fn roll() -> RollNotice {
    RollNotice {
        imprint: imprint(),
        ballot: BALLOT.into(),
        totals: "共 307 套，18,420.00 ㎡，业主 298 人".into(),
        objections_until: "2021年3月18日至3月24日".into(),
        contact: "示例社区居委会二楼，0394-示例".into(),
        whole_names: false,
        signer: "示例社区居民委员会".into(),
        parts: (1..=2)
            .map(|building| RollPart {
                title: format!("{building}号楼"),
                lines: (1..=48)
                    .map(|n| RollLine {
                        room: format!("{}单元{}0{}", n % 4 + 1, n / 8 + 1, n % 2 + 1),
                        owner: match n % 12 {
                            1 => "五交化公司".into(),
                            2 => "张示例、李示例".into(),
                            3 => LONG_NAME.into(),
                            _ => "欧阳示例".into(),
                        },
                        area: "48.00".into(),
                        source: if n % 9 == 0 {
                            "待核".into()
                        } else {
                            "登记簿".into()
                        },
                        heads: "1".into(),
                        remark: if n % 12 == 1 {
                            "未售公房，计一人".into()
                        } else {
                            String::new()
                        },
                    })
                    .collect(),
                area: "2,304.00".into(),
            })
            .collect(),
    }
}

fn notice() -> BallotNotice {
    BallotNotice {
        imprint: imprint(),
        ballot: BALLOT.into(),
        scope: "全小区 1 至 8 号楼，共 307 套房屋".into(),
        all_heads: "298 人".into(),
        all_area: "18,420.00 ㎡".into(),
        period: "2021年4月1日8时至4月20日18时".into(),
        motions: motions(3)
            .into_iter()
            .map(|motion| NoticeMotion {
                motion,
                standard: "参与表决的面积和人数均四分之三以上同意".into(),
            })
            .collect(),
        ways: vec![
            "表决票由入户人员当面送达并签收；不在家的，由同住人签收或投入信箱，并有见证人签字；联系不上的，邮寄送达并在小区公告栏公告。".into(),
            "填好的表决票投入3号楼1单元门口票箱，或由入户人员当面收回。".into(),
        ],
        unreturned_rule: String::new(),
        laws: vec![LAW.into()],
        contact: "示例社区居委会二楼，0394-示例".into(),
        signers: vec!["五交化家属院业主大会筹备组".into()],
        date: "2021年3月15日".into(),
    }
}

fn proxies() -> ProxyForms {
    ProxyForms {
        imprint: imprint(),
        ballot: BALLOT.into(),
        motions: motions(3),
        owners: vec![ProxyOwner {
            owner: "张示例".into(),
            dwellings: "3号楼2单元301".into(),
            area: "86.40 ㎡".into(),
        }],
    }
}
