//! What the lines above the table, or else the file's name, tell about the compound.

use chrono::NaiveDate;
use jiugai_domain::address::{arabic, building_name};
use jiugai_domain::date;
use jiugai_domain::text::normalize;

pub(crate) const SAMPLE: &str = "示例";
/// Words at which the name of a compound ends in a title.
const AFTER_NAME: [&str; 11] = [
    "老旧小区",
    "城镇老旧",
    "入户",
    "摸底",
    "改造",
    "调查",
    "台账",
    "住户",
    "居民",
    "房屋",
    "基本情况",
];
const NAME_ENDS: [&str; 9] = [
    "家属院",
    "小区",
    "大院",
    "院",
    "花园",
    "苑",
    "新村",
    "公寓",
    "楼院",
];

/// What lines above a table tell.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) title: Option<String>,
    pub(crate) compound_name: Option<String>,
    pub(crate) subdistrict: Option<String>,
    pub(crate) community: Option<String>,
    pub(crate) filled_on: Option<NaiveDate>,
    pub(crate) is_sample: bool,
}

/// Reads title, date and place from the texts above a table; the date may stand below it.
pub(crate) fn told_by(lines: &[String], foot: &[String]) -> Told {
    let mut told = Told::default();
    let title = lines
        .iter()
        .find(|line| !line.contains(['：', ':']) && line.chars().count() >= 4);
    if let Some(title) = title {
        let title = normalize(title).replace(' ', "");
        place(&title, &mut told);
        told.title = Some(title);
    }
    told.is_sample = lines.iter().any(|line| line.contains(SAMPLE));
    told.filled_on = lines.iter().chain(foot).find_map(|line| filled_on(line));
    told
}

/// The compound that a file is named after, and whether it says 示例.
pub(crate) fn of_file_name(file_name: &str) -> (Option<String>, bool) {
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let compound = stem
        .split(['_', '-', ' ', '（', '(', '）', ')', '—'])
        .map(|part| head(part).trim())
        .find(|part| NAME_ENDS.iter().any(|end| part.ends_with(end)) && part.chars().count() > 2)
        .map(str::to_owned);
    (compound, stem.contains(SAMPLE))
}

/// The text before the words that say what the paper is.
fn head(title: &str) -> &str {
    let end = AFTER_NAME
        .iter()
        .filter_map(|word| title.find(word))
        .min()
        .unwrap_or(title.len());
    &title[..end]
}

fn place(title: &str, told: &mut Told) {
    let start = title
        .find('年')
        .filter(|at| title[..*at].bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(0, |at| at + '年'.len_utf8());
    let mut rest = head(&title[start..]);
    if let Some((before, after)) = rest.split_once("街道") {
        let name = before
            .rsplit(['市', '区', '县'])
            .find(|part| !part.is_empty())
            .unwrap_or(before);
        if !name.is_empty() {
            told.subdistrict = Some(format!("{name}街道"));
        }
        rest = after.strip_prefix("办事处").unwrap_or(after);
    }
    if let Some((name, after)) = rest.split_once("社区") {
        if !name.is_empty() {
            told.community = Some(format!("{name}社区"));
        }
        rest = after;
    }
    let name =
        rest.trim_matches(|c: char| matches!(c, '、' | ',' | '，' | '-' | '—' | '的' | '(' | '（'));
    if name.chars().count() >= 2 {
        told.compound_name = Some(name.to_owned());
    }
}

/// A day behind 日期 or 时间 in a line.
fn filled_on(line: &str) -> Option<NaiveDate> {
    let text = normalize(line);
    let at = text
        .find("日期")
        .map(|at| at + "日期".len())
        .or_else(|| text.find("时间").map(|at| at + "时间".len()))?;
    let day: String = text[at..]
        .trim_start_matches([':', '：', ' '])
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '.' | '-' | '/'))
        .collect();
    date::parse(&day)
}

/// The building that the name of a tab says: 3号楼, 北楼.
pub(crate) fn numbered_tab(name: &str) -> Option<String> {
    let by_end = || name.ends_with('楼').then(|| building_name(name)).flatten();
    numbered(name).or_else(by_end)
}

/// The numbered building in a text: 3号楼 in 3号楼住户登记表.
pub(crate) fn numbered(text: &str) -> Option<String> {
    let text = arabic(&normalize(text)).replace(' ', "");
    let end = ["号楼", "#楼", "#", "栋", "幢"]
        .iter()
        .find_map(|end| text.find(end).map(|at| at + end.len()))?;
    let start = text[..end]
        .char_indices()
        .rev()
        .skip_while(|(_, c)| !c.is_ascii_digit())
        .take_while(|(_, c)| c.is_ascii_digit())
        .last()?
        .0;
    building_name(&text[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "七一路街道文明社区五交化家属院老旧小区改造入户摸底台账（示例）",
        "七一路街道|文明社区|五交化家属院"
    )]
    #[case(
        "2021年川汇区七一路街道办事处文明社区百货楼院入户摸底表",
        "七一路街道|文明社区|百货楼院"
    )]
    #[case("五交化家属院居民情况调查表", "||五交化家属院")]
    #[case("入户摸底台账", "||")]
    fn places(#[case] title: &str, #[case] expected: &str) {
        let mut told = Told::default();
        place(title, &mut told);
        let shown = [told.subdistrict, told.community, told.compound_name]
            .map(Option::unwrap_or_default)
            .join("|");
        assert_eq!(shown, expected);
    }

    #[rstest]
    #[case("摸底台账_五交化家属院_示例.xlsx", Some("五交化家属院"), true)]
    #[case("C:\\台账\\幸福小区入户摸底.xls", Some("幸福小区"), false)]
    #[case("新建 Microsoft Excel 工作表.xlsx", None, false)]
    fn file_names(#[case] file_name: &str, #[case] compound: Option<&str>, #[case] sample: bool) {
        let (told, is_sample) = of_file_name(file_name);
        assert_eq!(told.as_deref(), compound);
        assert_eq!(is_sample, sample);
    }

    #[rstest]
    #[case("填报日期：2021年3月5日　　单位：户、人", Some((2021, 3, 5)))]
    #[case("填表时间: ２０２１．３．５", Some((2021, 3, 5)))]
    #[case("日期：　年　月　日", None)]
    #[case("2021年3月5日", None)]
    fn days(#[case] line: &str, #[case] expected: Option<(i32, u32, u32)>) {
        assert_eq!(
            filled_on(line),
            expected.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day))
        );
    }
}
