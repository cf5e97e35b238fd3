//! Measuring every asset by one field.

use super::{
    Bound, Compare, Looks, Missing, Outcome, Picked, Place, Row, Rule, Scene, Unit, Verdict,
};
use crate::comparison::Asset;
use crate::{Field, FieldType, KindCode};

/// Where an asset stands: its record, or the work item that creates it.
pub(super) fn place(asset: &Asset) -> Place {
    match (asset.id, asset.cause) {
        (Some(id), _) => Place::Record(asset.kind, id),
        (None, Some(work_item)) => Place::Created {
            work_item,
            name: asset.label.clone(),
        },
        (None, None) => Place::Ledger(asset.kind),
    }
}

/// What people call a field of a kind.
pub(super) fn label(kind: KindCode, field: &str) -> &'static str {
    kind.kind().field(field).map_or("", |field| field.label)
}

/// What an asset lacks.
pub(super) fn lacks(asset: &Asset, field: &'static str) -> Missing {
    Missing {
        place: place(asset),
        label: format!("{}的{}", asset.label, label(asset.kind, field)),
        field,
    }
}

/// A row of an asset.
pub(super) fn row(asset: &Asset, value: String, verdict: Verdict) -> Row {
    Row {
        place: place(asset),
        label: asset.label.clone(),
        value,
        verdict,
    }
}

/// Rows under one verdict; `told` says what they come to when there are any.
pub(super) fn gathered(rows: Vec<Row>, missing: Vec<Missing>, nothing: &str) -> Outcome {
    let lacking = (!missing.is_empty()).then_some(Verdict::Unknown);
    let verdict = Verdict::worst(rows.iter().map(|row| row.verdict).chain(lacking));
    if verdict == Verdict::Void {
        return Outcome::void(nothing);
    }
    let count = |wanted| rows.iter().filter(|row| row.verdict == wanted).count();
    let (met, unmet) = (count(Verdict::Met), count(Verdict::Unmet));
    let mut told = Vec::new();
    if let ([one], true) = (rows.as_slice(), missing.is_empty()) {
        told.push(format!("{} {}", one.label, one.value));
    } else {
        if unmet > 0 {
            let named: Vec<String> = rows
                .iter()
                .filter(|row| row.verdict == Verdict::Unmet)
                .take(2)
                .map(|row| format!("{} {}", row.label, row.value))
                .collect();
            let more = if unmet > 2 {
                format!(" 等 {unmet} 处")
            } else {
                String::new()
            };
            told.push(format!("{}{more}", named.join("，")));
        }
        if met > 0 {
            told.push(format!("{met} 处达到"));
        }
    }
    Outcome {
        verdict,
        told: told.join("；"),
        rows,
        missing,
    }
}

/// A stored value of a field as people read it.
pub(super) fn shown(kind: KindCode, field: &str, value: i64) -> String {
    let Some(field) = kind.kind().field(field) else {
        return value.to_string();
    };
    format!(
        "{} {}",
        field.format(&crate::Value::Integer(value)),
        field.unit
    )
    .trim_end()
    .to_owned()
}

pub(super) fn judge(rule: &Rule, scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    match rule.looks {
        Looks::Of(measure) => measure(scene, bound),
        Looks::Each {
            kind,
            pick,
            field,
            compare,
        } => {
            let Some(bound) = bound else {
                return no_limit();
            };
            // Shares are kept in basis points.
            let base = if rule.unit == Unit::Share { 10_000 } else { 1 };
            each(scene, kind, pick, field, |value| match compare {
                Compare::AtLeast => bound.reached(value, base),
                Compare::AtMost => bound.kept(value, base),
            })
        }
        Looks::Flag {
            kind,
            pick,
            field,
            want,
        } => each(scene, kind, pick, field, |value| (value != 0) == want),
    }
}

/// The office has not filled in a limit that can be compared.
pub(super) fn no_limit() -> Outcome {
    Outcome {
        verdict: Verdict::Unknown,
        told: "没有填写可以比较的限值，请在参数里写明当地要求".to_owned(),
        rows: Vec::new(),
        missing: Vec::new(),
    }
}

fn each(
    scene: &Scene<'_>,
    kind: KindCode,
    pick: fn(&Asset) -> Picked,
    field: &'static str,
    met: impl Fn(i64) -> bool,
) -> Outcome {
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for asset in scene.state.assets.iter().filter(|asset| asset.kind == kind) {
        match pick(asset) {
            Picked::No => continue,
            Picked::Yes => {}
            Picked::Unknown(other) => {
                missing.push(lacks(asset, other));
                continue;
            }
        }
        let Some(value) = asset.detail(field) else {
            missing.push(lacks(asset, field));
            continue;
        };
        let told = match kind.kind().field(field).map(|field: &Field| field.kind) {
            Some(FieldType::Flag) => format!(
                "{}：{}",
                label(kind, field),
                if value == 0 { "否" } else { "是" }
            ),
            _ => shown(kind, field, value),
        };
        rows.push(row(asset, told, Verdict::of(met(value))));
    }
    gathered(rows, missing, "没有这样的地方")
}
