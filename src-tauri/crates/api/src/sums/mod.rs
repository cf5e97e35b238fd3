//! 小算盘: the planner's little sums, filled from the ledger, and written into a work item as one undo.

mod reckon;

use jiugai_domain::calculator::ParkingMode;
use jiugai_domain::{KindCode, RecordId, Value, fixed};
use jiugai_storage::records;
use jiugai_storage::{Connection, Op, OpCode, StorageError};

use crate::assets::{self, Fields, counts_of};
use crate::comparison::compare;
use crate::plan::catalogue::next_number;
use crate::standard::Limits;
use crate::text::key;
use crate::wire::{Changed, SumField, SumForm, SumInput, SumLine, SumResult, SumTarget, SumWrites};
use crate::{ApiError, ErrorCode, Session};
use reckon::{GREEN, ramp_times, reckon};

/// A cell of a record as a person would type it.
type Cell = (&'static str, String);

/// What a sum comes to, ready to be written.
struct Sum {
    lines: Vec<SumLine>,
    writes: Option<Writes>,
}

struct Writes {
    verb: &'static str,
    name: &'static str,
    quantity: i64,
    measure: &'static str,
    remark: String,
    effect: Vec<Cell>,
    told: String,
}

fn line(label: &str, value: String, bad: bool) -> SumLine {
    SumLine {
        label: label.to_owned(),
        value,
        bad,
    }
}

fn field(code: &str, label: &str, unit: &str, text: impl Into<String>) -> SumField {
    SumField {
        code: code.to_owned(),
        label: label.to_owned(),
        unit: unit.to_owned(),
        text: text.into(),
        choices: Vec::new(),
        help: String::new(),
    }
}

fn choice(code: &str, label: &str, choices: &[&str]) -> SumField {
    SumField {
        choices: choices.iter().map(|&one| one.to_owned()).collect(),
        ..field(code, label, "", choices.first().copied().unwrap_or(""))
    }
}

const LANE: &[&str] = &["要留消防车道", "不是消防车道"];

/// The forms, filled with what the ledger knows about the compound.
fn forms(conn: &Connection, compound: RecordId, plan: RecordId) -> Result<Vec<SumForm>, ApiError> {
    let counts = counts_of(conn, compound)?;
    let compared = compare(conn, compound, Some(plan))?;
    let planned = |code: &str| {
        let figures = compared.proposed.as_ref()?;
        figures
            .iter()
            .find(|figure| figure.indicator.code == code)?
            .value
    };
    let text = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
    let area = planned("concentratedGreen").map_or_else(String::new, |dm2| fixed::format(dm2, 2));
    let limits = Limits::load(conn)?;
    let limit = |code: &str, decimals: u32| {
        let whole = limits.whole(code);
        whole.map_or_else(String::new, |whole| fixed::format(whole, decimals))
    };
    let each: Vec<String> = GREEN
        .iter()
        .map(|(code, told)| format!("{} ㎡（{told}）", limit(code, 2)))
        .collect();
    let each: Vec<&str> = each.iter().map(String::as_str).collect();
    let modes: Vec<&str> = ParkingMode::ALL.iter().map(|mode| mode.label()).collect();
    Ok(vec![
        SumForm {
            code: "bays".to_owned(),
            title: "划车位".to_owned(),
            note: "一条地带能划几个车位，旁边还剩多宽。尺寸按参数里的值，可以改。".to_owned(),
            fields: vec![
                choice("mode", "停放方式", &modes),
                field("length", "地带长", "m", ""),
                SumField {
                    help: "从墙或路边到另一边，连通道在内".to_owned(),
                    ..field("width", "总宽", "m", "")
                },
                field("clearance", "两头留空", "m", "0"),
                choice("fireLane", "旁边的通道", LANE),
                SumField {
                    help: "不填按参数里这种停法的值".to_owned(),
                    ..field("depth", "车位进深", "m", "")
                },
                SumField {
                    help: "不填按参数里这种停法的值".to_owned(),
                    ..field("pitch", "车位沿路宽", "m", "")
                },
                SumField {
                    help: "不填按参数里这种停法的值".to_owned(),
                    ..field("aisle", "通道最小宽", "m", "")
                },
            ],
        },
        SumForm {
            code: "ramp".to_owned(),
            title: "做坡道".to_owned(),
            note: "轮椅坡道要多长，中间要几个休息平台。".to_owned(),
            fields: vec![
                field("rise", "高差", "m", ""),
                SumField {
                    help: "1:12 填 12".to_owned(),
                    ..field("times", "坡度 1:", "", text(ramp_times(&limits)))
                },
                field(
                    "flight",
                    "每升高多少设一个休息平台",
                    "m",
                    limit("rampRest", 3),
                ),
                field("platform", "休息平台长", "m", limit("rampPlatform", 3)),
            ],
        },
        SumForm {
            code: "green".to_owned(),
            title: "算绿地".to_owned(),
            note: "集中绿地按人数还差多少。每人多少按参数里的值。".to_owned(),
            fields: vec![
                SumField {
                    help: "已填方案做完以后的数".to_owned(),
                    ..field("area", "集中绿地", "㎡", area)
                },
                field("people", "人数", "人", counts.people.to_string()),
                choice("each", "每人", &each),
            ],
        },
        SumForm {
            code: "cycles".to_owned(),
            title: "配车棚".to_owned(),
            note: "非机动车停放位和充电位要多少。每户几位各地不同，请按当地要求改。".to_owned(),
            fields: vec![
                field("households", "户数", "户", counts.households.to_string()),
                field("ebikes", "实有电动车", "辆", counts.ebikes.to_string()),
                field("perHousehold", "每户停放", "位", limit("cyclePlaces", 2)),
                field("charging", "每户充电", "位", limit("cycleCharging", 2)),
                field("each", "每位占地", "㎡", limit("cycleArea", 2)),
                SumField {
                    help: "已填方案做完以后的数".to_owned(),
                    ..field("places", "已有停放位", "位", text(planned("cyclePlaces")))
                },
                SumField {
                    help: "已填方案做完以后的数".to_owned(),
                    ..field(
                        "chargingPlaces",
                        "已有充电位",
                        "位",
                        text(planned("cycleChargingPlaces")),
                    )
                },
            ],
        },
    ])
}

impl Session {
    /// The little sums, filled with what the ledger knows under a plan.
    ///
    /// # Errors
    /// `notFound`.
    pub fn sum_forms(&self, plan: &str) -> Result<Vec<SumForm>, ApiError> {
        let conn = self.connection()?;
        let plan =
            records::get(conn, KindCode::Plan, key(plan)?)?.ok_or_else(ApiError::not_found)?;
        forms(
            conn,
            plan.compound.ok_or_else(ApiError::not_found)?,
            plan.id,
        )
    }

    /// What a sum comes to.
    ///
    /// # Errors
    /// `invalid` naming what cannot be reckoned with.
    pub fn sum_get(&self, input: &SumInput) -> Result<SumResult, ApiError> {
        let sum = reckon(input, &Limits::load(self.connection()?)?)?;
        Ok(SumResult {
            lines: sum.lines,
            writes: sum.writes.map(|writes| SumWrites {
                name: writes.name.to_owned(),
                quantity: format!(
                    "{} {}",
                    crate::plan::quantity(writes.quantity),
                    writes.measure
                ),
                remark: writes.remark,
                effect: writes.told,
            }),
        })
    }

    /// Writes a sum into a work item: quantity, unit, the sum in the remark and, when asked for, what
    /// the item makes. One undo.
    ///
    /// # Errors
    /// `invalid`; `notFound`.
    pub fn sum_write(
        &mut self,
        input: &SumInput,
        target: &SumTarget,
    ) -> Result<Changed<String>, ApiError> {
        let limits = Limits::load(self.connection()?)?;
        let Some(writes) = reckon(input, &limits)?.writes else {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "没有可以写入的",
                "算出来不需要，或者放不下。",
                "请改了数字再算。",
            ));
        };
        let conn = self.connection()?;
        let plan = records::get(conn, KindCode::Plan, key(&target.plan)?)?
            .ok_or_else(ApiError::not_found)?;
        let compound = plan.compound.ok_or_else(ApiError::not_found)?;
        let existing = match &target.item {
            Some(item) => Some(
                records::get(conn, KindCode::WorkItem, key(item)?)?
                    .filter(|item| item.value("plan").as_id() == Some(plan.id))
                    .ok_or_else(ApiError::not_found)?,
            ),
            None => None,
        };
        let name = match &existing {
            Some(item) => item.value("name").as_text().unwrap_or("").to_owned(),
            None if target.name.trim().is_empty() => writes.name.to_owned(),
            None => jiugai_domain::text::normalize(&target.name),
        };
        let ordinal = assets::rows(conn, KindCode::WorkItem, compound)?
            .iter()
            .map(|row| Fields::of(KindCode::WorkItem, &row.values))
            .filter(|fields| fields.value("plan").as_id() == Some(plan.id))
            .filter_map(|fields| fields.integer("ordinal"))
            .max()
            .unwrap_or(0)
            + 1;
        let remark = match existing
            .as_ref()
            .and_then(|item| item.value("remark").as_text())
        {
            Some(old) if !old.contains(&writes.remark) => format!("{old}\n{}", writes.remark),
            Some(old) => old.to_owned(),
            None => writes.remark.clone(),
        };
        let mut cells: Vec<Cell> = vec![
            ("quantity", fixed::format(writes.quantity, 2)),
            ("measure", writes.measure.to_owned()),
            ("remark", remark),
        ];
        if existing.is_none() {
            cells.extend([
                ("verb", writes.verb.to_owned()),
                ("name", name.clone()),
                ("ordinal", ordinal.to_string()),
                ("number", format!("G{:02}", next_number(conn, compound)?)),
            ]);
        }
        let (fresh, effect_id) = (self.fresh()?, self.fresh()?);
        let id = existing.as_ref().map_or(fresh, |item| item.id);
        let op = Op::one(OpCode::Update, format!("“{name}”（小算盘写入）"));
        self.write(&op, |conn| {
            let mut values = read(KindCode::WorkItem, &cells)?;
            if existing.is_some() {
                records::update(conn, KindCode::WorkItem, id, &values)?;
            } else {
                values.push((column(KindCode::WorkItem, "plan")?, Value::Id(plan.id)));
                records::insert(conn, KindCode::WorkItem, Some(compound), id, &values)?;
            }
            if target.with_effect {
                let mut made = writes.effect.clone();
                made.push(("action", "新增".to_owned()));
                made.push(("name", name.clone()));
                let mut values = read(KindCode::Effect, &made)?;
                values.push((column(KindCode::Effect, "workItem")?, Value::Id(id)));
                records::insert(conn, KindCode::Effect, Some(compound), effect_id, &values)?;
            }
            Ok(id.to_string())
        })
    }
}

fn column(
    kind: KindCode,
    code: &'static str,
) -> Result<&'static jiugai_domain::Field, StorageError> {
    kind.kind().field(code).ok_or(StorageError::CalledOff)
}

/// Cells as a person would type them, as values.
fn read(
    kind: KindCode,
    cells: &[Cell],
) -> Result<Vec<(&'static jiugai_domain::Field, Value)>, StorageError> {
    cells
        .iter()
        .map(|(code, text)| {
            let field = column(kind, code)?;
            let value = field.parse(text).map_err(|reason| StorageError::Invalid {
                kind,
                field: field.code,
                reason,
            })?;
            Ok((field, value))
        })
        .collect()
}
