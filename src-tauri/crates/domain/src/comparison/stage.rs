//! Applying a plan's effects to the assets.

use std::collections::{HashMap, HashSet};

use super::{Action, Asset, Effect, Measures, Stage};
use crate::{KindCode, RecordId};

/// Something demolished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demolished {
    /// The asset as it was, with the measures that went.
    pub asset: Asset,
    /// The work item.
    pub cause: RecordId,
}

/// A quantity of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Statistic code.
    pub statistic: String,
    /// Hundredths of its unit.
    pub hundredths: i64,
    /// What people call the work item.
    pub label: String,
    /// The work item.
    pub cause: RecordId,
}

/// Something that does not add up in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Two effects demolish the same asset.
    DemolishedTwice {
        /// The asset.
        label: String,
        /// The work item that comes second.
        work_item: String,
    },
    /// An effect alters what another demolishes.
    AlteredAfterDemolition {
        /// The asset.
        label: String,
        /// The work item that alters.
        work_item: String,
    },
    /// Two effects alter the same measure of an asset to different values.
    AlteredTwice {
        /// The asset.
        label: String,
        /// The work item that comes second.
        work_item: String,
    },
    /// More rooms demolished than there are.
    TooManyRooms {
        /// The asset.
        label: String,
        /// Rooms to demolish.
        wanted: i64,
        /// Rooms there are.
        present: i64,
    },
    /// The asset is not in the inventory any more.
    TargetMissing {
        /// The work item.
        work_item: String,
    },
}

/// The compound at a stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageState {
    /// Assets standing.
    pub assets: Vec<Asset>,
    /// Assets gone.
    pub demolished: Vec<Demolished>,
    /// Work done that changes no asset.
    pub work: Vec<Work>,
    /// What does not add up.
    pub findings: Vec<Finding>,
}

/// Applies the effects of a stage to the baseline's assets. Demolitions come first, then
/// alterations, then creations, so that the order of the effects does not matter; an effect that
/// cannot be applied leaves the assets alone and gives a finding.
#[must_use]
pub fn apply(baseline: &[Asset], effects: &[Effect], stage: Stage) -> StageState {
    let mut state = StageState {
        assets: baseline.to_vec(),
        ..StageState::default()
    };
    let wanted: Vec<&Effect> = effects
        .iter()
        .filter(|effect| match stage {
            Stage::Baseline => false,
            Stage::Proposed => true,
            Stage::AsBuilt => effect.completed,
        })
        .collect();
    let positions: HashMap<RecordId, usize> = baseline
        .iter()
        .enumerate()
        .filter_map(|(index, asset)| asset.id.map(|id| (id, index)))
        .collect();
    let mut gone = HashSet::new();
    // The order in which effects are listed decides nothing: what goes whole goes first, then the
    // items in the order in which they were made.
    let of = |action: Action| {
        let mut some: Vec<&Effect> = wanted
            .iter()
            .copied()
            .filter(|one| one.action == action)
            .collect();
        some.sort_by_key(|one| (one.measures.rooms.is_some(), one.work_item, one.id));
        some
    };
    for effect in of(Action::Demolish) {
        demolish(&mut state, effect, &positions, &mut gone);
    }
    let mut altered = HashMap::new();
    for effect in of(Action::Alter) {
        alter(&mut state, effect, &positions, &gone, &mut altered);
    }
    let mut index = 0;
    state.assets.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
    for effect in wanted {
        match &effect.action {
            Action::Create => state.assets.extend(created(effect)),
            Action::Quantity {
                statistic,
                hundredths,
            } => state.work.push(Work {
                statistic: statistic.clone(),
                hundredths: *hundredths,
                label: effect.work_item_label.clone(),
                cause: effect.work_item,
            }),
            Action::Demolish | Action::Alter => {}
        }
    }
    state
}

fn position(
    state: &mut StageState,
    effect: &Effect,
    positions: &HashMap<RecordId, usize>,
) -> Option<usize> {
    let found = effect
        .target
        .and_then(|target| positions.get(&target).copied());
    if found.is_none() {
        state.findings.push(Finding::TargetMissing {
            work_item: effect.work_item_label.clone(),
        });
    }
    found
}

fn demolish(
    state: &mut StageState,
    effect: &Effect,
    positions: &HashMap<RecordId, usize>,
    gone: &mut HashSet<usize>,
) {
    let Some(index) = position(state, effect, positions) else {
        return;
    };
    let asset = state.assets[index].clone();
    if gone.contains(&index) {
        let (label, work_item) = (asset.label, effect.work_item_label.clone());
        state
            .findings
            .push(Finding::DemolishedTwice { label, work_item });
        return;
    }
    let partial = match (effect.measures.rooms, asset.measures.rooms) {
        (Some(wanted), Some(present)) if wanted > present => {
            state.findings.push(Finding::TooManyRooms {
                label: asset.label,
                wanted,
                present,
            });
            return;
        }
        (Some(wanted), Some(present)) if wanted < present => Some((wanted, present)),
        _ => None,
    };
    let mut removed = asset;
    match partial {
        Some((wanted, present)) => {
            // The ground goes in proportion to the rooms unless the effect says how much.
            let area = effect.measures.area_dm2.or_else(|| {
                removed
                    .measures
                    .area_dm2
                    .and_then(|area| crate::fixed::ratio(Some(wanted), Some(present), area))
            });
            removed.measures = Measures {
                rooms: Some(wanted),
                area_dm2: area,
                ..Measures::default()
            };
            let rest = &mut state.assets[index];
            rest.measures.rooms = Some(present - wanted);
            rest.measures.area_dm2 = match (rest.measures.area_dm2, area) {
                (Some(all), Some(part)) => Some((all - part).max(0)),
                (all, _) => all,
            };
            rest.cause = Some(effect.work_item);
        }
        None => {
            gone.insert(index);
        }
    }
    removed.cause = Some(effect.work_item);
    state.demolished.push(Demolished {
        asset: removed,
        cause: effect.work_item,
    });
}

fn alter(
    state: &mut StageState,
    effect: &Effect,
    positions: &HashMap<RecordId, usize>,
    gone: &HashSet<usize>,
    altered: &mut HashMap<usize, Measures>,
) {
    let Some(index) = position(state, effect, positions) else {
        return;
    };
    if gone.contains(&index) {
        let (label, work_item) = (
            state.assets[index].label.clone(),
            effect.work_item_label.clone(),
        );
        state
            .findings
            .push(Finding::AlteredAfterDemolition { label, work_item });
        return;
    }
    let new = &effect.measures;
    let before = altered.entry(index).or_default();
    if contradicts(before, new) {
        let (label, work_item) = (
            state.assets[index].label.clone(),
            effect.work_item_label.clone(),
        );
        state
            .findings
            .push(Finding::AlteredTwice { label, work_item });
        return;
    }
    take_over(before, new);
    let asset = &mut state.assets[index];
    take_over(&mut asset.measures, new);
    if new.restored == Some(true) {
        asset.faulty = false;
    }
    if let Some(fire_lane) = new.detail("fireLane") {
        asset.fire_lane = fire_lane != 0;
    }
    asset.cause = Some(effect.work_item);
}

/// Two alterations of one asset say different things about one measure.
fn contradicts(one: &Measures, other: &Measures) -> bool {
    macro_rules! differ {
        ($($field:ident),*) => {
            false $( || one.$field.is_some() && other.$field.is_some() && one.$field != other.$field )*
        };
    }
    let details = one.details.iter().any(|(code, value)| {
        let mut told = other.details.iter();
        told.any(|(same, another)| same == code && another != value)
    });
    details
        || differ!(
            rooms,
            area_dm2,
            spaces,
            accessible_spaces,
            chargers,
            places,
            charging_places,
            pieces,
            length_mm,
            clear_width_mm,
            damaged_area_dm2,
            open,
            concentrated,
            restored
        )
}

fn take_over(old: &mut Measures, new: &Measures) {
    macro_rules! take {
        ($($field:ident),*) => { $( if new.$field.is_some() { old.$field = new.$field; } )* };
    }
    take!(
        rooms,
        area_dm2,
        spaces,
        accessible_spaces,
        chargers,
        places,
        charging_places,
        pieces
    );
    take!(
        length_mm,
        clear_width_mm,
        damaged_area_dm2,
        open,
        concentrated,
        restored
    );
    for (code, value) in &new.details {
        old.details.retain(|(known, _)| known != code);
        old.details.push((code, *value));
    }
}

fn created(effect: &Effect) -> Option<Asset> {
    let kind = effect.kind?;
    Some(Asset {
        kind,
        id: None,
        label: effect.name.clone(),
        sort: effect.sort.clone(),
        // As written; else a path for wheelchairs is none for fire engines.
        fire_lane: kind == KindCode::Road
            && match effect.measures.detail("fireLane") {
                Some(fire_lane) => fire_lane != 0,
                None => {
                    effect.measures.detail("accessible") != Some(1)
                        && (effect.measures.open.is_some()
                            || effect.measures.clear_width_mm.is_some())
                }
            },
        overhead: false,
        faulty: false,
        measures: effect.measures.clone(),
        cause: Some(effect.work_item),
    })
}
