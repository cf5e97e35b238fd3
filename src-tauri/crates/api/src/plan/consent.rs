//! What a consent was given to. It counts for another version as long as nothing that it was about
//! changed there: what is done, where, how much, what becomes of what, and what residents pay.

use std::collections::HashSet;

use jiugai_domain::ballot::law::Matter;
use jiugai_domain::plan::{Line, difference};
use jiugai_domain::{KindCode, RecordId};
use jiugai_storage::{Connection, ballots, plans, records};

use super::load::{Version, key_of};
use super::versions::lines;
use crate::ApiError;
use crate::assets::{self, Fields};

/// The fields of a work item that people consent to; who builds it and when is no part of it.
const SUBSTANCE: [&str; 5] = ["verb", "name", "place", "quantity", "measure"];

/// What a consent is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum About<'a> {
    /// The plan as a whole.
    Whole,
    /// What it does to green and parking.
    Use,
    /// One work item, by its key.
    Item(&'a str),
}

/// A version as those see it who consent.
pub(crate) struct Terms {
    lines: Vec<Line>,
    residents: Vec<Line>,
    /// Keys of the items that change green or parking.
    uses: HashSet<String>,
}

impl Terms {
    /// Reads them; none when the version is gone.
    fn find(conn: &Connection, plan: RecordId) -> Result<Option<Self>, ApiError> {
        match records::get(conn, KindCode::Plan, plan)? {
            Some(_) => Ok(Some(Self::of(conn, &Version::load(conn, plan)?)?)),
            None => Ok(None),
        }
    }

    pub(crate) fn of(conn: &Connection, version: &Version) -> Result<Self, ApiError> {
        let mut paid = None;
        for row in assets::rows(conn, KindCode::Fund, version.compound)? {
            let fields = Fields::of(KindCode::Fund, &row.values);
            if fields.value("plan").as_id() == Some(version.row.id)
                && fields.text("source") == "residents"
                && let Some(planned) = fields.integer("planned")
            {
                paid = Some(paid.unwrap_or(0) + planned);
            }
        }
        let share = version.fields().text("contribution").to_owned();
        let mut lines = lines(version, &SUBSTANCE);
        for line in &mut lines {
            // The price is not the residents' as long as their contribution stays.
            line.fen = None;
            line.cells.retain(|(label, _)| *label != "估算");
        }
        let mut uses = HashSet::new();
        for loaded in &version.effects {
            let Some(at) = version.position(loaded.effect.work_item) else {
                continue;
            };
            let key = key_of(&version.items[at]);
            if let Some(line) = lines.get_mut(at) {
                let ground = Fields::of(KindCode::Effect, &loaded.row.values)
                    .text("ground")
                    .to_owned();
                if !ground.is_empty() {
                    line.effects
                        .push(format!("{} {ground}", loaded.effect.name));
                }
            }
            if matches!(
                loaded.effect.kind,
                Some(KindCode::GreenSpace | KindCode::ParkingArea)
            ) {
                uses.insert(key);
            }
        }
        let residents = vec![Line {
            key: "居民出资".to_owned(),
            name: "居民出资".to_owned(),
            cells: vec![
                (
                    "金额",
                    paid.map_or_else(String::new, |fen: i64| fen.to_string()),
                ),
                ("分摊", share),
            ],
            effects: Vec::new(),
            fen: None,
        }];
        Ok(Self {
            lines,
            residents,
            uses,
        })
    }

    /// Names of what changed from here to `now`, of what the consent is about.
    pub(crate) fn changed(&self, now: &Self, about: About<'_>) -> Vec<String> {
        let of = |terms: &Self| -> Vec<Line> {
            let wanted = |line: &&Line| match about {
                About::Whole => true,
                About::Use => self.uses.contains(&line.key) || now.uses.contains(&line.key),
                About::Item(key) => line.key == key,
            };
            let mut lines: Vec<Line> = terms.lines.iter().filter(wanted).cloned().collect();
            if matches!(about, About::Whole) {
                lines.extend(terms.residents.iter().cloned());
            }
            lines
        };
        let shifts = difference(&of(self), &of(now));
        shifts.into_iter().map(|shift| shift.name).collect()
    }
}

/// `“路灯”“宣传栏”等 5 项`.
pub(crate) fn named(changed: &[String]) -> String {
    let mut told: String = changed
        .iter()
        .take(3)
        .map(|name| format!("“{name}”"))
        .collect();
    if changed.len() > 3 {
        told.push_str(&format!("等 {} 项", changed.len()));
    }
    told
}

/// The numbers of the versions of a plan, answers about which count for the version that residents are
/// asked about now.
pub(crate) fn counting(conn: &Connection, compound: RecordId) -> Result<Vec<i64>, ApiError> {
    let Some((asked, number)) = plans::asked(conn, compound)? else {
        return Ok(Vec::new());
    };
    let mut numbers: Vec<i64> = assets::rows(conn, KindCode::Plan, compound)?
        .iter()
        .filter_map(|row| Fields::of(KindCode::Plan, &row.values).integer("version"))
        .filter(|other| *other != number)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut counting = vec![number];
    if numbers.is_empty() {
        return Ok(counting);
    }
    let now = Terms::of(conn, &Version::load(conn, asked)?)?;
    for number in numbers {
        let Some((plan, _)) = plans::numbered(conn, compound, Some(number))? else {
            continue;
        };
        let then = Terms::of(conn, &Version::load(conn, plan)?)?;
        if then.changed(&now, About::Whole).is_empty() {
            counting.push(number);
        }
    }
    Ok(counting)
}

/// What changed since an answer was given to a version, or that this cannot be told.
pub(crate) fn since(
    conn: &Connection,
    then: RecordId,
    now: &Terms,
) -> Result<Option<Vec<String>>, ApiError> {
    Ok(Terms::find(conn, then)?.map(|then| then.changed(now, About::Whole)))
}

/// What changed since a motion was put to the owners, or that this cannot be told: neither a version
/// nor a work item was written down, or it is gone.
pub(crate) fn since_motion(
    conn: &Connection,
    plan: Option<RecordId>,
    motion: &ballots::Motion,
    now: &Terms,
) -> Result<Option<Vec<String>>, ApiError> {
    let use_change = motion.matter == Matter::ChangeUse.code();
    let Some(id) = motion.work_item else {
        let about = if use_change { About::Use } else { About::Whole };
        let then = plan.map(|plan| Terms::find(conn, plan)).transpose()?;
        return Ok(then.flatten().map(|then| then.changed(now, about)));
    };
    let Some((of, key)) = put_to_vote(conn, id)? else {
        return Ok(None);
    };
    let then = Terms::find(conn, of)?;
    Ok(then.map(|then| then.changed(now, About::Item(&key))))
}

/// The version and the key of a work item that owners were asked about.
fn put_to_vote(conn: &Connection, id: RecordId) -> Result<Option<(RecordId, String)>, ApiError> {
    let Some(record) = records::get(conn, KindCode::WorkItem, id)? else {
        return Ok(None);
    };
    let text = |code: &str| record.value(code).as_text().unwrap_or("");
    let key = jiugai_domain::plan::item_key(text("number"), text("verb"), text("name"));
    Ok(record.value("plan").as_id().map(|plan| (plan, key)))
}

/// What owners decided by a closed ballot, as far as it counts for a version.
pub(crate) struct Decision {
    /// Code of the matter.
    pub(crate) matter: String,
    /// The work item of this version; none for the plan as a whole.
    pub(crate) item: Option<RecordId>,
}

/// The decisions that count for a version.
pub(crate) fn decided(
    conn: &Connection,
    compound: RecordId,
    plan: RecordId,
) -> Result<Vec<Decision>, ApiError> {
    let carried = crate::ballot::carried(conn, compound)?;
    if carried.is_empty() {
        return Ok(Vec::new());
    }
    let version = Version::load(conn, plan)?;
    let now = Terms::of(conn, &version)?;
    let keys = version.keys();
    let mut decided = Vec::new();
    for (asked, motion) in carried {
        let unchanged = since_motion(conn, asked, &motion, &now)?;
        if !unchanged.is_some_and(|changed| changed.is_empty()) {
            continue;
        }
        let item = match motion.work_item {
            None => None,
            Some(id) => {
                let at = put_to_vote(conn, id)?.and_then(|(_, key)| keys.get(&key).copied());
                let Some(at) = at else { continue };
                Some(version.items[at].id)
            }
        };
        decided.push(Decision {
            matter: motion.matter,
            item,
        });
    }
    Ok(decided)
}
