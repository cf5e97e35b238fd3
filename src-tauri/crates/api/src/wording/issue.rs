//! Sentences about a plan's effects.

use jiugai_domain::comparison::Finding;

/// What does not add up in a plan.
pub(crate) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::DemolishedTwice { label, work_item } => {
            format!("{label} 被拆了两次，“{work_item}”里的这一次没有计入。请去掉一次。")
        }
        Finding::AlteredAfterDemolition { label, work_item } => {
            format!("{label} 已经列入拆除，“{work_item}”又要改它，没有计入。请二选一。")
        }
        Finding::AlteredTwice { label, work_item } => {
            format!(
                "{label} 已经由另一项内容改了，“{work_item}”又要改成别的数，没有计入。请只留一处。"
            )
        }
        Finding::TooManyRooms {
            label,
            wanted,
            present,
        } => {
            format!(
                "{label} 只有 {present} 间，方案要拆 {wanted} 间，没有计入。请改成不超过 {present} 间。"
            )
        }
        Finding::TargetMissing { work_item } => {
            format!("“{work_item}”指的对象已不在台账里，没有计入。请重新选择对象。")
        }
    }
}
