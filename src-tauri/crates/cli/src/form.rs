//! Filling the superiors' forms.

use std::path::Path;

use jiugai_api::wire::{FormDifference, FormTarget};
use jiugai_api::{ApiError, Session};

/// Fills a form: for one compound, or for all as the form wants it, a row or a file each.
pub(crate) fn fill(
    session: &mut Session,
    form: &str,
    compound: Option<&str>,
    output: &Path,
    reported: bool,
) -> Result<String, ApiError> {
    let id = session.form_named(form)?;
    let target = match compound {
        Some(name) => FormTarget::One {
            compound: session.compound_named(name)?.to_string(),
        },
        None if session.form_get(&id, None)?.rows => FormTarget::Rows,
        None => FormTarget::Each,
    };
    let review = session.form_review(&id, &target)?;
    let mut lines = vec![session.form_fill(&id, &target, output)?.message];
    lines.push(format!(
        "填了 {} 格；{}，变了 {} 格。",
        review.filled, review.compared, review.changed
    ));
    let changed = review
        .lines
        .iter()
        .filter(|line| !matches!(line.difference, FormDifference::Same | FormDifference::New));
    lines.extend(changed.map(|line| {
        format!(
            "{}\t{}\t{}\t{} → {}",
            line.place, line.compound, line.label, line.before, line.after
        )
    }));
    lines.extend(review.blanks.iter().map(|blank| {
        let state = if blank.blank { "空着" } else { "请看" };
        format!(
            "{}\t{}\t{}\t{state}：{}",
            blank.place, blank.compound, blank.label, blank.reason
        )
    }));
    if reported {
        let count = session.form_report(&id, &target)?.value;
        lines.push(format!("已记下 {count} 个上报数。"));
    }
    Ok(lines.join("\n"))
}
