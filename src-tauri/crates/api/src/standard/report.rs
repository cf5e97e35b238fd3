//! `jiugai plan check`: the figures for scripts, a contract of which fields are only ever added, and
//! the same in people's words.

use jiugai_domain::KindCode;
use jiugai_domain::standard::{Outcome, Verdict};
use serde::Serialize;

use super::{Checked, Judged};
use crate::assets::{self, Fields};
use crate::comparison::newest_plan;
use crate::wire::{Stage, StandardVerdict};
use crate::{ApiError, ErrorCode, Session};

/// What the rules say of a compound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StandardReport {
    /// Compound.
    pub compound: String,
    /// Plan; null when there is none.
    pub plan: Option<String>,
    /// Its version.
    pub version: Option<u32>,
    /// Every rule, in the order of the screen.
    pub rules: Vec<StandardRuleReport>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StandardRuleReport {
    /// Code.
    pub code: &'static str,
    /// Group.
    pub group: &'static str,
    /// Name.
    pub name: &'static str,
    /// What it asks, with the limit.
    pub requirement: String,
    /// The limit as the office has it.
    pub value: String,
    /// Law or standard.
    pub source: String,
    /// Clause.
    pub clause: String,
    /// Where it holds.
    pub region: String,
    /// `statute`, `standard`, `local`, `customary`.
    pub standing: &'static str,
    /// How sure the product is of the value.
    pub mark: &'static str,
    /// It is switched on.
    pub enabled: bool,
    /// The compound lies where it holds.
    pub applies: bool,
    /// 改造前; null when it was not asked.
    pub baseline: Option<StandardJudged>,
    /// 方案.
    pub proposed: Option<StandardJudged>,
    /// 竣工.
    pub as_built: Option<StandardJudged>,
}

/// What it says of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StandardJudged {
    /// `met`, `unmet`, `unknown` or `void` (nothing that it speaks of).
    pub verdict: StandardVerdict,
    /// The figures used.
    pub figures: String,
    /// What is missing.
    pub missing: Vec<StandardLack>,
}

/// A datum that the ledger lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StandardLack {
    /// In people's words.
    pub label: String,
    /// Kind of the record to fill in.
    pub kind: KindCode,
    /// Its field.
    pub field: &'static str,
}

impl Session {
    /// What the rules say of a compound by its name, under a plan by its name or version number, or the newest.
    ///
    /// # Errors
    /// `notFound`.
    pub fn standard_report(
        &self,
        compound: &str,
        plan: Option<&str>,
    ) -> Result<StandardReport, ApiError> {
        let compound = self.compound_named(compound)?;
        let conn = self.connection()?;
        let plan = match plan {
            None => newest_plan(conn, compound)?,
            Some(wanted) => {
                let found = assets::rows(conn, KindCode::Plan, compound)?
                    .into_iter()
                    .find(|row| {
                        let fields = Fields::of(KindCode::Plan, &row.values);
                        let version = fields.integer("version").unwrap_or(0).to_string();
                        [fields.text("name"), &row.label, &version].contains(&wanted)
                    });
                Some(found.map(|row| row.id).ok_or_else(|| {
                    ApiError::new(
                        ErrorCode::NotFound,
                        "没有这版方案",
                        format!("小区里没有叫“{wanted}”的方案。"),
                        "请写方案名称或者版本号。",
                    )
                })?)
            }
        };
        let checked = Checked::load(conn, compound, plan)?;
        let compared = &checked.compared;
        let fields = compared
            .plan
            .as_ref()
            .map(|plan| Fields::of(KindCode::Plan, &plan.values));
        Ok(StandardReport {
            compound: compared.name.clone(),
            plan: fields.as_ref().map(|fields| fields.text("name").to_owned()),
            version: fields
                .and_then(|fields| fields.integer("version"))
                .and_then(|version| u32::try_from(version).ok()),
            rules: checked
                .judged
                .iter()
                .map(|judged| reported(&checked, judged))
                .collect(),
        })
    }
}

fn reported(checked: &Checked, judged: &Judged) -> StandardRuleReport {
    let (rule, held) = (judged.rule, &judged.held);
    let at = |wanted: Stage| {
        let found = judged.outcomes.iter().find(|(stage, _)| *stage == wanted);
        found.map(|(_, outcome)| stage(checked, outcome))
    };
    StandardRuleReport {
        code: rule.code,
        group: rule.group.label(),
        name: rule.name,
        requirement: rule.requirement.replace("{0}", &held.value),
        value: held.value.clone(),
        source: held.source.clone(),
        clause: held.clause.clone(),
        region: held.region.clone(),
        standing: rule.standing.code(),
        mark: rule.mark.label(),
        enabled: held.enabled,
        applies: judged.here,
        baseline: at(Stage::Baseline),
        proposed: at(Stage::Proposed),
        as_built: at(Stage::AsBuilt),
    }
}

fn stage(checked: &Checked, outcome: &Outcome) -> StandardJudged {
    StandardJudged {
        verdict: outcome.verdict.into(),
        figures: outcome.told.clone(),
        missing: outcome
            .missing
            .iter()
            .map(|missing| StandardLack {
                label: missing.label.clone(),
                kind: checked.link(&missing.place, &missing.label).0,
                field: missing.field,
            })
            .collect(),
    }
}

/// What a stage says of a rule.
type OfStage = fn(&StandardRuleReport) -> Option<&StandardJudged>;

impl StandardReport {
    /// In people's words: what is not met, what cannot be told, then how many hold.
    #[must_use]
    pub fn text(&self) -> String {
        let under = match (&self.plan, self.version) {
            (Some(plan), Some(version)) => format!("{plan}（第 {version} 版）"),
            _ => "还没有改造方案".to_owned(),
        };
        let mut lines = vec![format!("{}：{under}", self.compound)];
        let stages: [(&str, OfStage); 3] = [
            ("改造前", |rule| rule.baseline.as_ref()),
            ("方案", |rule| rule.proposed.as_ref()),
            ("竣工", |rule| rule.as_built.as_ref()),
        ];
        for (title, of) in stages {
            let count = |wanted: StandardVerdict| {
                let found = self.rules.iter().filter_map(of);
                found.filter(|judged| judged.verdict == wanted).count()
            };
            if self.rules.iter().filter_map(of).next().is_none() {
                continue;
            }
            lines.push(format!(
                "【{title}】{} {} 项，{} {} 项，{} {} 项",
                Verdict::Unmet.label(),
                count(StandardVerdict::Unmet),
                Verdict::Unknown.label(),
                count(StandardVerdict::Unknown),
                Verdict::Met.label(),
                count(StandardVerdict::Met)
            ));
            for rule in &self.rules {
                let Some(judged) = of(rule) else { continue };
                let label = match judged.verdict {
                    StandardVerdict::Unmet => Verdict::Unmet.label(),
                    StandardVerdict::Unknown => Verdict::Unknown.label(),
                    StandardVerdict::Met | StandardVerdict::Void => continue,
                };
                let lacks: Vec<&str> = judged
                    .missing
                    .iter()
                    .take(3)
                    .map(|lack| lack.label.as_str())
                    .collect();
                let more = judged.missing.len().saturating_sub(lacks.len());
                let mut told = judged.figures.clone();
                if !lacks.is_empty() {
                    if !told.is_empty() {
                        told.push('；');
                    }
                    told.push_str(&format!("缺 {}", lacks.join("、")));
                    if more > 0 {
                        told.push_str(&format!(" 等 {} 处", judged.missing.len()));
                    }
                }
                let written = format!("{}{}", rule.source, rule.clause);
                lines.push(format!(
                    "    {label} {}（{}）：{told}〔{written}〕",
                    rule.name, rule.requirement
                ));
            }
        }
        let off = self.rules.iter().filter(|rule| !rule.enabled).count();
        let elsewhere = self
            .rules
            .iter()
            .filter(|rule| rule.enabled && !rule.applies)
            .count();
        lines.push(format!(
            "另有 {off} 项没有启用，{elsewhere} 项是外地或新建小区的规定，没有检查。"
        ));
        lines.join("\n")
    }
}
