//! 加装电梯: sharing the cost of a lift among the dwellings of an entrance.

use jiugai_domain::ballot::law;
use jiugai_domain::ballot::lift::{Sharer, amounts_fen, shares_bp, usual_coefficient};
use jiugai_domain::fixed::{format, format_grouped, parse};
use jiugai_storage::ballots::{self as store, RollEntry};
use jiugai_storage::{Op, OpCode};

use super::{find, refused, subject};
use crate::text::key;
use crate::wire::{Changed, LiftDraft, LiftPage, LiftRow};
use crate::{ApiError, Session};

/// Hundredths of a coefficient at most: ten times.
const LARGEST: i64 = 1_000;

/// As agreed, or the usual one of the storey; none where neither is known.
fn coefficient(entry: &RollEntry) -> Option<i64> {
    entry.coefficient.or(entry.storey.map(usual_coefficient))
}

impl Session {
    /// How a lift would be shared.
    ///
    /// # Errors
    /// `notFound`.
    pub fn lift_get(&self, id: &str) -> Result<LiftPage, ApiError> {
        let conn = self.connection()?;
        let ballot = find(conn, id)?;
        let entries: Vec<RollEntry> = store::entries(conn, ballot.id)?
            .into_iter()
            .filter(|entry| entry.counts)
            .collect();
        // Whoever lacks a figure would pay nothing, and the others too much: no shares until then.
        let lacking = |lacks: &dyn Fn(&RollEntry) -> bool| -> Vec<&str> {
            let lacking = entries.iter().filter(|entry| lacks(entry));
            lacking.map(|entry| entry.place.as_str()).collect()
        };
        let no_storey = lacking(&|entry| coefficient(entry).is_none());
        let no_area = lacking(&|entry| ballot.lift_by_area && entry.area_dm2.is_none());
        let sharers: Option<Vec<Sharer>> = entries
            .iter()
            .map(|entry| {
                Some(Sharer {
                    area_dm2: match entry.area_dm2 {
                        None if ballot.lift_by_area => return None,
                        area => area.unwrap_or(0),
                    },
                    coefficient: coefficient(entry)?,
                })
            })
            .collect();
        let shares = sharers
            .as_ref()
            .and_then(|sharers| shares_bp(sharers, ballot.lift_by_area));
        let amounts = sharers
            .as_ref()
            .zip(ballot.lift_cost_fen)
            .and_then(|(sharers, cost)| amounts_fen(sharers, ballot.lift_by_area, cost));
        let mut missing = Vec::new();
        if !no_storey.is_empty() {
            missing.push(format!(
                "{} 没有登记楼层，先不分摊：请直接填上系数，或者到台账里补上楼层再重新编名册。",
                no_storey.join("、")
            ));
        }
        if !no_area.is_empty() {
            missing.push(format!(
                "{} 没有面积，先不分摊：请补上面积再重新编名册，或者不按面积加权。",
                no_area.join("、")
            ));
        }
        let rows = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| LiftRow {
                entry: entry.id.to_string(),
                place: entry.place.clone(),
                owners: entry.owners.clone(),
                storey: entry
                    .storey
                    .map_or_else(String::new, |storey| storey.to_string()),
                area: entry
                    .area_dm2
                    .map_or_else(String::new, |area| format(area, 2)),
                coefficient: coefficient(entry)
                    .map_or_else(String::new, |coefficient| format(coefficient, 2)),
                share: shares.as_ref().map_or_else(
                    || "—".to_owned(),
                    |shares| format!("{}%", format(shares[at], 2)),
                ),
                amount: amounts
                    .as_ref()
                    .map_or_else(|| "—".to_owned(), |amounts| format_grouped(amounts[at], 2)),
            })
            .collect();
        let sum = |parts: &Option<Vec<i64>>| parts.as_ref().map(|parts| parts.iter().sum::<i64>());
        Ok(LiftPage {
            rows,
            missing,
            cost: ballot.lift_cost_fen.map_or_else(String::new, |fen| format(fen, 2)),
            by_area: ballot.lift_by_area,
            total_share: sum(&shares).map_or_else(|| "—".to_owned(), |sum| format!("{}%", format(sum, 2))),
            total_amount: sum(&amounts).map_or_else(|| "—".to_owned(), |sum| format_grouped(sum, 2)),
            notes: vec![
                "系数由业主协商决定；这里先给常用的一组：1 层 0，2 层 0.50，3 层 1.00，往上每层加 0.20。".to_owned(),
                "占用专有部分的，要本人书面同意；低层业主的异议要听取、答复，记在下面。".to_owned(),
                format!("《无障碍环境建设法》第二十二条：业主应当配合。{}", law::ADVICE),
            ],
        })
    }

    /// Sets cost and coefficients.
    ///
    /// # Errors
    /// `notFound`, `invalid`, `sealed`.
    pub fn lift_set(&mut self, id: &str, draft: &LiftDraft) -> Result<Changed<()>, ApiError> {
        let mut ballot = find(self.connection()?, id)?;
        let cost = if draft.cost.trim().is_empty() {
            None
        } else {
            match parse(&draft.cost, 2, &["元"]) {
                Ok(fen) if fen >= 0 => Some(fen),
                _ => {
                    return Err(refused(
                        "没有保存",
                        format!("总费用写的是“{}”，不是钱数。", draft.cost),
                        "请写成 650000 这样，单位是元。",
                    ));
                }
            }
        };
        let mut coefficients = Vec::new();
        for (entry, typed) in &draft.coefficients {
            if typed.trim().is_empty() {
                coefficients.push((key(entry)?, None));
                continue;
            }
            match parse(typed, 2, &[]) {
                Ok(value) if (0..=LARGEST).contains(&value) => {
                    coefficients.push((key(entry)?, Some(value)));
                }
                _ => {
                    return Err(refused(
                        "没有保存",
                        format!("系数写的是“{typed}”，要在 0 到 10 之间，最多两位小数。"),
                        "请写成 1.20 这样。",
                    ));
                }
            }
        }
        ballot.lift_cost_fen = cost;
        ballot.lift_by_area = draft.by_area;
        let op = Op::one(OpCode::Update, format!("{}的电梯分摊", subject(&ballot)));
        self.write(&op, |conn| {
            store::put(conn, &ballot)?;
            for (entry, value) in &coefficients {
                store::set_coefficient(conn, *entry, *value)?;
            }
            Ok(())
        })
    }
}
