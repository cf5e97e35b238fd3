//! What the order of work and forced demolitions are judged by, read from the plan.

use chrono::NaiveDate;
use jiugai_domain::comparison::{Action, Asset};
use jiugai_domain::standard::{Enforcement, Step, ground};
use jiugai_domain::{KindCode, RecordId};
use jiugai_storage::Connection;
use jiugai_storage::query::Row;

use crate::ApiError;
use crate::assets::{self, Fields, LoadedEffect};

fn day(fields: &Fields<'_>, code: &str) -> Option<NaiveDate> {
    fields.text(code).parse().ok()
}

/// The work items as the order of work sees them.
pub(super) fn steps(
    conn: &Connection,
    compound: RecordId,
    items: &[Row],
    effects: &[LoadedEffect],
    inventory: &[Asset],
) -> Result<Vec<Step>, ApiError> {
    let mut steps: Vec<Step> = items
        .iter()
        .map(|item| {
            let fields = Fields::of(KindCode::WorkItem, &item.values);
            Step {
                place: fields.text("place").to_owned(),
                starts: day(&fields, "startOn"),
                ends: day(&fields, "endOn"),
                completed: day(&fields, "completedOn"),
                ..Step::of(item.id, fields.text("name"))
            }
        })
        .collect();
    for loaded in effects {
        let effect = &loaded.effect;
        let Some(step) = steps.iter_mut().find(|step| step.item == effect.work_item) else {
            continue;
        };
        match &effect.action {
            Action::Quantity { statistic, .. } => {
                step.pipes |= statistic == "pipeDredged";
                step.surface |= statistic == "roadRepaired";
            }
            action => match effect.kind {
                Some(KindCode::PipeSegment) => {
                    let overhead = inventory.iter().any(|asset| {
                        asset.id.is_some() && asset.id == effect.target && asset.overhead
                    });
                    step.pipes |= !overhead;
                }
                Some(KindCode::Road) => {
                    let measures = &effect.measures;
                    step.surface |= *action == Action::Create
                        || measures.damaged_area_dm2.is_some()
                        || measures.area_dm2.is_some();
                }
                Some(KindCode::Outbuilding | KindCode::CycleShed)
                    if *action == Action::Demolish =>
                {
                    step.demolishes = true;
                }
                _ => {}
            },
        }
        if effect.action == Action::Create && takes_ground(effect.kind) {
            match effect.measures.detail("ground") {
                Some(code) => step.builds_on_freed |= code == ground("freed"),
                None => step.ground_unknown.push(effect.name.clone()),
            }
        }
    }
    for row in assets::rows(conn, KindCode::Dependency, compound)? {
        let fields = Fields::of(KindCode::Dependency, &row.values);
        if fields.text("relation") != "after" {
            continue;
        }
        let later = fields.value("workItem").as_id();
        let earlier = fields.value("other").as_id();
        if let (Some(later), Some(earlier)) = (later, earlier)
            && let Some(step) = steps.iter_mut().find(|step| step.item == later)
        {
            step.after.push(earlier);
        }
    }
    Ok(steps)
}

fn takes_ground(kind: Option<KindCode>) -> bool {
    matches!(
        kind,
        Some(
            KindCode::CycleShed
                | KindCode::ParkingArea
                | KindCode::GreenSpace
                | KindCode::ActivityArea
                | KindCode::Outbuilding
        )
    )
}

/// Outbuildings that the plan demolishes, with the dates of their disposal.
pub(super) fn enforcements(
    conn: &Connection,
    compound: RecordId,
    items: &[Row],
    effects: &[LoadedEffect],
) -> Result<Vec<Enforcement>, ApiError> {
    let mut found = Vec::new();
    for row in assets::rows(conn, KindCode::Outbuilding, compound)? {
        let by = effects.iter().find(|loaded| {
            loaded.effect.action == Action::Demolish && loaded.effect.target == Some(row.id)
        });
        let Some(by) = by else { continue };
        let starts = items
            .iter()
            .find(|item| item.id == by.effect.work_item)
            .and_then(|item| day(&Fields::of(KindCode::WorkItem, &item.values), "startOn"));
        let fields = Fields::of(KindCode::Outbuilding, &row.values);
        // What is lawful or the owners' own is taken down by agreement, never by force.
        if matches!(fields.text("finding"), "lawful" | "historic" | "collective") {
            continue;
        }
        found.push(Enforcement {
            outbuilding: row.id,
            label: row.label.clone(),
            disposal: fields.text("disposal").to_owned(),
            promised: day(&fields, "promisedOn"),
            delivered: day(&fields, "deliveredOn"),
            reviewed: day(&fields, "reviewedOn"),
            urged: day(&fields, "urgedOn"),
            announced: day(&fields, "announcedOn"),
            planned: day(&fields, "plannedOn").or(starts),
            demolished: day(&fields, "demolishedOn"),
            owner_known: !(fields.text("occupier").is_empty()
                && fields.text("claimant").is_empty()),
            lived_in: fields.flag("livedIn") == Some(true),
        });
    }
    Ok(found)
}
