//! 最优组合: the open items of a version that satisfy the most weighted wishes within the money.

use std::collections::HashSet;

use jiugai_domain::optimize::{Candidate, Decision, Reason, Refusal, Selection, choose, reasons};
use jiugai_domain::{KindCode, RecordId, fixed};
use jiugai_storage::query::Row;
use jiugai_storage::{Connection, Op, OpCode};
use serde::Serialize;

use super::{Voice, Voices, compared_versions};
use crate::assets::{self, Fields};
use crate::plan::load::{Version, item, key_of};
use crate::plan::{estimate_fen, plan_row, versions, wan_yuan};
use crate::records::texts;
use crate::text::key;
use crate::wire::{
    Changed, OptimizeAdoption, OptimizeRequest, OptimizeRow, OptimizeView, RecordLink,
};
use crate::{ApiError, ErrorCode, Session};

/// What "the next money" means: 10万元.
const NEXT_FEN: i64 = 10_000_000;
const WEIGHING: &str = "诉求按优先级记分：第1位 3 分，第2位 2 分，其他 1 分；反对的照样扣分。基础类、安全类必做，已经完成的不再选。";

/// The best combination in figures: `jiugai plan optimize --json`. A contract: fields are only ever
/// added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OptimizeReport {
    /// Compound.
    pub compound: String,
    /// Version that was chosen from.
    pub plan: String,
    /// Its number.
    pub version: i64,
    /// Its scenario, may be empty.
    pub scenario: String,
    /// The money in 分.
    pub budget_fen: i64,
    /// What the combination costs in 分.
    pub cost_fen: i64,
    /// By how much the basics alone are dearer than the money; null when they are not.
    pub short_fen: Option<i64>,
    /// Weighted wishes met.
    pub weight: i64,
    /// Weighted wishes of all open items.
    pub weight_of_all: i64,
    /// No other combination is better.
    pub proven: bool,
    /// No combination can have more weight than this.
    pub bound: i64,
    /// Every open item.
    pub items: Vec<OptimizedItem>,
    /// What the next 10万元 would buy.
    pub next: NextMoney,
}

/// One item of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OptimizedItem {
    /// 编号, may be empty.
    pub number: String,
    /// Name.
    pub name: String,
    /// Class code, may be empty.
    pub class: String,
    /// Estimate in 分; null without one.
    pub cost_fen: Option<i64>,
    /// Wishes for it.
    pub wanted: i64,
    /// Wishes against it.
    pub against: i64,
    /// Their weight.
    pub weight: i64,
    /// It is in the combination.
    pub chosen: bool,
    /// `basic`, `needed`, `worth`, `noEstimate`, `excluded`, `blocked`, `noWishes`, `tooDear`,
    /// `notWorth`.
    pub reason: &'static str,
    /// The other item of the reason, may be empty.
    pub other: String,
    /// What is missing in 分 when it is too dear.
    pub short_fen: Option<i64>,
}

/// What more money would buy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NextMoney {
    /// How much more, in 分.
    pub more_fen: i64,
    /// Weighted wishes met with it.
    pub weight: i64,
    /// Items that come in.
    pub added: Vec<String>,
    /// Items that go for them.
    pub dropped: Vec<String>,
}

/// A question with what its positions mean.
struct Asked {
    version: Version,
    /// Positions of the open items in the version.
    open: Vec<usize>,
    voices: Vec<Voice>,
    decision: Decision,
    compound: String,
}

impl Asked {
    fn load(conn: &Connection, plan: RecordId, budget_fen: i64) -> Result<Self, ApiError> {
        let version = Version::load(conn, plan)?;
        let heard = Voices::load(conn, version.compound)?;
        let is_open = |at: &usize| item(&version.items[*at]).text("completedOn").is_empty();
        let open: Vec<usize> = (0..version.items.len()).filter(is_open).collect();
        let place = |at: usize| open.iter().position(|other| *other == at);
        // Of several entries of the same work the first one bears what residents say of it.
        let mut seen = HashSet::new();
        let voices: Vec<Voice> = open
            .iter()
            .map(|at| &version.items[*at])
            .map(|item| match seen.insert(key_of(item)) {
                true => heard.of(item),
                false => Voice::default(),
            })
            .collect();
        let mut candidates: Vec<Candidate> = open
            .iter()
            .zip(&voices)
            .map(|(at, voice)| Candidate {
                cost_fen: estimate_fen(&version.items[*at]),
                weight: voice.weight,
                basic: matches!(item(&version.items[*at]).text("class"), "basic" | "safety"),
                requires: Vec::new(),
            })
            .collect();
        // What is completed already needs nobody any more.
        for (one, other) in version.pairs(conn, "after")? {
            if let (Some(one), Some(other)) = (place(one), place(other)) {
                candidates[one].requires.push(other);
            }
        }
        let exclusions = version.pairs(conn, "instead")?;
        let exclusions = exclusions
            .into_iter()
            .filter_map(|(one, other)| Some(vec![place(one)?, place(other)?]))
            .collect();
        let compound = jiugai_storage::records::get(conn, KindCode::Compound, version.compound)?
            .map_or_else(String::new, |record| {
                record.value("name").as_text().unwrap_or("").to_owned()
            });
        Ok(Self {
            version,
            open,
            voices,
            decision: Decision {
                candidates,
                exclusions,
                budget_fen,
            },
            compound,
        })
    }

    fn row(&self, at: usize) -> &Row {
        &self.version.items[self.open[at]]
    }

    fn name(&self, at: usize) -> &str {
        item(self.row(at)).text("name")
    }

    fn choose(&self, budget_fen: i64) -> Result<Selection, ApiError> {
        let decision = Decision {
            budget_fen,
            ..self.decision.clone()
        };
        choose(&decision).map_err(|Refusal::BasicsExclude(one, other)| {
            ApiError::new(
                ErrorCode::Invalid,
                "选不出组合",
                format!(
                    "“{}”和“{}”只能做一个，可它们都是必做的，或者是必做的内容要用到的。",
                    self.name(one),
                    self.name(other)
                ),
                "请到改造方案里改其中一项的类别，或者删掉“只做一个”的关系，再试一次。",
            )
        })
    }

    fn next(&self, selection: &Selection) -> Result<NextMoney, ApiError> {
        let richer = self.choose(self.decision.budget_fen.saturating_add(NEXT_FEN))?;
        let names = |inside: &[bool], outside: &[bool]| -> Vec<String> {
            (0..self.open.len())
                .filter(|at| inside[*at] && !outside[*at])
                .map(|at| self.name(at).to_owned())
                .collect()
        };
        // A better combination that is as good in wishes is none that money buys.
        let better = richer.weight > selection.weight || richer.short_fen < selection.short_fen;
        Ok(NextMoney {
            more_fen: NEXT_FEN,
            weight: richer.weight,
            added: if better {
                names(&richer.chosen, &selection.chosen)
            } else {
                Vec::new()
            },
            dropped: if better {
                names(&selection.chosen, &richer.chosen)
            } else {
                Vec::new()
            },
        })
    }

    fn report(&self) -> Result<OptimizeReport, ApiError> {
        let selection = self.choose(self.decision.budget_fen)?;
        let said = reasons(&self.decision, &selection);
        let fields = self.version.fields();
        let items = (0..self.open.len()).map(|at| {
            let row = item(self.row(at));
            let (reason, other, short_fen) = coded(said[at]);
            OptimizedItem {
                number: row.text("number").to_owned(),
                name: row.text("name").to_owned(),
                class: row.text("class").to_owned(),
                cost_fen: self.decision.candidates[at].cost_fen,
                wanted: self.voices[at].wanted,
                against: self.voices[at].against,
                weight: self.voices[at].weight,
                chosen: selection.chosen[at],
                reason,
                other: other.map_or_else(String::new, |other| self.name(other).to_owned()),
                short_fen,
            }
        });
        Ok(OptimizeReport {
            compound: self.compound.clone(),
            plan: fields.text("name").to_owned(),
            version: fields.integer("version").unwrap_or(0),
            scenario: fields.text("scenario").to_owned(),
            budget_fen: self.decision.budget_fen,
            cost_fen: selection.cost_fen,
            short_fen: selection.short_fen,
            weight: selection.weight,
            weight_of_all: self.voices.iter().map(|voice| voice.weight.max(0)).sum(),
            proven: selection.is_proven(),
            bound: selection.bound,
            items: items.collect(),
            next: self.next(&selection)?,
        })
    }
}

/// A reason as its code, the other item and what is missing.
fn coded(reason: Reason) -> (&'static str, Option<usize>, Option<i64>) {
    match reason {
        Reason::Basic => ("basic", None, None),
        Reason::Needed { by } => ("needed", Some(by), None),
        Reason::Worth => ("worth", None, None),
        Reason::NoEstimate => ("noEstimate", None, None),
        Reason::Excluded { by } => ("excluded", Some(by), None),
        Reason::Blocked { by } => ("blocked", Some(by), None),
        Reason::NoWishes => ("noWishes", None, None),
        Reason::TooDear { short_fen } => ("tooDear", None, Some(short_fen)),
        Reason::NotWorth => ("notWorth", None, None),
    }
}

impl OptimizedItem {
    /// The reason in Chinese.
    #[must_use]
    pub fn sentence(&self) -> String {
        let other = &self.other;
        match self.reason {
            "basic" if self.class == "safety" => "安全类，必做".to_owned(),
            "basic" => "基础类，必做".to_owned(),
            "needed" => format!("“{other}”要等它先做"),
            "worth" => self.worth(),
            "noEstimate" => "没有估算，没法比".to_owned(),
            "excluded" => format!("和“{other}”只能做一个，选了“{other}”"),
            "blocked" => format!("要等“{other}”先做，可“{other}”做不了"),
            "noWishes" if self.weight < 0 => "反对的比要的多".to_owned(),
            "noWishes" => "没有居民提出".to_owned(),
            "tooDear" => format!(
                "钱不够，还差 {} 万元",
                wan_yuan(self.short_fen.unwrap_or(0))
            ),
            _ => "连带先要做的内容，得不偿失".to_owned(),
        }
    }

    fn worth(&self) -> String {
        // 分 of wishes for each 万元, with one decimal.
        let share = fixed::ratio(Some(self.weight), self.cost_fen, 10_000_000);
        match share {
            Some(share) => format!("每万元满足诉求 {} 分", fixed::format(share, 1)),
            None => "不花钱就能满足诉求".to_owned(),
        }
    }
}

impl OptimizeReport {
    fn summary(&self) -> String {
        let chosen = self.items.iter().filter(|one| one.chosen).count();
        format!(
            "选 {chosen} 项，花 {} 万元，{}；诉求 {} 分中满足 {} 分",
            wan_yuan(self.cost_fen),
            match self.short_fen {
                Some(short) => format!("比预算多 {} 万元", wan_yuan(short)),
                None => format!("剩 {} 万元", wan_yuan(self.budget_fen - self.cost_fen)),
            },
            self.weight_of_all,
            self.weight
        )
    }

    fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Some(short) = self.short_fen {
            warnings.push(format!(
                "光是必做的就要 {} 万元，预算还差 {} 万元；别的都没有选。",
                wan_yuan(self.cost_fen),
                wan_yuan(short)
            ));
        }
        let unpriced: Vec<&str> = self
            .items
            .iter()
            .filter(|one| one.chosen && one.cost_fen.is_none())
            .map(|one| one.name.as_str())
            .collect();
        if !unpriced.is_empty() {
            warnings.push(format!(
                "必做的“{}”没有估算，没有算进花费。",
                unpriced.join("”“")
            ));
        }
        if !self.proven {
            warnings.push(format!(
                "内容之间牵连太多，没能证明这是最好的组合；最好的也不会超过 {} 分。",
                self.bound
            ));
        }
        warnings
    }

    fn next_sentence(&self) -> String {
        let next = &self.next;
        if next.added.is_empty() {
            return "再加 10 万元，满足的诉求也不会更多。".to_owned();
        }
        let swapped = if next.dropped.is_empty() {
            String::new()
        } else {
            format!("，换下“{}”", next.dropped.join("”“"))
        };
        format!(
            "再加 10 万元，可以加上“{}”{swapped}，诉求从 {} 分增加到 {} 分。",
            next.added.join("”“"),
            self.weight,
            next.weight
        )
    }

    /// In Chinese, line by line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![format!("{}：{}", self.compound, self.summary())];
        lines.extend(self.warnings());
        for chosen in [true, false] {
            for one in self.items.iter().filter(|one| one.chosen == chosen) {
                let cost = one.cost_fen.map_or_else(
                    || "没有估算".to_owned(),
                    |fen| format!("{} 万元", wan_yuan(fen)),
                );
                let mark = if chosen { "选" } else { "不选" };
                lines.push(format!("{mark}\t{}\t{cost}\t{}", one.name, one.sentence()));
            }
        }
        lines.push(self.next_sentence());
        lines.push(WEIGHING.to_owned());
        lines.join("\n")
    }
}

/// Money as typed: 元, or 万元 when it says so.
fn money(text: &str) -> Result<i64, ApiError> {
    let plain = jiugai_domain::text::normalize(text);
    let (number, scale) = match plain.trim_end_matches('元').strip_suffix('万') {
        Some(number) => (number.to_owned(), 10_000),
        None => (plain.clone(), 1),
    };
    fixed::parse(&number, 2, &["元", "¥"])
        .ok()
        .and_then(|fen| fen.checked_mul(scale))
        .filter(|fen| *fen >= 0)
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::Invalid,
                "预算没有看懂",
                format!("预算写的是“{text}”，认不出是多少钱。"),
                "请写成 3000000 或者 300万。",
            )
        })
}

impl Session {
    /// The best combination of the items of a version for the money.
    ///
    /// # Errors
    /// `notFound`; `invalid` when the money cannot be read or basics exclude each other.
    pub fn scenario_optimize(&self, request: &OptimizeRequest) -> Result<OptimizeView, ApiError> {
        let budget = money(&request.budget)?;
        let conn = self.connection()?;
        let asked = Asked::load(conn, key(&request.plan)?, budget)?;
        let report = asked.report()?;
        let class = KindCode::WorkItem
            .kind()
            .fields
            .iter()
            .position(|field| field.code == "class")
            .ok_or_else(ApiError::internal)?;
        let mut rows: Vec<OptimizeRow> = report
            .items
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let row = asked.row(at);
                let shown = texts(
                    KindCode::WorkItem.kind().fields,
                    &row.values,
                    &row.references,
                );
                OptimizeRow {
                    item: RecordLink {
                        kind: KindCode::WorkItem,
                        id: row.id.to_string(),
                        label: one.name.clone(),
                    },
                    chosen: one.chosen,
                    class: shown.get(class).cloned().unwrap_or_default(),
                    cost: one
                        .cost_fen
                        .map_or_else(String::new, |fen| fixed::format_grouped(fen, 2)),
                    wishes: match (one.wanted, one.against) {
                        (0, 0) => String::new(),
                        (wanted, 0) => format!("{wanted} 条，计 {} 分", one.weight),
                        (wanted, against) => {
                            format!("{wanted} 条，反对 {against} 条，计 {} 分", one.weight)
                        }
                    },
                    reason: one.sentence(),
                }
            })
            .collect();
        rows.sort_by_key(|row| !row.chosen);
        Ok(OptimizeView {
            plan: plan_row(&asked.version.row, &asked.version.items),
            budget: fixed::format_grouped(budget, 2),
            summary: report.summary(),
            warnings: report.warnings(),
            rows,
            next: report.next_sentence(),
            weighing: WEIGHING.to_owned(),
            scenario: free_letter(conn, asked.version.compound)?,
        })
    }

    /// Makes a scenario of the best combination: a copy of the version with what is done already
    /// and what was chosen.
    ///
    /// # Errors
    /// Those of [`Session::scenario_optimize`]; `nameTaken` for a scenario that there is.
    pub fn scenario_adopt(
        &mut self,
        adoption: &OptimizeAdoption,
    ) -> Result<Changed<String>, ApiError> {
        let budget = money(&adoption.request.budget)?;
        let scenario = jiugai_domain::text::normalize(&adoption.scenario);
        if scenario.is_empty() {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "没有存成方案",
                "还没有给它起名。",
                "请写一个名称，如 方案D。",
            ));
        }
        let conn = self.connection()?;
        let asked = Asked::load(conn, key(&adoption.request.plan)?, budget)?;
        let selection = asked.choose(budget)?;
        let left_out: Vec<RecordId> = (0..asked.open.len())
            .filter(|at| !selection.chosen[*at])
            .map(|at| asked.row(at).id)
            .collect();
        let mut version = asked.version;
        version.items.retain(|row| !left_out.contains(&row.id));
        version
            .effects
            .retain(|loaded| !left_out.contains(&loaded.effect.work_item));
        let op = Op::one(OpCode::CopyPlan, format!("{scenario}（最优组合）"));
        let at = self.now();
        self.write(&op, |conn| {
            versions::copy(conn, &version, &scenario, at).map(|id| id.to_string())
        })
    }

    /// The best combination in figures. Without a plan, of the version with the most open items.
    ///
    /// # Errors
    /// Those of [`Session::scenario_optimize`]; `notFound` when there is no such version.
    pub fn plan_optimize(
        &self,
        compound: &str,
        plan: Option<&str>,
        budget: &str,
    ) -> Result<OptimizeReport, ApiError> {
        let conn = self.connection()?;
        let versions = compared_versions(conn, self.compound_named(compound)?, &[])?;
        let wanted = |version: &Version| {
            plan.is_none_or(|name| {
                version.fields().text("scenario") == name || version.row.label == name
            })
        };
        // Of equally long ones the first.
        let chosen = versions
            .iter()
            .rev()
            .filter(|version| wanted(version))
            .max_by_key(|version| version.items.len());
        let chosen = chosen.ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "没有这个方案",
                match plan {
                    Some(name) => format!("“{compound}”没有叫“{name}”的方案。"),
                    None => format!("“{compound}”还没有改造方案。"),
                },
                "请用 plan compare 看有哪些方案。",
            )
        })?;
        Asked::load(conn, chosen.row.id, money(budget)?)?.report()
    }
}

/// The first scenario name that is not taken: 方案A, 方案B …
fn free_letter(conn: &Connection, compound: RecordId) -> Result<String, ApiError> {
    let taken: Vec<String> = assets::rows(conn, KindCode::Plan, compound)?
        .iter()
        .map(|row| {
            let fields = Fields::of(KindCode::Plan, &row.values);
            fields.text("scenario").to_owned()
        })
        .collect();
    Ok(('A'..='Z')
        .map(|letter| format!("方案{letter}"))
        .find(|name| !taken.contains(name))
        .unwrap_or_default())
}
