//! What the law asks for each matter (事项), with its words.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How many must agree, by area and by heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Leg {
    /// 一般事项: more than half (过半数, without the half itself).
    Ordinary,
    /// 重大事项: three quarters or more.
    Major,
    /// An older local rule: more than half of all owners.
    AllHalf,
    /// An older local rule: two thirds of all owners or more.
    AllTwoThirds,
}

impl Leg {
    /// Every leg, those of the Code first.
    pub const ALL: [Self; 4] = [
        Self::Ordinary,
        Self::Major,
        Self::AllHalf,
        Self::AllTwoThirds,
    ];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Major => "major",
            Self::AllHalf => "allHalf",
            Self::AllTwoThirds => "allTwoThirds",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|leg| leg.code() == code)
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Ordinary => "过半数",
            Self::Major => "四分之三以上",
            Self::AllHalf => "全体过半数",
            Self::AllTwoThirds => "全体三分之二以上",
        }
    }

    /// Enough of `base` agree; never when there is no base.
    #[must_use]
    pub fn reached(self, agreeing: i64, base: i64) -> bool {
        let (agreeing, base) = (i128::from(agreeing), i128::from(base));
        base > 0
            && match self {
                Self::Ordinary | Self::AllHalf => 2 * agreeing > base,
                Self::Major => 4 * agreeing >= 3 * base,
                Self::AllTwoThirds => 3 * agreeing >= 2 * base,
            }
    }

    /// It is one of the Code's; the others are those of older local rules.
    #[must_use]
    pub fn is_of_code(self) -> bool {
        matches!(self, Self::Ordinary | Self::Major)
    }

    /// Measured against everybody in the scope, not against those who take part.
    #[must_use]
    pub fn is_of_all(self) -> bool {
        !self.is_of_code()
    }

    /// The leg that a local rule asks for by its words, where the Code asks for `code`; none when
    /// the words tell no share of all owners.
    #[must_use]
    pub fn of_words(words: &str, code: Self) -> Option<Self> {
        let (half, most) = (words.contains("过半数"), words.contains("三分之二"));
        match (half, most, code) {
            _ if words.contains("参与") => None,
            (true, true, Self::Ordinary) | (true, false, _) => Some(Self::AllHalf),
            (_, true, _) => Some(Self::AllTwoThirds),
            (false, false, _) => None,
        }
    }

    /// How much must be added until `agreeing` of `base` is enough: to both sides of the count for
    /// a leg of those who take part, to those who agree for a leg of all.
    #[must_use]
    pub fn shortage(self, agreeing: i64, base: i64) -> i64 {
        let (yes, whole) = (i128::from(agreeing), i128::from(base));
        let short = match self {
            Self::Ordinary => whole - 2 * yes + 1,
            Self::Major => 3 * whole - 4 * yes,
            Self::AllHalf | Self::AllTwoThirds => return self.shortage_of_all(agreeing, base),
        };
        i64::try_from(short.max(0)).unwrap_or(i64::MAX)
    }

    /// How many more must agree when they are measured against `all`, whoever takes part.
    #[must_use]
    pub fn shortage_of_all(self, agreeing: i64, all: i64) -> i64 {
        let all = i128::from(all);
        let least = match self {
            Self::Ordinary | Self::AllHalf => all.div_euclid(2) + 1,
            Self::Major => (3 * all + 3).div_euclid(4),
            Self::AllTwoThirds => (2 * all + 2).div_euclid(3),
        };
        i64::try_from((least - i128::from(agreeing)).max(0)).unwrap_or(i64::MAX)
    }

    /// The sentence behind it: that of the Code, or what the local rule comes to.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Ordinary => ORDINARY,
            Self::Major => MAJOR,
            Self::AllHalf => ALL_HALF,
            Self::AllTwoThirds => ALL_TWO_THIRDS,
        }
    }
}

/// The source of [`QUORUM`], [`ORDINARY`] and [`MAJOR`].
pub const CODE_278: &str = "《中华人民共和国民法典》第二百七十八条第二款";
/// How many must take part.
pub const QUORUM: &str = "业主共同决定事项，应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决。";
/// What items six to eight need.
pub const MAJOR: &str = "决定前款第六项至第八项规定的事项，应当经参与表决专有部分面积四分之三以上的业主且参与表决人数四分之三以上的业主同意。";
/// What the other items need.
pub const ORDINARY: &str =
    "决定前款其他事项，应当经参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意。";
/// What a local rule of more than half of all owners comes to.
pub const ALL_HALF: &str =
    "按所选的地方规定，要全体业主的面积和人数都过半数同意；参与比例仍按《民法典》。";
/// What a local rule of two thirds of all owners comes to.
pub const ALL_TWO_THIRDS: &str =
    "按所选的地方规定，要全体业主的面积和人数都三分之二以上同意；参与比例仍按《民法典》。";
/// Said wherever a local rule was chosen.
pub const CODE_PREVAILS: &str =
    "地方规定与《民法典》不一致的，以《民法典》为准；用地方规定计票以前，请先问清主管部门。";
/// What 以上 and 过半数 mean.
pub const INCLUDED: &str = "《民法典》第一千二百五十九条：“以上”包括本数；“过半数”不包括半数本身。";
/// How heads are counted.
pub const HEADS: &str = "建筑物区分所有权司法解释（2020）第九条：业主人数可以按照专有部分的数量计算，一个专有部分按一人计算；建设单位尚未出售和虽已出售但尚未交付的部分，以及同一买受人拥有一个以上专有部分的，按一人计算。";
/// How area is counted.
pub const AREA: &str = "建筑物区分所有权司法解释（2020）第八条：专有部分面积按不动产登记簿记载的面积；尚未登记的，暂按测绘机构的实测面积；尚未实测的，暂按房屋买卖合同记载的面积。";
/// When 从多 is allowed.
pub const FOLLOW: &str = "业主大会和业主委员会指导规则（建房〔2009〕274号）第二十六条第二款：未参与表决的业主投票权数是否计入已表决的多数票，由管理规约或者业主大会议事规则规定。";
/// Days from the notice to the first day of voting (《物业管理条例》 2018, 第十四条), where the parameter
/// names none.
pub const NOTICE_DAYS: i64 = 15;

/// A matter that owners decide together (民法典第二百七十八条第一款, item by item).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Matter {
    /// (一) 议事规则.
    Procedure,
    /// (二) 管理规约.
    Covenant,
    /// (三) 业主委员会.
    Committee,
    /// (四) 选聘、解聘物业.
    Manager,
    /// (五) 使用维修资金.
    UseFund,
    /// (六) 筹集维修资金.
    RaiseFund,
    /// (七) 改建、重建.
    Rebuild,
    /// (八) 改变共有部分的用途或者经营.
    ChangeUse,
    /// (九) 其他重大事项.
    Other,
}

impl Matter {
    /// Every matter, in the order of the Code.
    pub const ALL: [Self; 9] = [
        Self::Procedure,
        Self::Covenant,
        Self::Committee,
        Self::Manager,
        Self::UseFund,
        Self::RaiseFund,
        Self::Rebuild,
        Self::ChangeUse,
        Self::Other,
    ];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Procedure => "procedure",
            Self::Covenant => "covenant",
            Self::Committee => "committee",
            Self::Manager => "manager",
            Self::UseFund => "useFund",
            Self::RaiseFund => "raiseFund",
            Self::Rebuild => "rebuild",
            Self::ChangeUse => "changeUse",
            Self::Other => "other",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matter| matter.code() == code)
    }

    /// The item of the Code, as it stands there.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Procedure => "（一）制定和修改业主大会议事规则",
            Self::Covenant => "（二）制定和修改管理规约",
            Self::Committee => "（三）选举业主委员会或者更换业主委员会成员",
            Self::Manager => "（四）选聘和解聘物业服务企业或者其他管理人",
            Self::UseFund => "（五）使用建筑物及其附属设施的维修资金",
            Self::RaiseFund => "（六）筹集建筑物及其附属设施的维修资金",
            Self::Rebuild => "（七）改建、重建建筑物及其附属设施",
            Self::ChangeUse => "（八）改变共有部分的用途或者利用共有部分从事经营活动",
            Self::Other => "（九）有关共有和共同管理权利的其他重大事项",
        }
    }

    /// The leg that the Code asks for.
    #[must_use]
    pub fn leg(self) -> Leg {
        match self {
            Self::RaiseFund | Self::Rebuild | Self::ChangeUse => Leg::Major,
            _ => Leg::Ordinary,
        }
    }
}

/// What a renovation does that a ballot may have to decide, as a hint to the planner (domain §8.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Words in the name of a work item that point at it.
    pub words: &'static [&'static str],
    /// The matter that it most likely is.
    pub matter: Matter,
    /// Why, and what else to look at.
    pub hint: &'static str,
}

/// Behind every hint about a measure.
pub const ADVICE: &str = "供参考，以法律意见为准";

/// Green that is built over or parked on (domain §1 point 4).
pub const GREEN_LOST: &str = "把绿地改成停车位属于改变共有部分的用途，按《民法典》第二百七十八条第一款第（八）项，要参与表决的面积和人数都达到四分之三以上同意。";

/// The hints, the most specific first.
pub const MEASURES: &[Measure] = &[
    Measure {
        words: &["电梯"],
        matter: Matter::Rebuild,
        hint: "加装电梯按单元（栋）范围表决，属第（七）项；河南条例第五十九条写的是单元（栋）三分之二以上业主同意，是旧规定。",
    },
    Measure {
        words: &["维修资金续筹", "筹集维修资金", "居民出资", "集资"],
        matter: Matter::RaiseFund,
        hint: "要全体业主出资的，按筹集维修资金办，属第（六）项。",
    },
    Measure {
        words: &["维修资金"],
        matter: Matter::UseFund,
        hint: "动用已有的维修资金属第（五）项，过半数即可。",
    },
    Measure {
        words: &["物业"],
        matter: Matter::Manager,
        hint: "选聘物业、定收费办法属第（四）项，过半数即可。",
    },
    Measure {
        words: &["停车", "车位", "充电", "广告", "经营", "用房改"],
        matter: Matter::ChangeUse,
        hint: "在共用道路、空地上划车位或者收费经营，按第（八）项四分之三办最稳妥；占了绿地的一定是第（八）项。",
    },
    Measure {
        words: &["拆除", "新建", "重建", "车棚", "扩建"],
        matter: Matter::Rebuild,
        hint: "拆除、重建共有的建筑物，或者在共有土地上新建，属第（七）项。拆除违法建设不是业主表决的事项。",
    },
];

/// What is said about a measure that no hint is about.
pub const OTHER_HINT: &str = "政府出钱修路、修管、修屋面墙面，一般只征求意愿并公示；真要交给业主表决的，按第（九）项过半数。";

/// The hint about a work item by its name.
#[must_use]
pub fn measure(name: &str) -> (Matter, &'static str) {
    MEASURES
        .iter()
        .find(|measure| measure.words.iter().any(|word| name.contains(word)))
        .map_or((Matter::Other, OTHER_HINT), |measure| {
            (measure.matter, measure.hint)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn items_six_to_eight_need_three_quarters() {
        let major: Vec<usize> = Matter::ALL
            .iter()
            .enumerate()
            .filter(|(_, matter)| matter.leg() == Leg::Major)
            .map(|(index, _)| index + 1)
            .collect();
        assert_eq!(major, [6, 7, 8]);
        for matter in Matter::ALL {
            assert_eq!(Matter::from_code(matter.code()), Some(matter));
        }
    }

    #[rstest]
    #[case("加装电梯", Matter::Rebuild)]
    #[case("重新规划停车位", Matter::ChangeUse)]
    #[case("新建自行车棚（带充电位）", Matter::ChangeUse)]
    #[case("拆除老旧集体车棚", Matter::Rebuild)]
    #[case("使用维修资金修屋面", Matter::UseFund)]
    #[case("修补破损路面", Matter::Other)]
    fn hints(#[case] name: &str, #[case] matter: Matter) {
        assert_eq!(measure(name).0, matter);
    }

    #[test]
    fn the_words_of_a_local_rule_tell_the_leg() {
        let both = "按全体计：重大事项三分之二以上，其他过半数";
        assert_eq!(Leg::of_words(both, Leg::Major), Some(Leg::AllTwoThirds));
        assert_eq!(Leg::of_words(both, Leg::Ordinary), Some(Leg::AllHalf));
        let lift = "单元（栋）三分之二以上业主同意";
        assert_eq!(Leg::of_words(lift, Leg::Major), Some(Leg::AllTwoThirds));
        assert_eq!(
            Leg::of_words("没有业主大会时，全体过半数", Leg::Major),
            Some(Leg::AllHalf)
        );
        assert_eq!(Leg::of_words("禁止在绿地内停车", Leg::Major), None);
        let of_code = "参与表决的面积和人数都要过半数";
        assert_eq!(Leg::of_words(of_code, Leg::Ordinary), None);
    }

    #[test]
    fn a_shortage_of_all_is_the_least_that_reaches_it() {
        for leg in Leg::ALL {
            for base in 1..60 {
                for agreeing in 0..=base {
                    let short = leg.shortage_of_all(agreeing, base);
                    assert!(leg.reached(agreeing + short, base));
                    assert!(short == 0 || !leg.reached(agreeing + short - 1, base));
                }
            }
        }
    }

    #[test]
    fn a_shortage_is_the_least_that_reaches_the_leg() {
        for leg in [Leg::Ordinary, Leg::Major] {
            for base in 0..40 {
                for agreeing in 0..=base {
                    let short = leg.shortage(agreeing, base);
                    if short > 0 {
                        assert!(!leg.reached(agreeing + short - 1, base + short - 1));
                    }
                    if base + short > 0 {
                        assert!(leg.reached(agreeing + short, base + short));
                    }
                }
            }
        }
    }
}
