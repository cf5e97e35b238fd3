//! 分工: who does what in a ledger, and what each may do. The table of the whole product.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::KindCode;

/// What a person of the office does in a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Duty {
    /// 规划员: manages the ledger and may do everything.
    Planner,
    /// 记录员: enters what was surveyed, said and voted.
    Recorder,
    /// 查看员: looks at everything, with personal data masked, and changes nothing.
    Reader,
}

/// Parts of the work, as far as they are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Task {
    /// Records of what is there, visits, answers, ballot papers, photos.
    Record,
    /// Questionnaires, rounds and ballots are set up; compounds go on to the next stage.
    Arrange,
    /// Plans and their versions.
    Plan,
    /// Money and prices.
    Money,
    /// Parameters, standards, forms.
    Rule,
    /// The ledger as a whole: password, duties, restoring, destroying.
    Keep,
    /// Whole names leave the ledger.
    Names,
    /// What was before and what is wrong is looked at record by record: log, recycle bin, findings.
    Trace,
}

impl Duty {
    /// Every duty.
    pub const ALL: [Self; 3] = [Self::Planner, Self::Recorder, Self::Reader];

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Planner => "planner",
            Self::Recorder => "recorder",
            Self::Reader => "reader",
        }
    }

    /// As people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planner => "规划员",
            Self::Recorder => "记录员",
            Self::Reader => "查看员",
        }
    }

    /// Finds a duty by what people call it.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.label() == label)
    }

    /// Whether who has this duty may do that.
    #[must_use]
    pub fn may(self, task: Task) -> bool {
        match self {
            Self::Planner => true,
            Self::Recorder => match task {
                Task::Record | Task::Trace => true,
                Task::Arrange
                | Task::Plan
                | Task::Money
                | Task::Rule
                | Task::Keep
                | Task::Names => false,
            },
            Self::Reader => false,
        }
    }

    /// Whether personal data are masked for who has this duty.
    #[must_use]
    pub fn is_masked(self) -> bool {
        self == Self::Reader
    }

    /// What who has this duty may do.
    #[must_use]
    pub fn tasks(self) -> Vec<Task> {
        let all = Task::ALL.into_iter();
        all.filter(|task| self.may(*task)).collect()
    }
}

impl Task {
    /// Every task.
    pub const ALL: [Self; 8] = [
        Self::Record,
        Self::Arrange,
        Self::Plan,
        Self::Money,
        Self::Rule,
        Self::Keep,
        Self::Names,
        Self::Trace,
    ];

    /// As people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Record => "登记与录入",
            Self::Arrange => "问卷、表决和改造阶段的安排",
            Self::Plan => "改造方案",
            Self::Money => "资金与单价",
            Self::Rule => "参数、标准与表样",
            Self::Keep => "密码、分工、恢复与销毁",
            Self::Names => "带完整姓名的导出与打印",
            Self::Trace => "操作记录、回收站和体检明细",
        }
    }

    /// The task that records of a kind belong to.
    #[must_use]
    pub fn of_kind(kind: KindCode) -> Self {
        match kind {
            KindCode::Compound
            | KindCode::WorkUnit
            | KindCode::Building
            | KindCode::Entrance
            | KindCode::Dwelling
            | KindCode::Owner
            | KindCode::Ownership
            | KindCode::Household
            | KindCode::Outbuilding
            | KindCode::CycleShed
            | KindCode::ParkingArea
            | KindCode::GreenSpace
            | KindCode::ActivityArea
            | KindCode::Facility
            | KindCode::Road
            | KindCode::PipeSegment
            | KindCode::Waiver
            | KindCode::Visit
            | KindCode::Wish
            | KindCode::Problem
            | KindCode::Opinion => Self::Record,
            KindCode::Plan | KindCode::WorkItem | KindCode::Effect | KindCode::Dependency => {
                Self::Plan
            }
            KindCode::Fund | KindCode::Price => Self::Money,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planner_may_do_everything_and_the_recorder_records() {
        assert_eq!(Duty::Planner.tasks(), Task::ALL);
        assert_eq!(Duty::Recorder.tasks(), [Task::Record, Task::Trace]);
        assert!(Duty::Reader.tasks().is_empty());
        for duty in Duty::ALL {
            assert_eq!(Duty::from_label(duty.label()), Some(duty));
        }
        assert_eq!(Duty::from_label("别的"), None);
    }

    #[test]
    fn the_recorder_writes_every_kind_but_plans_money_and_prices() {
        let closed: Vec<KindCode> = KindCode::ALL
            .into_iter()
            .filter(|kind| !Duty::Recorder.may(Task::of_kind(*kind)))
            .collect();
        assert_eq!(
            closed,
            [
                KindCode::Plan,
                KindCode::WorkItem,
                KindCode::Effect,
                KindCode::Dependency,
                KindCode::Fund,
                KindCode::Price,
            ]
        );
    }
}
