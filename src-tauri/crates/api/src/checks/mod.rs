//! 数据体检: what the rules find, what a person judged, and the list for the staff.

mod export;
mod report;
#[cfg(test)]
mod tests;

use jiugai_domain::check::{RULES, Weight, rule};
use jiugai_domain::{Field, KindCode, Task, Value};
use jiugai_storage::query::check::{self, Finding, Looked, RuleCount, Standing};
use jiugai_storage::{Op, OpCode, masks, records};

use crate::text::{key, long_date, small};
use crate::wire::{
    Changed, CheckFinding, CheckGroup, CheckRule, CheckSummary, CheckWeight, RecordLink,
    WaiveRequest, WaivedFinding,
};
use crate::{ApiError, ErrorCode, Session};

pub use report::{CheckReport, FoundByRule};

/// Findings sent at most in one page.
const PAGE: u32 = 500;
/// Judged findings sent at most of one rule.
const WAIVED: usize = 1_000;

impl Session {
    /// What the rules find in a compound, or in the whole ledger.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn check_summary(&self, compound: Option<&str>) -> Result<CheckSummary, ApiError> {
        let today = self.today();
        let looked = looked(compound, &today)?;
        let conn = self.connection()?;
        // The rules look at names and numbers themselves, not at what is shown of them.
        let (open, waived) = masks::aside(conn, || self.checks.counts(conn, looked))?;
        Ok(summary(&open, &waived))
    }

    /// A page of the findings of one rule, in the order of places.
    ///
    /// # Errors
    /// `notFound` for an unknown rule.
    pub fn check_findings(
        &self,
        compound: Option<&str>,
        code: &str,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<CheckFinding>, ApiError> {
        self.ledger()?.allow(Task::Trace)?;
        let today = self.today();
        let found = check::findings(
            self.connection()?,
            looked(compound, &today)?,
            rule(code).ok_or_else(ApiError::not_found)?,
            Standing::Open,
            offset as usize,
            limit.min(PAGE) as usize,
        )?;
        Ok(found.iter().map(told).collect())
    }

    /// Findings that stand judged, in the order of the rules.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn check_waived(&self, compound: Option<&str>) -> Result<Vec<WaivedFinding>, ApiError> {
        self.ledger()?.allow(Task::Trace)?;
        let today = self.today();
        let looked = looked(compound, &today)?;
        let conn = self.connection()?;
        let mut waived = Vec::new();
        for rule in RULES.iter() {
            for finding in check::findings(conn, looked, rule, Standing::Waived, 0, WAIVED)? {
                let Some(judgement) = &finding.judgement else {
                    continue;
                };
                waived.push(WaivedFinding {
                    id: judgement.id.to_string(),
                    rule_name: rule.name.to_owned(),
                    reason: judgement.reason.clone(),
                    by: judgement.by.clone(),
                    on: long_date(Some(&judgement.on)),
                    finding: told(&finding),
                });
            }
        }
        Ok(waived)
    }

    /// Keeps that a finding is no problem (不算问题), with the reason, until its values change.
    ///
    /// # Errors
    /// `invalid` without a reason, `notFound` when the finding is gone, `readOnly`.
    pub fn check_waive(&mut self, request: &WaiveRequest) -> Result<Changed<String>, ApiError> {
        let field = |code: &str| KindCode::Waiver.kind().field(code);
        let reason = field("reason")
            .ok_or_else(ApiError::internal)?
            .parse(&request.reason)
            .map_err(|_| {
                ApiError::new(
                    ErrorCode::Invalid,
                    "还没有写理由",
                    "标为“不算问题”要写明理由，别人看到时才知道为什么。",
                    "请写一句理由再保存。",
                )
            })?;
        let rule = rule(&request.rule).ok_or_else(ApiError::not_found)?;
        let cell = (request.kind, key(&request.id)?, request.field.as_str());
        let Some(finding) = check::finding_at(self.connection()?, &self.today(), rule, cell)?
        else {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "这条问题已经没有了",
                "它可能刚被改好，或者记录已经删除。没有标记。",
                "列表会自动更新，请看下一条。",
            ));
        };
        let label = format!("{} 的{}", finding.label.trim(), finding.field.label);
        let stamp = self.stamp();
        let values: Vec<(&'static Field, Value)> = [
            ("label", label.clone()),
            ("rule", rule.code.to_owned()),
            ("subject", check::subject(finding.id)),
            ("field", finding.field.code.to_owned()),
            ("judged", finding.judged.clone()),
            ("found", finding.found()),
            ("judgedBy", stamp.actor),
            ("judgedOn", self.today()),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .filter_map(|(code, text)| Some((field(code)?, Value::Text(text))))
        .chain(field("reason").map(|field| (field, reason)))
        .collect();
        let fresh = self.fresh()?;
        self.write(&Op::one(OpCode::Waive, label), |conn| {
            match &finding.judgement {
                Some(earlier) => {
                    records::update(conn, KindCode::Waiver, earlier.id, &values)?;
                    Ok(earlier.id.to_string())
                }
                None => {
                    records::insert(conn, KindCode::Waiver, None, fresh, &values)?;
                    Ok(fresh.to_string())
                }
            }
        })
    }

    /// Takes a judgement back: the finding is told again (恢复提醒).
    ///
    /// # Errors
    /// `notFound`, `readOnly`.
    pub fn check_remind(&mut self, id: &str) -> Result<Changed<u32>, ApiError> {
        let id = key(id)?;
        let label = records::label(self.connection()?, KindCode::Waiver, id)?
            .ok_or_else(ApiError::not_found)?;
        self.write(&Op::one(OpCode::Remind, label), |conn| {
            records::remove(conn, KindCode::Waiver, id)?;
            Ok(1)
        })
    }

    pub(crate) fn today(&self) -> String {
        self.now().format("%Y-%m-%d").to_string()
    }
}

fn looked<'a>(compound: Option<&str>, today: &'a str) -> Result<Looked<'a>, ApiError> {
    Ok(Looked {
        compound: compound.map(key).transpose()?,
        today,
    })
}

fn summary(open: &[RuleCount], waived: &[RuleCount]) -> CheckSummary {
    let sum = |counts: &[RuleCount]| small(counts.iter().map(|count| count.count).sum());
    let groups = Weight::ALL
        .into_iter()
        .map(|weight| {
            let of_weight: Vec<RuleCount> = open
                .iter()
                .filter(|count| count.rule.weight == weight && count.count > 0)
                .copied()
                .collect();
            CheckGroup {
                weight: match weight {
                    Weight::Must => CheckWeight::Must,
                    Weight::Verify => CheckWeight::Verify,
                    Weight::Supplement => CheckWeight::Supplement,
                },
                label: weight.label().to_owned(),
                count: sum(&of_weight),
                rules: of_weight
                    .iter()
                    .map(|count| CheckRule {
                        code: count.rule.code.to_owned(),
                        name: count.rule.name.to_owned(),
                        why: count.rule.why.to_owned(),
                        how: count.rule.how.to_owned(),
                        estimate: count.rule.threshold.is_some(),
                        count: small(count.count),
                    })
                    .collect(),
            }
        })
        .collect();
    CheckSummary {
        groups,
        total: sum(open),
        waived: sum(waived),
        rules: small(RULES.len()),
    }
}

/// A finding in people's words.
fn told(finding: &Finding) -> CheckFinding {
    let rule = finding.rule;
    let earlier = finding.judgement.as_ref().map_or_else(String::new, |old| {
        format!(
            "以前标过“不算问题”（{}），后来数值变了，请再看一次。",
            old.reason
        )
    });
    CheckFinding {
        rule: rule.code.to_owned(),
        record: RecordLink {
            kind: finding.kind,
            id: finding.id.to_string(),
            label: finding.label.trim().to_owned(),
        },
        kind_label: finding.kind.kind().label.to_owned(),
        compound: finding.compound.map(|id| id.to_string()),
        compound_name: finding.compound_name.clone(),
        building: finding.building.clone(),
        field: finding.field.code.to_owned(),
        field_label: finding.field.label.to_owned(),
        found: finding.found(),
        expected: finding.expected(),
        earlier,
    }
}
