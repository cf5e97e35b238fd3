//! What public papers hide (公示脱敏).

/// The rule, printed wherever names are masked.
pub const RULE: &str = "公示稿已隐去姓名（只保留姓氏），不公布电话和证件号码。";

/// Fewest answers that a public paper tells; smaller counts are hidden.
pub const SMALLEST_CELL: u32 = 5;

/// A name for the public (姓名脱敏): the surname and `*`. Names of organisations are public and stay. Several
/// names divided by 、 are masked one by one.
#[must_use]
pub fn masked_name(name: &str) -> String {
    name.split('、').map(one).collect::<Vec<_>>().join("、")
}

fn one(name: &str) -> String {
    let name = name.trim();
    let is_organisation = ORGANISATIONS.iter().any(|word| name.contains(word));
    if is_organisation || name.is_empty() {
        return name.to_owned();
    }
    let kept = usize::from(name.chars().count() > 1)
        * if COMPOUND_SURNAMES
            .iter()
            .any(|surname| name.starts_with(surname) && name.chars().count() > 2)
        {
            2
        } else {
            1
        };
    name.chars().take(kept).chain(['*']).collect()
}

const ORGANISATIONS: &[&str] = &[
    "公司",
    "单位",
    "集团",
    "厂",
    "局",
    "委员会",
    "中心",
    "学校",
    "医院",
    "银行",
    "社区",
    "街道",
    "合作社",
    "供销社",
    "研究所",
    "管理处",
    "清算组",
];

const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方", "夏侯", "长孙",
    "司徒", "司空", "宇文", "南宫", "西门", "端木", "轩辕", "百里",
];

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("张示例", "张*")]
    #[case("欧阳示例", "欧阳*")]
    #[case("欧阳", "欧*")]
    #[case("王", "*")]
    #[case("", "")]
    #[case("张甲、李乙", "张*、李*")]
    #[case("五交化公司", "五交化公司")]
    #[case("阿卜杜拉·示例", "阿*")]
    fn surname_stays(#[case] name: &str, #[case] shown: &str) {
        assert_eq!(masked_name(name), shown);
    }
}
