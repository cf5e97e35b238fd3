//! Checking a ledger from end to end.

use jiugai_storage::query::invariants;
use jiugai_storage::verify::Problem;

use crate::{ApiError, Session};

/// Records at fault that are named one by one.
const NAMED: usize = 100;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// Sentences about what is wrong; empty when all is well.
    pub problems: Vec<String>,
    /// Sentences about what looks doubtful.
    pub doubts: Vec<String>,
}

impl Session {
    /// Checks pages, references, the log and every invariant.
    ///
    /// # Errors
    /// `noLedger`, `damaged` when the checks cannot even run.
    pub fn verify(&self) -> Result<VerifyReport, ApiError> {
        let ledger = self.ledger()?;
        let mut problems: Vec<String> = ledger.verify(&[])?.iter().map(sentence).collect();
        let told = |violation: &invariants::Violation| {
            let name = violation.label.clone().unwrap_or_default();
            format!(
                "{}“{name}”{}。",
                violation.kind.kind().label,
                broken(violation.invariant)
            )
        };
        let conn = ledger.connection();
        problems.extend(invariants::violations(conn, NAMED)?.iter().map(told));
        let doubts = invariants::doubts(conn, NAMED)?.iter().map(told).collect();
        Ok(VerifyReport { problems, doubts })
    }
}

/// What an invariant says about a record that breaks it.
pub(crate) fn broken(invariant: &str) -> &'static str {
    match invariant {
        "groupIsNotLargerThanHousehold" => "里某一类人数比常住人口还多",
        "oldestAreAmongTheOld" => "的80岁以上人数比60岁以上人数还多",
        "sharesAreNotMoreThanAll" => "的产权份额加起来超过 100%",
        "demolishedRoomsAreThere" => "要拆的间数比现有的还多",
        "dateIsADay" => "的日期不是日历上的一天",
        "referenceExists" => "指着不存在的记录",
        "referenceIsOfTheSameCompound" => "指着别的小区的记录",
        "entranceIsOfTheBuilding" => "的单元不在它的楼栋里",
        "effectNamesItsTarget" => "没有写明对象",
        "orderFollowsTheName" => "的排序与名称不符",
        _ => "的内容不合规则",
    }
}

pub(crate) fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Integrity(_) => "文件的内部结构有损坏。".to_owned(),
        Problem::DanglingReferences { count, .. } => format!("有 {count} 条记录指着不存在的记录。"),
        Problem::BadKeys { kind, count } => {
            format!("{}有 {count} 条记录的编码不对。", kind.kind().label)
        }
        Problem::Invariant { count, .. } => format!("有 {count} 条记录不合规则。"),
        Problem::Files { count } => format!("有 {count} 张照片或扫描件已损坏。"),
        Problem::LogGap { rows, last } => {
            format!("操作记录有缺号：应有 {last} 条，只有 {rows} 条。")
        }
        Problem::LogRow { seq } => format!("第 {seq} 条操作记录读不出来。"),
        Problem::LogTarget { seq } => format!("第 {seq} 条撤销记录与原操作对不上。"),
    }
}
