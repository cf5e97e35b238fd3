//! The indicators that come from other records than assets: people, self-government, surveys,
//! promises, days and money (domain §11: 人, 治, 效).

use chrono::NaiveDate;
use jiugai_domain::comparison::{Given, Part, Stage, StageState};
use jiugai_domain::fixed::ratio;
use jiugai_domain::survey::Topic;
use jiugai_domain::{FieldType, KindCode, RecordId};
use jiugai_storage::query::{self, Row};
use jiugai_storage::records::Record;
use jiugai_storage::survey as surveys;
use jiugai_storage::{Connection, StorageError};

use crate::ApiError;
use crate::assets::{self, Fields};
use crate::plan::load::{key_of, linked};
use crate::plan::{estimate_fen, total_fen};
use crate::voice;

/// From which choice on the scale a household counts as satisfied: 满意 and 很满意.
const SATISFIED: i64 = 4;

/// What the card is made of besides assets, read once for all stages.
pub(crate) struct Card {
    compound: Record,
    counts: query::CompoundCounts,
    seniors: Vec<(RecordId, String, Option<i64>)>,
    wishes: Vec<Wish>,
    /// Problems with the key of the work item that answers them.
    problems: Vec<(RecordId, String, Option<String>)>,
    promises: Vec<(RecordId, String, bool)>,
    ratings: Vec<Rating>,
    disposals: Vec<(RecordId, String)>,
}

struct Wish {
    label: String,
    id: RecordId,
    work_item: Option<RecordId>,
    /// What tells that work item in every version.
    key: Option<String>,
    adopted: bool,
}

/// A satisfaction survey.
struct Rating {
    name: String,
    day: String,
    satisfied: i64,
    answered: i64,
}

impl Card {
    pub(crate) fn load(
        conn: &Connection,
        record: &Record,
        counts: query::CompoundCounts,
    ) -> Result<Self, ApiError> {
        let compound = record.id;
        let heard = voice::heard(conn, compound)?;
        let outbuildings = assets::rows(conn, KindCode::Outbuilding, compound)?;
        Ok(Self {
            compound: record.clone(),
            counts,
            wishes: wishes(conn, compound, &heard.wanted)?,
            seniors: heard.seniors,
            problems: linked(conn, compound, KindCode::Problem)?
                .into_iter()
                .map(|(row, key)| (row.id, row.label, key))
                .collect(),
            promises: heard.promises,
            ratings: ratings(conn, compound)?,
            disposals: outbuildings
                .iter()
                .map(|row| {
                    let fields = Fields::of(KindCode::Outbuilding, &row.values);
                    (row.id, fields.text("disposal").to_owned())
                })
                .collect(),
        })
    }

    /// The given indicators of a stage of a plan.
    pub(crate) fn given(
        &self,
        stage: Stage,
        plan: Option<&Row>,
        items: &[Row],
        state: &StageState,
    ) -> Vec<Given> {
        let mut given = vec![
            self.seniors60(),
            self.wanted(),
            self.adopted(stage, items),
            self.satisfaction(stage, plan, items),
            self.promises_kept(stage),
            self.problems_closed(stage, items),
            self.self_demolition(state),
            work_days(stage, plan, items),
        ];
        given.extend(self.governance());
        given.extend(self.costs(stage, items));
        given
    }

    fn seniors60(&self) -> Given {
        let parts: Vec<Part> = self
            .seniors
            .iter()
            .filter(|(_, _, seniors)| *seniors != Some(0))
            .map(|(id, label, seniors)| Part {
                record: Some((KindCode::Household, *id)),
                label: label.clone(),
                value: *seniors,
                cause: None,
            })
            .collect();
        let known = self.seniors.iter().any(|(_, _, seniors)| seniors.is_some());
        Given {
            code: "seniors60",
            value: known.then(|| parts.iter().filter_map(|part| part.value).sum()),
            unfilled: parts.iter().filter(|part| part.value.is_none()).count(),
            parts,
        }
    }

    fn wanted(&self) -> Given {
        Given {
            code: "wishes",
            value: Some(count(self.wishes.len())),
            unfilled: 0,
            parts: self.wishes.iter().map(|wish| wish.part(1)).collect(),
        }
    }

    /// 采纳率: nothing is adopted before there is a plan; what was done counts at the end.
    fn adopted(&self, stage: Stage, items: &[Row]) -> Given {
        let done = |wish: &Wish| {
            wish.key.as_ref().is_some_and(|key| {
                let item = items.iter().find(|item| key_of(item) == *key);
                item.is_some_and(|item| !completed(item).is_empty())
            })
        };
        let adopted: Vec<&Wish> = self
            .wishes
            .iter()
            .filter(|wish| wish.adopted && (stage == Stage::Proposed || done(wish)))
            .collect();
        let value = match stage {
            Stage::Baseline => None,
            Stage::Proposed | Stage::AsBuilt => ratio(
                Some(count(adopted.len())),
                Some(count(self.wishes.len())),
                10_000,
            ),
        };
        Given {
            code: "wishesAdopted",
            value,
            unfilled: 0,
            parts: match stage {
                Stage::Baseline => Vec::new(),
                _ => vec![
                    told("采纳和部分采纳（条）", adopted.len()),
                    told("居民诉求（条）", self.wishes.len()),
                ],
            },
        }
    }

    /// The newest satisfaction survey before the work began, and the newest one since.
    fn satisfaction(&self, stage: Stage, plan: Option<&Row>, items: &[Row]) -> Given {
        let begun = begun(plan, items);
        let since = |rating: &&Rating| {
            begun
                .as_deref()
                .is_some_and(|begun| rating.day.as_str() >= begun)
        };
        let rating = match stage {
            Stage::Baseline => self.ratings.iter().rfind(|rating| !since(rating)),
            Stage::AsBuilt => self.ratings.iter().rfind(since),
            Stage::Proposed => None,
        };
        let (value, parts) = rating.map_or((None, Vec::new()), |rating| {
            let day = crate::text::long_date(Some(&rating.day));
            (
                ratio(Some(rating.satisfied), Some(rating.answered), 10_000),
                vec![
                    Part {
                        value: Some(rating.satisfied),
                        ..told(&format!("{}（{day}）：满意以上（份）", rating.name), 0)
                    },
                    Part {
                        value: Some(rating.answered),
                        ..told("答了这道题（份）", 0)
                    },
                ],
            )
        });
        Given {
            code: "satisfaction",
            value,
            unfilled: 0,
            parts,
        }
    }

    fn promises_kept(&self, stage: Stage) -> Given {
        let kept = self.promises.iter().filter(|(_, _, kept)| *kept).count();
        let as_built = stage == Stage::AsBuilt && !self.promises.is_empty();
        Given {
            code: "promisesKept",
            value: ratio(
                as_built.then(|| count(kept)),
                Some(count(self.promises.len())),
                10_000,
            ),
            unfilled: 0,
            parts: if as_built {
                let mut parts = vec![told("已兑现（件）", kept)];
                parts.extend(self.promises.iter().map(|(id, label, kept)| Part {
                    record: Some((KindCode::Visit, *id)),
                    label: label.clone(),
                    value: Some(i64::from(*kept)),
                    cause: None,
                }));
                parts
            } else {
                Vec::new()
            },
        }
    }

    /// 问题办结率: what a plan answers, at the end what is done.
    fn problems_closed(&self, stage: Stage, items: &[Row]) -> Given {
        let answering = |key: &Option<String>| {
            let key = key.as_ref()?;
            items.iter().find(|item| key_of(item) == *key)
        };
        let closed: Vec<bool> = self
            .problems
            .iter()
            .map(|(_, _, key)| match stage {
                Stage::Baseline => false,
                Stage::Proposed => answering(key).is_some(),
                Stage::AsBuilt => answering(key).is_some_and(|item| !completed(item).is_empty()),
            })
            .collect();
        let of = closed.iter().filter(|closed| **closed).count();
        let rows = self.problems.iter().zip(&closed);
        let rows = rows.map(|((id, label, key), closed)| Part {
            record: Some((KindCode::Problem, *id)),
            label: label.clone(),
            value: Some(i64::from(*closed)),
            cause: answering(key).map(|item| item.id),
        });
        let after = stage != Stage::Baseline;
        Given {
            code: "problemsClosed",
            value: ratio(
                after.then(|| count(of)),
                Some(count(self.problems.len())),
                10_000,
            ),
            unfilled: 0,
            parts: rows.filter(|_| after).collect(),
        }
    }

    /// 自拆率 of what a stage demolishes.
    fn self_demolition(&self, state: &StageState) -> Given {
        let gone: Vec<(&jiugai_domain::comparison::Demolished, &str)> = state
            .demolished
            .iter()
            .filter_map(|gone| {
                let id = gone.asset.id?;
                let (_, disposal) = self.disposals.iter().find(|(other, _)| *other == id)?;
                Some((gone, disposal.as_str()))
            })
            .collect();
        let told: Vec<_> = gone.iter().filter(|(_, how)| !how.is_empty()).collect();
        let own = told.iter().filter(|(_, how)| *how == "selfDemolition");
        let parts = gone.iter().map(|(gone, how)| Part {
            record: gone.asset.id.map(|id| (gone.asset.kind, id)),
            label: gone.asset.label.clone(),
            value: (!how.is_empty()).then(|| i64::from(*how == "selfDemolition")),
            cause: Some(gone.cause),
        });
        Given {
            code: "selfDemolition",
            value: ratio(Some(count(own.count())), Some(count(told.len())), 10_000),
            unfilled: gone.len() - told.len(),
            parts: parts.collect(),
        }
    }

    fn governance(&self) -> Vec<Given> {
        let value = |code: &str| self.compound.value(code);
        let given = |code: &'static str, shown: &str, value: Option<i64>| Given {
            code,
            value,
            unfilled: 0,
            parts: vec![Part {
                record: Some((KindCode::Compound, self.compound.id)),
                label: shown.to_owned(),
                value,
                cause: None,
            }],
        };
        let management = value("management").as_text();
        let label = |code: &str| match KindCode::Compound
            .kind()
            .field("management")
            .map(|f| f.kind)
        {
            Some(FieldType::Code(choices)) => choices
                .iter()
                .find(|choice| choice.code == code)
                .map_or("", |choice| choice.label),
            _ => "",
        };
        vec![
            given(
                "managed",
                management.map_or("物业模式", label),
                management.map(|code| i64::from(code != "none")),
            ),
            given("partyBranch", "有党支部", value("partyBranch").as_integer()),
            given(
                "ownersCommittee",
                "有业委会或物管会",
                value("ownersCommittee").as_integer(),
            ),
            given(
                "feeCollected",
                "物业费收缴率",
                value("feeCollected").as_integer(),
            ),
        ]
    }

    /// 造价: the estimates of a plan; at the end those of what is completed.
    fn costs(&self, stage: Stage, items: &[Row]) -> Vec<Given> {
        let counted: Vec<Row> = items
            .iter()
            .filter(|item| stage == Stage::Proposed || !completed(item).is_empty())
            .filter(|_| stage != Stage::Baseline)
            .cloned()
            .collect();
        let total = total_fen(&counted);
        let unfilled = counted
            .iter()
            .filter(|item| estimate_fen(item).is_none())
            .count();
        let parts: Vec<Part> = counted
            .iter()
            .map(|item| Part {
                record: Some((KindCode::WorkItem, item.id)),
                label: item.label.clone(),
                value: estimate_fen(item),
                cause: None,
            })
            .collect();
        // 元/㎡ out of 分 and 0.01 ㎡.
        let area = self.counts.gross_floor_area_dm2;
        let household = Some(self.counts.households);
        [
            ("costPerArea", ratio(total, area, 100)),
            ("costPerHousehold", ratio(total, household, 1)),
        ]
        .map(|(code, value)| Given {
            code,
            value,
            unfilled,
            parts: parts.clone(),
        })
        .into()
    }
}

impl Wish {
    fn part(&self, value: i64) -> Part {
        Part {
            record: Some((KindCode::Wish, self.id)),
            label: self.label.clone(),
            value: Some(value),
            cause: self.work_item,
        }
    }
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

/// A count that a ratio is made of.
fn told(label: &str, of: usize) -> Part {
    Part {
        record: None,
        label: label.to_owned(),
        value: Some(count(of)),
        cause: None,
    }
}

fn completed(item: &Row) -> &str {
    Fields::of(KindCode::WorkItem, &item.values).text("completedOn")
}

/// The day on which work began: as planned, or the first that was completed.
fn begun(plan: Option<&Row>, items: &[Row]) -> Option<String> {
    let planned = plan.map(|plan| Fields::of(KindCode::Plan, &plan.values).text("startOn"));
    let first = items.iter().map(completed).filter(|day| !day.is_empty());
    planned
        .filter(|day| !day.is_empty())
        .or_else(|| first.min())
        .map(str::to_owned)
}

/// The last day on which something was completed.
pub(crate) fn last_completed(items: &[Row]) -> Option<String> {
    let days = items.iter().map(completed).filter(|day| !day.is_empty());
    days.max().map(str::to_owned)
}

/// 工期 from the first day to the last, both counted.
fn work_days(stage: Stage, plan: Option<&Row>, items: &[Row]) -> Given {
    let fields = plan.map(|plan| Fields::of(KindCode::Plan, &plan.values));
    let text = |code: &str| fields.as_ref().map_or("", |fields| fields.text(code));
    let all_done = !items.is_empty() && items.iter().all(|item| !completed(item).is_empty());
    let end = match stage {
        Stage::Baseline => String::new(),
        Stage::Proposed => text("endOn").to_owned(),
        Stage::AsBuilt => last_completed(items)
            .filter(|_| all_done)
            .unwrap_or_default(),
    };
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let value = day(text("startOn"))
        .zip(day(&end))
        .map(|(start, end)| (end - start).num_days() + 1)
        .filter(|days| *days > 0);
    Given {
        code: "workDays",
        value,
        unfilled: 0,
        parts: Vec::new(),
    }
}

fn wishes(
    conn: &Connection,
    compound: RecordId,
    wanted: &[RecordId],
) -> Result<Vec<Wish>, StorageError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    Ok(linked(conn, compound, KindCode::Wish)?
        .into_iter()
        .filter(|(row, _)| wanted.contains(&row.id))
        .map(|(row, key)| {
            let fields = Fields::of(KindCode::Wish, &row.values);
            Wish {
                label: row.label.clone(),
                id: row.id,
                work_item: fields.value("workItem").as_id(),
                key,
                adopted: matches!(fields.text("answer"), "adopted" | "partly"),
            }
        })
        .collect())
}

/// What the newest satisfaction survey that ended on this day or later says: satisfied, answered.
/// `since` is an ISO day.
pub(crate) fn last_rating(
    conn: &Connection,
    compound: RecordId,
    since: &str,
) -> Result<Option<(i64, i64)>, StorageError> {
    let mut found = ratings(conn, compound)?;
    found.retain(|rating| rating.day.as_str() >= since);
    let last = found.pop();
    Ok(last.map(|rating| (rating.satisfied, rating.answered)))
}

/// The satisfaction surveys of a compound by day.
fn ratings(conn: &Connection, compound: RecordId) -> Result<Vec<Rating>, StorageError> {
    let mut found = Vec::new();
    for round in surveys::rounds(conn, Some(compound))? {
        let Some(version) = surveys::version(conn, round.questionnaire)? else {
            continue;
        };
        let Some(question) = version.sheet.about(Topic::Satisfaction) else {
            continue;
        };
        let (tallies, _) = surveys::tally(conn, &[round.id])?;
        let Some(tally) = tallies.get(&question.key).filter(|one| one.answered > 0) else {
            continue;
        };
        let satisfied = tally
            .values
            .range(SATISFIED..)
            .map(|(_, count)| count)
            .sum();
        found.push(Rating {
            name: round.name.clone(),
            day: round.closes_on.or(round.opens_on).unwrap_or_default(),
            satisfied,
            answered: tally.answered,
        });
    }
    found.sort_by(|one, other| one.day.cmp(&other.day));
    Ok(found)
}
