//! Counting plain files: a roll and the votes, without a ledger.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiugai_domain::ballot::{self, Cast, Leg, Legs, Mode, Proofs, Seat, Share, Tally, Vote, law};
use jiugai_domain::{fixed, text};
use jiugai_exchange::ExchangeError;
use jiugai_exchange::book::{Book, Sheet, read_book};
use serde::Serialize;

use crate::{ApiError, ErrorCode};

/// Area and heads of one group. Fields of a public contract: they are only ever added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlainShare {
    /// 0.01 ㎡.
    pub area_dm2: i64,
    /// 人数.
    pub heads: i64,
}

impl From<Share> for PlainShare {
    fn from(share: Share) -> Self {
        Self {
            area_dm2: share.area_dm2,
            heads: share.heads,
        }
    }
}

/// Whether both legs hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BothLegs {
    /// By area.
    pub area: bool,
    /// By heads.
    pub heads: bool,
}

impl From<Legs> for BothLegs {
    fn from(legs: Legs) -> Self {
        Self {
            area: legs.area,
            heads: legs.heads,
        }
    }
}

/// What `jiugai ballot count --json` says. A contract: fields are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BallotCount {
    /// Everybody who counts.
    pub all: PlainShare,
    /// Those who take part.
    pub participating: PlainShare,
    /// Those who agree.
    pub approving: PlainShare,
    /// Two thirds of all take part.
    pub quorum: BothLegs,
    /// Enough of them agree.
    pub approval: BothLegs,
    /// Null while something needs a decision.
    pub passed: Option<bool>,
    /// What is missing to the quorum.
    pub missing: PlainShare,
    /// Owners whose valid papers disagree.
    pub conflicts: Vec<String>,
    /// Dwellings with a vote that do not count (车位, 储藏 …).
    pub not_counted: Vec<String>,
}

impl BallotCount {
    pub(crate) fn of(tally: &Tally, conflicts: Vec<String>, not_counted: Vec<String>) -> Self {
        Self {
            all: tally.all.into(),
            participating: tally.participating.into(),
            approving: tally.approving.into(),
            quorum: tally.quorum.into(),
            approval: tally.approval.into(),
            passed: tally.passed,
            missing: tally.missing.into(),
            conflicts,
            not_counted,
        }
    }

    /// For people who read it on a terminal.
    #[must_use]
    pub fn text(&self, leg: Leg, follow: bool) -> String {
        let line = |what: &str, share: PlainShare| {
            format!(
                "{what}：{} 人，{} ㎡",
                fixed::format_grouped(share.heads, 0),
                fixed::format_grouped(share.area_dm2, 2)
            )
        };
        let holds = |legs: BothLegs| {
            let word = |held: bool| if held { "够" } else { "不够" };
            format!("面积{}，人数{}", word(legs.area), word(legs.heads))
        };
        let mut lines = vec![
            line("应参与", self.all),
            line("参与", self.participating),
            line("同意", self.approving),
            format!("参与比例（三分之二以上）：{}", holds(self.quorum)),
            format!("同意比例（{}）：{}", leg.label(), holds(self.approval)),
        ];
        if self.missing.heads > 0 || self.missing.area_dm2 > 0 {
            lines.push(line("离三分之二还差", self.missing));
        }
        if !self.conflicts.is_empty() {
            lines.push(format!(
                "这些业主的几张票互相矛盾，要由人决定：{}",
                self.conflicts.join("、")
            ));
        }
        if !self.not_counted.is_empty() {
            lines.push(format!(
                "这些房屋不计入表决，它们的票没有计：{}",
                self.not_counted.join("、")
            ));
        }
        if follow {
            lines.push(format!(
                "按“从多”计：已送达未收回的票计入多数一方。{}要有议事规则原文、每张票的送达证据，票面上印明后果，三样缺一不可。",
                law::FOLLOW
            ));
        }
        lines.push(
            match self.passed {
                Some(true) => "结果：通过",
                Some(false) => "结果：没有通过",
                None => "结果：还不能定，有要由人决定的",
            }
            .to_owned(),
        );
        lines.push(format!(
            "{}：{}{}",
            law::CODE_278,
            law::QUORUM,
            leg.sentence()
        ));
        lines.join("\n")
    }
}

/// Counts one motion from two plain tables.
///
/// # Errors
/// `invalid` with file, row and reason: nothing is left out in silence.
pub fn ballot_count(
    roll: &Path,
    votes: &Path,
    leg: Leg,
    follow: bool,
) -> Result<BallotCount, ApiError> {
    let roll = Table::read(roll, ["dwelling", "area_m2", "owner_key", "counts"])?;
    let votes = Table::read(votes, ["dwelling", "choice", "valid"])?;
    let entries = read_roll(&roll)?;
    let casts = read_votes(&votes, &entries)?;
    let mut heads: HashMap<&str, usize> = HashMap::new();
    let mut keys: Vec<&str> = Vec::new();
    let mut seats = Vec::new();
    let mut states = Vec::new();
    let mut not_counted = Vec::new();
    for (entry, cast) in entries.iter().zip(&casts) {
        if !entry.counts {
            if matches!(cast, Cast::Valid(_) | Cast::Invalid) {
                not_counted.push(entry.dwelling.clone());
            }
            continue;
        }
        let head = *heads.entry(&entry.owner).or_insert_with(|| {
            keys.push(&entry.owner);
            keys.len() - 1
        });
        seats.push(Seat {
            area_dm2: entry.area_dm2,
            head,
        });
        states.push(*cast);
    }
    if seats.is_empty() {
        return Err(roll.refused("没有一套房屋计入表决（counts 都是 0）", None));
    }
    // Whoever asks for 从多 on plain files vouches for the three proofs; the text says so.
    let mode = if follow {
        Mode::FollowMajority(Proofs {
            rules_quoted: true,
            deliveries_proven: true,
            consequence_printed: true,
        })
    } else {
        Mode::Strict
    };
    let tally = ballot::tally(&seats, &states, leg, mode, &BTreeMap::new());
    let conflicts = tally
        .conflicts
        .iter()
        .map(|head| keys[*head].to_owned())
        .collect();
    Ok(BallotCount::of(&tally, conflicts, not_counted))
}

struct Entry {
    dwelling: String,
    area_dm2: i64,
    owner: String,
    counts: bool,
}

/// One plain table with the columns that were asked for.
struct Table<const N: usize> {
    name: String,
    book: Book,
    columns: [u32; N],
}

impl<const N: usize> Table<N> {
    fn read(path: &Path, wanted: [&str; N]) -> Result<Self, ApiError> {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let unreadable = |error: ExchangeError| {
            let error = ApiError::from(error);
            ApiError::new(
                error.code,
                "没有计票",
                format!("“{name}”读不了：{}", error.message),
                "请核对文件，改好或换一个（.csv 或 .xlsx），再计一次。",
            )
        };
        let bytes = jiugai_exchange::read_file(path).map_err(unreadable)?;
        let book = read_book(&bytes, &name).map_err(unreadable)?;
        let mut table = Self {
            name,
            book,
            columns: [0; N],
        };
        let mut header: HashMap<String, u32> = HashMap::new();
        if let Some((row, cells)) = table.sheet()?.rows().next() {
            for cell in cells {
                let word = table.cell(row, cell.column())?;
                let word = word.to_lowercase();
                if wanted.contains(&word.as_str()) && header.contains_key(&word) {
                    return Err(table.refused(&format!("第一行里有两列都叫“{word}”"), None));
                }
                header.insert(word, cell.column());
            }
        }
        for (place, word) in wanted.into_iter().enumerate() {
            let column = header.get(word).copied();
            table.columns[place] = column.ok_or_else(|| {
                table.refused(
                    &format!(
                        "第一行里没有“{word}”这一列，要有的列是 {}",
                        wanted.join("、")
                    ),
                    None,
                )
            })?;
        }
        Ok(table)
    }

    fn sheet(&self) -> Result<&Sheet, ApiError> {
        self.book
            .sheets
            .first()
            .ok_or_else(|| self.refused("里面没有内容", None))
    }

    fn cell(&self, row: u32, column: u32) -> Result<String, ApiError> {
        // Full-width letters and digits are as good as others.
        Ok(text::normalize(&self.sheet()?.text_at(row, column)))
    }

    /// The rows under the header that say anything: number as people count, and the cells.
    fn rows(&self) -> Result<Vec<(u32, [String; N])>, ApiError> {
        let mut rows = Vec::new();
        for (row, _) in self.sheet()?.rows().skip(1) {
            let mut cells: [String; N] = std::array::from_fn(|_| String::new());
            for (cell, column) in cells.iter_mut().zip(self.columns) {
                *cell = self.cell(row, column)?;
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push((row + 1, cells));
            }
        }
        Ok(rows)
    }

    fn refused(&self, what: &str, row: Option<u32>) -> ApiError {
        let place = row.map_or_else(String::new, |row| format!("第 {row} 行"));
        ApiError::new(
            ErrorCode::Invalid,
            "没有计票",
            format!("“{}”{place}{what}。一张票也没有计。", self.name),
            "请改好这个文件，再计一次。",
        )
    }
}

fn read_roll(table: &Table<4>) -> Result<Vec<Entry>, ApiError> {
    let mut entries = Vec::new();
    let mut seen: HashMap<String, u32> = HashMap::new();
    for (row, [dwelling, area, owner, counts]) in table.rows()? {
        let refused = |what: &str| Err(table.refused(what, Some(row)));
        if dwelling.is_empty() {
            return refused("没有写房屋（dwelling）");
        }
        if let Some(before) = seen.insert(dwelling.clone(), row) {
            return refused(&format!("的房屋“{dwelling}”在第 {before} 行已经有了"));
        }
        let counts = match counts.as_str() {
            "1" => true,
            "0" => false,
            other => return refused(&format!("的 counts 是“{other}”，只能是 1 或 0")),
        };
        let area_dm2 = match fixed::parse(&area, 2, &["㎡", "平方米"]) {
            Ok(area) => area,
            Err(fixed::NotANumber::TooManyDecimals) => {
                return refused(&format!("的面积“{area}”超过两位小数"));
            }
            Err(_) if area.is_empty() && !counts => 0,
            Err(_) => return refused(&format!("的面积“{area}”不是数字")),
        };
        if area_dm2 < 0 || (counts && area_dm2 == 0) {
            return refused(&format!("的房屋“{dwelling}”面积是 {area}，要大于 0"));
        }
        if area_dm2 > LARGEST_DM2 {
            return refused(&format!("的房屋“{dwelling}”面积 {area} ㎡ 大得不合理"));
        }
        if owner.is_empty() {
            return refused(&format!("的房屋“{dwelling}”没有写业主（owner_key）"));
        }
        entries.push(Entry {
            dwelling,
            area_dm2,
            owner,
            counts,
        });
    }
    if entries.is_empty() {
        return Err(table.refused("里面没有房屋", None));
    }
    Ok(entries)
}

/// A million ㎡: no dwelling has that.
const LARGEST_DM2: i64 = 100_000_000;

fn read_votes(table: &Table<3>, entries: &[Entry]) -> Result<Vec<Cast>, ApiError> {
    let places: HashMap<&str, usize> = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.dwelling.as_str(), at))
        .collect();
    let mut casts = vec![Cast::NotReached; entries.len()];
    for (row, [dwelling, choice, valid]) in table.rows()? {
        let refused = |what: String| Err(table.refused(&what, Some(row)));
        let Some(at) = places.get(dwelling.as_str()).copied() else {
            return refused(format!("的房屋“{dwelling}”不在名册里"));
        };
        let choice = choice.to_lowercase();
        let vote = Vote::from_code(&choice);
        let cast = match (choice.as_str(), valid.as_str(), vote) {
            ("unreturned", "" | "0" | "1", _) => Cast::Unreturned,
            (_, "1", Some(vote)) => Cast::Valid(vote),
            (_, "0", Some(_)) | ("", "0", None) => Cast::Invalid,
            (_, "0" | "1", None) => {
                return refused(format!(
                    "的 choice 是“{choice}”，只能是 approve、reject、abstain 或 unreturned"
                ));
            }
            _ => return refused(format!("的 valid 是“{valid}”，只能是 1 或 0")),
        };
        casts[at] = match (casts[at], cast) {
            (Cast::NotReached, new) => new,
            (Cast::Valid(_), Cast::Valid(_)) => {
                return refused(format!(
                    "的房屋“{dwelling}”已经有一张有效票，一套只能有一张"
                ));
            }
            (Cast::Unreturned, _) | (_, Cast::Unreturned) => {
                return refused(format!(
                    "的房屋“{dwelling}”又是没有收回（unreturned）又有别的一行，互相矛盾"
                ));
            }
            (Cast::Valid(vote), _) | (_, Cast::Valid(vote)) => Cast::Valid(vote),
            (_, new) => new,
        };
    }
    Ok(casts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(roll: &str, votes: &str) -> Result<BallotCount, ApiError> {
        let folder = tempfile::tempdir().expect("folder");
        let (r, v) = (
            folder.path().join("roll.csv"),
            folder.path().join("votes.csv"),
        );
        std::fs::write(&r, roll).expect("roll");
        std::fs::write(&v, votes).expect("votes");
        ballot_count(&r, &v, Leg::Ordinary, false)
    }

    const ROLL: &str = "dwelling,area_m2,owner_key,counts\n1-101,60.00,甲,1\n1-102,61.25,甲,1\n1-103,59,乙,1\n车库1,12,乙,0\n";

    #[test]
    fn one_owner_two_dwellings() {
        let told = count(
            ROLL,
            "dwelling,choice,valid\n1-101,approve,1\n1-103,abstain,1\n车库1,approve,1\n",
        )
        .expect("counted");
        assert_eq!(
            told.all,
            PlainShare {
                area_dm2: 18_025,
                heads: 2
            }
        );
        assert_eq!(
            told.participating,
            PlainShare {
                area_dm2: 11_900,
                heads: 2
            }
        );
        assert_eq!(
            told.approving,
            PlainShare {
                area_dm2: 6_000,
                heads: 1
            }
        );
        assert_eq!(
            told.missing,
            PlainShare {
                area_dm2: 117,
                heads: 0
            }
        );
        assert_eq!(told.not_counted, ["车库1"]);
        assert_eq!(told.passed, Some(false));
    }

    #[test]
    fn an_invalid_paper_beside_a_valid_one_changes_nothing() {
        let with = count(
            ROLL,
            "dwelling,choice,valid\n1-101,approve,0\n1-101,approve,1\n1-103,approve,1\n",
        )
        .expect("counted");
        let without = count(
            ROLL,
            "dwelling,choice,valid\n1-103,approve,1\n1-101,approve,1\n",
        )
        .expect("counted");
        assert_eq!(with, without);
    }

    #[test]
    fn full_width_digits_and_letters_are_read() {
        let roll = "ｄｗｅｌｌｉｎｇ,ａｒｅａ_ｍ２,ｏｗｎｅｒ_ｋｅｙ,ｃｏｕｎｔｓ\n１－１０１,６０．００,甲,１\n";
        let told = count(roll, "dwelling,choice,valid\n1-101,Ａｐｐｒｏｖｅ,１\n");
        assert_eq!(told.expect("counted").passed, Some(true));
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let roll = "dwelling,dwelling,area_m2,owner_key,counts\n1,2,60,甲,1\n";
        let told = count(roll, "dwelling,choice,valid\n").expect_err("which one");
        assert!(told.message.contains("两列都叫“dwelling”"), "{told}");
    }

    #[test]
    fn what_cannot_be_counted_is_refused_with_row_and_reason() {
        let head = "dwelling,choice,valid\n";
        for (votes, word) in [
            ("9-999,approve,1\n", "不在名册里"),
            ("1-101,approve,1\n1-101,reject,1\n", "已经有一张有效票"),
            ("1-101,unreturned,\n1-101,approve,1\n", "互相矛盾"),
            ("1-101,同意,1\n", "choice"),
            ("1-101,approve,2\n", "valid"),
        ] {
            let told = count(ROLL, &format!("{head}{votes}")).expect_err(word);
            assert!(
                told.message.contains(word) && told.message.contains('第'),
                "{told}"
            );
        }
        for (roll, word) in [
            ("1-101,0,甲,1\n", "要大于 0"),
            ("1-101,-3,甲,1\n", "要大于 0"),
            ("1-101,61.205,甲,1\n", "两位小数"),
            ("1-101,60,,1\n", "owner_key"),
            ("1-101,60,甲,是\n", "counts"),
            ("1-101,60,甲,1\n1-101,60,乙,1\n", "已经有了"),
            ("1-101,60,甲,0\n", "没有一套"),
            ("", "没有房屋"),
        ] {
            let roll = format!("dwelling,area_m2,owner_key,counts\n{roll}");
            let told = count(&roll, head).expect_err(word);
            assert!(told.message.contains(word), "{told}");
        }
        let told = count("dwelling,area_m2\n1,2\n", head).expect_err("columns");
        assert!(told.message.contains("owner_key"), "{told}");
    }
}
