//! The public figures of `jiugai check --json`. A contract: fields are only ever added.

use jiugai_storage::query::check::{self, Standing};
use serde::Serialize;

use super::{looked, told};
use crate::wire::CheckFinding;
use crate::{ApiError, Session};

/// What the check found.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// The compound that was asked for; null for the whole ledger.
    pub compound: Option<String>,
    /// The day on which it was checked, ISO text.
    pub checked_on: String,
    /// Findings that nobody has judged.
    pub total: usize,
    /// Findings that were judged to be no problem.
    pub waived: usize,
    /// Rules that found something, worst first.
    pub rules: Vec<FoundByRule>,
}

/// What one rule found.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundByRule {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// `must`, `verify` or `supplement`.
    pub severity: &'static str,
    /// 必须改, 应核实 or 建议补.
    pub severity_label: &'static str,
    /// Findings.
    pub count: usize,
    /// The first of them.
    pub findings: Vec<CheckFinding>,
}

impl Session {
    /// Everything that the rules find, at most `limit` findings of each rule.
    ///
    /// # Errors
    /// `notFound` when there is no compound of that name.
    pub fn check_report(
        &self,
        compound: Option<&str>,
        limit: usize,
    ) -> Result<CheckReport, ApiError> {
        let id = compound
            .map(|name| self.compound_named(name))
            .transpose()?
            .map(|id| id.to_string());
        let today = self.today();
        let looked = looked(id.as_deref(), &today)?;
        let conn = self.connection()?;
        let (open, waived) = self.checks.counts(conn, looked)?;
        let mut rules = Vec::new();
        for count in open.iter().filter(|count| count.count > 0) {
            let rule = count.rule;
            let found = check::findings(conn, looked, rule, Standing::Open, 0, limit)?;
            rules.push(FoundByRule {
                code: rule.code,
                name: rule.name,
                severity: rule.weight.code(),
                severity_label: rule.weight.label(),
                count: count.count,
                findings: found.iter().map(told).collect(),
            });
        }
        Ok(CheckReport {
            compound: compound.map(str::to_owned),
            total: open.iter().map(|count| count.count).sum(),
            waived: waived.iter().map(|count| count.count).sum(),
            checked_on: today.clone(),
            rules,
        })
    }
}
