//! What a ledger holds and what is wrong with it, in lines or as JSON.

use std::path::Path;

use jiugai_api::{ApiError, ErrorCode, Session};

pub(crate) fn summary(
    session: &Session,
    compound: Option<&str>,
    json: bool,
) -> Result<String, ApiError> {
    let summaries = session.summary(compound)?;
    if json {
        return serde_json::to_string_pretty(&summaries).map_err(|_| ApiError::internal());
    }
    let lines = summaries.iter().map(|summary| {
        let rooms = &summary.outbuilding_rooms;
        format!(
            "{}：{} 栋，{} 套，{} 户，{} 人；大排房 {} 间，小配房 {} 间，违章建筑 {} 间；车棚 {} 个",
            summary.compound,
            summary.buildings,
            summary.dwellings,
            summary.households,
            summary.people,
            rooms.row_house,
            rooms.annex_room,
            rooms.unauthorized,
            summary.cycle_sheds
        )
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

pub(crate) fn check(
    session: &Session,
    compound: Option<&str>,
    limit: usize,
    json: bool,
    output: Option<&Path>,
) -> Result<String, ApiError> {
    let report = session.check_report(compound, limit)?;
    let saved = match output {
        Some(path) => {
            let id = compound
                .map(|name| session.compound_named(name))
                .transpose()?
                .map(|id| id.to_string());
            Some(session.check_export(id.as_deref(), path)?.message)
        }
        None => None,
    };
    if json {
        return serde_json::to_string_pretty(&report).map_err(|_| ApiError::internal());
    }
    let mut lines = Vec::new();
    if report.total == 0 {
        lines.push("没有发现问题。".to_owned());
    }
    for rule in &report.rules {
        lines.push(format!(
            "【{}】{}：{} 条",
            rule.severity_label, rule.name, rule.count
        ));
        lines.extend(rule.findings.iter().map(|finding| {
            format!(
                "    {} {} {}：{}（{}）",
                finding.compound_name,
                finding.record.label,
                finding.field_label,
                finding.found,
                finding.expected
            )
        }));
        if rule.count > rule.findings.len() {
            lines.push(format!(
                "    还有 {} 条没有列出。",
                rule.count - rule.findings.len()
            ));
        }
    }
    if report.waived > 0 {
        lines.push(format!("另有 {} 条标为“不算问题”。", report.waived));
    }
    lines.extend(saved);
    Ok(lines.join("\n"))
}

pub(crate) fn verify(session: &Session) -> Result<String, ApiError> {
    let report = session.verify()?;
    if let Some(first) = report.problems.first() {
        return Err(ApiError::new(
            ErrorCode::Damaged,
            "台账有问题",
            format!("查出 {} 处：{first}", report.problems.len()),
            "请从最近的备份恢复。",
        ));
    }
    let mut lines = vec!["台账完好。".to_owned()];
    lines.extend(report.doubts);
    Ok(lines.join("\n"))
}
