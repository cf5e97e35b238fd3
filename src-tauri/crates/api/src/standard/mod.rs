//! 规范检查: the rules of law and standards over the three stages of a compound.

mod limits;
mod order;
mod report;
#[cfg(test)]
mod tests;

use jiugai_domain::ballot::law::Matter;
use jiugai_domain::comparison::{self, Action, Effect, Stage as DomainStage};
use jiugai_domain::standard::{
    Group, Missing, Outcome, Place, RULES, Row, Rule, Scene, Site, SunBuilding, Verdict,
};
use jiugai_domain::{KindCode, RecordId};
use jiugai_storage::{Connection, records};

use crate::assets::{self, Fields};
use crate::comparison::{Compared, chosen_plan, compare};
use crate::plan::{consent, plan_row};
use crate::text::{key, small};
use crate::wire::{
    RecordLink, Stage, StandardGroup, StandardMissing, StandardRow, StandardRule, StandardStage,
    StandardVerdict, StandardView,
};
use crate::{ApiError, Session};

pub(crate) use limits::Limits;
use limits::{Held, holds};
pub use report::{StandardJudged, StandardLack, StandardReport, StandardRuleReport};

/// Rows sent at most of one rule at one stage: further ones stand in the ledger.
const MOST: usize = 200;

/// A rule as the office has it, with what it says of each stage.
struct Judged {
    rule: &'static Rule,
    held: Held,
    /// The compound lies where it holds.
    here: bool,
    /// By stage; empty when it is switched off or holds elsewhere.
    outcomes: Vec<(Stage, Outcome)>,
}

/// A compound and everything that rules read of it.
struct Checked {
    compared: Compared,
    district: String,
    judged: Vec<Judged>,
}

impl Checked {
    fn load(
        conn: &Connection,
        compound: RecordId,
        plan: Option<RecordId>,
    ) -> Result<Self, ApiError> {
        let compared = compare(conn, compound, plan)?;
        let site = site(conn, compound, plan)?;
        let record =
            records::get(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
        let district = record.value("district").as_text().unwrap_or("").to_owned();
        let steps = order::steps(
            conn,
            compound,
            &compared.items,
            &compared.effects,
            &compared.assets,
        )?;
        let enforcements = order::enforcements(conn, compound, &compared.items, &compared.effects)?;
        let all: Vec<Effect> = compared
            .effects
            .iter()
            .map(|loaded| loaded.effect.clone())
            .collect();
        let done: Vec<Effect> = all
            .iter()
            .filter(|effect| effect.completed)
            .cloned()
            .collect();
        let baseline = comparison::apply(&compared.assets, &[], DomainStage::Baseline);
        let scene = |stage| {
            let (state, figures, effects) = match stage {
                Stage::Baseline => (&baseline, Some(&compared.baseline), &[][..]),
                Stage::Proposed => (
                    &compared.proposed_state,
                    compared.proposed.as_ref(),
                    all.as_slice(),
                ),
                Stage::AsBuilt => (
                    &compared.as_built_state,
                    compared.as_built.as_ref(),
                    done.as_slice(),
                ),
            };
            Some(Scene {
                stage: match stage {
                    Stage::Baseline => DomainStage::Baseline,
                    Stage::Proposed => DomainStage::Proposed,
                    Stage::AsBuilt => DomainStage::AsBuilt,
                },
                facts: &compared.facts,
                site: &site,
                baseline: &baseline,
                state,
                figures: figures?,
                effects,
                steps: &steps,
                enforcements: &enforcements,
            })
        };
        let scenes: Vec<(Stage, Scene<'_>)> = [Stage::Baseline, Stage::Proposed, Stage::AsBuilt]
            .into_iter()
            .filter_map(|stage| Some((stage, scene(stage)?)))
            .collect();
        let limits = Limits::load(conn)?;
        let judged = RULES
            .iter()
            .map(|rule| {
                let held = limits.held(rule);
                let here = holds(&held.region, &district);
                let outcomes = if held.enabled && here {
                    scenes
                        .iter()
                        .map(|(stage, scene)| (*stage, rule.judge(scene, held.bound)))
                        .collect()
                } else {
                    Vec::new()
                };
                Judged {
                    rule,
                    held,
                    here,
                    outcomes,
                }
            })
            .collect();
        drop(scenes);
        Ok(Self {
            compared,
            district,
            judged,
        })
    }

    /// The record to open for a place.
    fn link(&self, place: &Place, label: &str) -> (KindCode, Option<RecordLink>) {
        let link = |kind: KindCode, id: RecordId| RecordLink {
            kind,
            id: id.to_string(),
            label: label.to_owned(),
        };
        match place {
            Place::Record(kind, id) => (*kind, Some(link(*kind, *id))),
            Place::Ledger(kind) => (*kind, None),
            Place::Created { work_item, name } => {
                let effect = self.compared.effects.iter().find(|loaded| {
                    let effect = &loaded.effect;
                    effect.action == Action::Create
                        && effect.work_item == *work_item
                        && effect.name == *name
                });
                (
                    KindCode::Effect,
                    effect.map(|loaded| link(KindCode::Effect, loaded.row.id)),
                )
            }
        }
    }

    fn row(&self, row: &Row) -> StandardRow {
        StandardRow {
            record: self.link(&row.place, &row.label).1,
            label: row.label.clone(),
            value: row.value.clone(),
            verdict: (row.verdict != Verdict::Void).then(|| row.verdict.into()),
        }
    }

    fn missing(&self, missing: &Missing) -> StandardMissing {
        let (kind, record) = self.link(&missing.place, &missing.label);
        StandardMissing {
            kind,
            id: record.map(|record| record.id),
            field: missing.field.to_owned(),
            label: missing.label.clone(),
        }
    }
}

impl From<Verdict> for StandardVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Met => Self::Met,
            Verdict::Unmet => Self::Unmet,
            Verdict::Unknown => Self::Unknown,
            Verdict::Void => Self::Void,
        }
    }
}

/// What rules read of the compound besides its assets.
fn site(conn: &Connection, compound: RecordId, plan: Option<RecordId>) -> Result<Site, ApiError> {
    let record =
        records::get(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
    let households = assets::rows(conn, KindCode::Household, compound)?;
    let ebikes: Vec<i64> = households
        .iter()
        .filter_map(|row| Fields::of(KindCode::Household, &row.values).integer("ebikes"))
        .collect();
    let buildings = assets::rows(conn, KindCode::Building, compound)?
        .into_iter()
        .map(|row| {
            let fields = Fields::of(KindCode::Building, &row.values);
            SunBuilding {
                id: row.id,
                elderly: fields.flag("elderly") == Some(true),
                new_dwelling: fields.flag("newDwelling") == Some(true),
                winter: fields.integer("winterSun"),
                cold: fields.integer("coldSun"),
                label: row.label,
            }
        })
        .collect();
    let decided = match plan {
        Some(plan) => consent::decided(conn, compound, plan)?,
        None => Vec::new(),
    };
    Ok(Site {
        compound,
        tenure: record.value("tenure").as_text().unwrap_or("").to_owned(),
        city_entrances: record.value("cityEntrances").as_integer(),
        ebikes: (!ebikes.is_empty()).then(|| ebikes.iter().sum()),
        buildings,
        use_change_decided: decided
            .into_iter()
            .filter(|decision| decision.matter == Matter::ChangeUse.code())
            .map(|decision| decision.item)
            .collect(),
    })
}

/// How many rules a plan does not meet, and how many cannot be told.
pub(crate) fn counted(
    conn: &Connection,
    compound: RecordId,
    plan: RecordId,
) -> Result<(i64, i64), ApiError> {
    let checked = Checked::load(conn, compound, Some(plan))?;
    let of = |verdict| {
        let all = checked.judged.iter().flat_map(|judged| &judged.outcomes);
        all.filter(|(stage, outcome)| *stage == Stage::Proposed && outcome.verdict == verdict)
            .count()
    };
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok((number(of(Verdict::Unmet)), number(of(Verdict::Unknown))))
}

impl Session {
    /// Every rule over the three stages of a compound, under the plan asked for or the newest one.
    ///
    /// # Errors
    /// `notFound`.
    pub fn standard_check(
        &self,
        compound: &str,
        plan: Option<&str>,
    ) -> Result<StandardView, ApiError> {
        let conn = self.connection()?;
        let compound = key(compound)?;
        let checked = Checked::load(conn, compound, chosen_plan(conn, compound, plan)?)?;
        let groups = Group::ALL
            .into_iter()
            .map(|group| StandardGroup {
                label: group.label().to_owned(),
                rules: checked
                    .judged
                    .iter()
                    .filter(|judged| judged.rule.group == group)
                    .map(|judged| told(&checked, judged))
                    .collect(),
            })
            .collect();
        let compared = &checked.compared;
        Ok(StandardView {
            compound: compound.to_string(),
            compound_name: compared.name.clone(),
            plan: compared
                .plan
                .as_ref()
                .map(|plan| plan_row(plan, &compared.items)),
            surveyed_on: compared.surveyed_on.clone(),
            district: checked.district.clone(),
            groups,
        })
    }
}

fn told(checked: &Checked, judged: &Judged) -> StandardRule {
    let (rule, held) = (judged.rule, &judged.held);
    StandardRule {
        code: rule.code.to_owned(),
        name: rule.name.to_owned(),
        requirement: rule.requirement.replace("{0}", &held.value),
        source: held.source.clone(),
        clause: held.clause.clone(),
        region: held.region.clone(),
        standing_label: match rule.standing {
            jiugai_domain::standard::Standing::Statute => "法律法规",
            jiugai_domain::standard::Standing::Standard => "标准",
            jiugai_domain::standard::Standing::Local => "地方规定",
            jiugai_domain::standard::Standing::Customary => "惯例",
        }
        .to_owned(),
        mark: rule.mark.label().to_owned(),
        enabled: held.enabled,
        here: judged.here,
        stages: judged
            .outcomes
            .iter()
            .map(|(stage, outcome)| StandardStage {
                stage: *stage,
                verdict: outcome.verdict.into(),
                verdict_label: outcome.verdict.label().to_owned(),
                told: outcome.told.clone(),
                rows: outcome
                    .rows
                    .iter()
                    .take(MOST)
                    .map(|row| checked.row(row))
                    .collect(),
                missing: outcome
                    .missing
                    .iter()
                    .take(MOST)
                    .map(|missing| checked.missing(missing))
                    .collect(),
                missing_count: small(outcome.missing.len()),
            })
            .collect(),
    }
}
