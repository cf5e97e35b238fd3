//! The whole ledger against a small model of it: whatever is done, undone, redone, restored or
//! opened again in whatever order, the ledger holds what a few lists would hold.

use std::collections::BTreeMap;

use jiugai_domain::Value;
use jiugai_storage::records;
use proptest::prelude::*;

use super::{column, query};
use crate::testing::{bare, edit, times};
use crate::wire::{Changed, DemolitionRequest, EditGesture, EditOutcome, RecordEdits};
use crate::{ApiError, KindCode, Session};

const COMPOUND: &str = "示例小区";

#[derive(Debug, Clone)]
enum Act {
    /// A building of that number.
    Building(u8),
    /// A building gets another number.
    Rename(usize, u8),
    /// A block of dwellings in a building: first room, how many, area in ㎡.
    Dwellings(usize, u8, u8, u8),
    /// Another area of a dwelling, or none.
    Area(usize, Option<u8>),
    /// An outbuilding of that number with so many rooms.
    Outbuilding(u8, u8),
    /// The plan demolishes an outbuilding.
    Demolish(usize),
    Remove(Noun, usize),
    Undo,
    Redo,
    /// One of the deletions in the recycle bin is taken back.
    Restore(usize),
    /// Close the ledger and open it again.
    Reopen,
}

#[derive(Debug, Clone, Copy)]
enum Noun {
    Building,
    Dwelling,
    Outbuilding,
}

fn acts() -> impl Strategy<Value = Act> {
    let which = 0..8_usize;
    let noun = prop_oneof![
        Just(Noun::Building),
        Just(Noun::Dwelling),
        Just(Noun::Outbuilding)
    ];
    prop_oneof![
        4 => (1..6_u8).prop_map(Act::Building),
        2 => (which.clone(), 1..6_u8).prop_map(|(at, number)| Act::Rename(at, number)),
        6 => (which.clone(), 1..9_u8, 1..5_u8, 30..120_u8)
            .prop_map(|(at, first, count, area)| Act::Dwellings(at, first, count, area)),
        3 => (which.clone(), proptest::option::of(30..120_u8)).prop_map(|(at, area)| Act::Area(at, area)),
        3 => (1..6_u8, 1..9_u8).prop_map(|(number, rooms)| Act::Outbuilding(number, rooms)),
        2 => which.clone().prop_map(Act::Demolish),
        4 => (noun, which.clone()).prop_map(|(noun, at)| Act::Remove(noun, at)),
        5 => Just(Act::Undo),
        3 => Just(Act::Redo),
        3 => which.prop_map(Act::Restore),
        1 => Just(Act::Reopen),
    ]
}

/// What a ledger holds, by the keys of its records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct State {
    /// Name.
    buildings: BTreeMap<String, String>,
    /// Building, room, area in 0.01 ㎡.
    dwellings: BTreeMap<String, (String, String, Option<i64>)>,
    /// Number, rooms, whether the plan demolishes it.
    outbuildings: BTreeMap<String, (String, i64, bool)>,
}

impl State {
    /// The records that are here and not in `other`.
    fn without(&self, other: &Self) -> Self {
        let mut rest = self.clone();
        rest.buildings
            .retain(|id, _| !other.buildings.contains_key(id));
        rest.dwellings
            .retain(|id, _| !other.dwellings.contains_key(id));
        rest.outbuildings
            .retain(|id, _| !other.outbuildings.contains_key(id));
        rest
    }

    fn with(&self, more: &Self) -> Self {
        let mut all = self.clone();
        all.buildings.extend(more.buildings.clone());
        all.dwellings.extend(more.dwellings.clone());
        all.outbuildings.extend(more.outbuildings.clone());
        all
    }

    fn records(&self) -> usize {
        self.buildings.len() + self.dwellings.len() + self.outbuildings.len()
    }

    /// Whether no name is there twice, and no dwelling without its building.
    fn is_sound(&self) -> bool {
        let distinct = |mut names: Vec<String>| {
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            names.len() == all
        };
        let addresses = self
            .dwellings
            .values()
            .map(|(building, room, _)| format!("{building} {room}"));
        distinct(self.buildings.values().cloned().collect())
            && distinct(addresses.collect())
            && distinct(
                self.outbuildings
                    .values()
                    .map(|(number, ..)| number.clone())
                    .collect(),
            )
            && self
                .dwellings
                .values()
                .all(|(building, ..)| self.buildings.contains_key(building))
    }
}

/// A step that stands: its number, and what was before it.
struct Step {
    transaction: i32,
    before: State,
    deletes: bool,
}

struct Office {
    session: Session,
    compound: String,
    work_item: String,
    state: State,
    done: Vec<Step>,
    /// What redoing brings back, the next one last.
    undone: Vec<(Step, State)>,
}

impl Office {
    fn open(mut session: Session, file: &std::path::Path) -> Self {
        session.ledger_create(file).expect("new ledger");
        let mut make = |kind, compound: Option<&str>, cells: &[(&str, &str)]| {
            let made = session.record_edit(&edit(kind, compound, None, cells));
            made.expect("made").value.ids.remove(0)
        };
        let compound = make(KindCode::Compound, None, &[("name", COMPOUND)]);
        let within = Some(compound.as_str());
        let plan = [("name", "示例方案"), ("version", "1"), ("state", "草案")];
        make(KindCode::Plan, within, &plan);
        let item = [("plan", "示例方案"), ("verb", "拆"), ("name", "拆旧房")];
        let work_item = make(KindCode::WorkItem, within, &item);
        Self {
            session,
            compound,
            work_item,
            state: State::default(),
            done: Vec::new(),
            undone: Vec::new(),
        }
    }

    /// Something new was done; steps that changed nothing leave no trace.
    fn record<T>(&mut self, changed: &Changed<T>, after: State, deletes: bool) {
        let before = std::mem::replace(&mut self.state, after);
        match changed.transaction {
            Some(transaction) => {
                self.done.push(Step {
                    transaction,
                    before,
                    deletes,
                });
                self.undone.clear();
            }
            None => assert_eq!(before, self.state, "a change without a step"),
        }
    }

    fn typed(
        &mut self,
        edits: &RecordEdits,
        after: impl FnOnce(&State, &[String]) -> State,
    ) -> Result<(), ApiError> {
        let changed: Changed<EditOutcome> = self.session.record_edit(edits)?;
        let outcome = &changed.value;
        let after = after(&self.state, &outcome.ids);
        if outcome.problems.is_empty() {
            assert!(after.is_sound(), "accepted what must not be: {edits:?}");
            self.record(&changed, after, false);
        } else {
            // Refused rows have no keys; what they would have made is told by the names alone.
            assert_eq!(changed.transaction, None);
        }
        Ok(())
    }

    fn perform(&mut self, act: &Act) -> Result<(), ApiError> {
        let within = self.compound.clone();
        let new = |kind, cells: &[(&str, &str)]| edit(kind, Some(&within), None, cells);
        match *act {
            Act::Building(number) => {
                let name = format!("{number}号楼");
                let taken = self.state.buildings.values().any(|other| *other == name);
                let edits = new(KindCode::Building, &[("name", &name)]);
                let count = self.state.records();
                self.typed(&edits, |state, ids| {
                    let mut after = state.clone();
                    after
                        .buildings
                        .extend(ids.iter().map(|id| (id.clone(), name.clone())));
                    after
                })?;
                assert_eq!(self.state.records() == count, taken);
            }
            Act::Rename(at, number) => {
                let name = format!("{number}号楼");
                let Some(id) = nth(&self.state.buildings, at) else {
                    return Ok(());
                };
                let edits = edit(
                    KindCode::Building,
                    Some(&within),
                    Some(&id),
                    &[("name", &name)],
                );
                self.typed(&edits, |state, ids| {
                    let mut after = state.clone();
                    if !ids.is_empty() {
                        after.buildings.insert(id.clone(), name.clone());
                    }
                    after
                })?;
            }
            Act::Dwellings(at, first, count, area) => {
                let Some(building) = nth(&self.state.buildings, at) else {
                    return Ok(());
                };
                let name = self.state.buildings[&building].clone();
                let area_text = area.to_string();
                let rooms: Vec<String> = (first..first + count)
                    .map(|room| format!("10{room}"))
                    .collect();
                let taken = self
                    .state
                    .dwellings
                    .values()
                    .any(|(other, room, _)| *other == building && rooms.contains(room));
                let mut edits = new(KindCode::Dwelling, &[]);
                edits.gesture = EditGesture::Paste;
                edits.edits = rooms
                    .iter()
                    .flat_map(|room| {
                        new(
                            KindCode::Dwelling,
                            &[
                                ("building", &name),
                                ("room", room),
                                ("grossFloorArea", &area_text),
                            ],
                        )
                        .edits
                    })
                    .collect();
                let before = self.state.records();
                self.typed(&edits, |state, ids| {
                    let mut after = state.clone();
                    after
                        .dwellings
                        .extend(ids.iter().zip(&rooms).map(|(id, room)| {
                            let area = Some(i64::from(area) * 100);
                            (id.clone(), (building.clone(), room.clone(), area))
                        }));
                    after
                })?;
                assert_eq!(self.state.records() == before, taken);
            }
            Act::Area(at, area) => {
                let Some(id) = nth(&self.state.dwellings, at) else {
                    return Ok(());
                };
                let text = area.map_or_else(String::new, |area| area.to_string());
                let cells = [("grossFloorArea", text.as_str())];
                let edits = edit(KindCode::Dwelling, Some(&within), Some(&id), &cells);
                self.typed(&edits, |state, _| {
                    let mut after = state.clone();
                    let dwelling = after.dwellings.get_mut(&id).expect("chosen from them");
                    dwelling.2 = area.map(|area| i64::from(area) * 100);
                    after
                })?;
            }
            Act::Outbuilding(number, rooms) => {
                let name = format!("F-00{number}");
                let taken = self
                    .state
                    .outbuildings
                    .values()
                    .any(|(other, ..)| *other == name);
                let rooms_text = rooms.to_string();
                let cells = [
                    ("number", name.as_str()),
                    ("kind", "大排房"),
                    ("rooms", &rooms_text),
                ];
                let edits = new(KindCode::Outbuilding, &cells);
                let before = self.state.records();
                self.typed(&edits, |state, ids| {
                    let mut after = state.clone();
                    let row = (name.clone(), i64::from(rooms), false);
                    after
                        .outbuildings
                        .extend(ids.iter().map(|id| (id.clone(), row.clone())));
                    after
                })?;
                assert_eq!(self.state.records() == before, taken);
            }
            Act::Demolish(at) => {
                let Some(id) = nth(&self.state.outbuildings, at) else {
                    return Ok(());
                };
                let changed = self.session.plan_demolish(&DemolitionRequest {
                    work_item: self.work_item.clone(),
                    kind: KindCode::Outbuilding,
                    assets: vec![id.clone()],
                })?;
                let mut after = self.state.clone();
                after.outbuildings.get_mut(&id).expect("chosen from them").2 = true;
                self.record(&changed, after, false);
            }
            Act::Remove(noun, at) => return self.remove(noun, at),
            Act::Undo => match (self.session.history_undo(), self.done.pop()) {
                (Ok(_), Some(step)) => {
                    let after = std::mem::replace(&mut self.state, step.before.clone());
                    self.undone.push((step, after));
                }
                // The compound, the plan and its item were made before the model begins.
                (Ok(_), None) => {
                    self.session.history_redo()?;
                }
                (Err(error), _) => return Err(error),
            },
            Act::Redo => match self.undone.pop() {
                Some((step, after)) => {
                    self.session.history_redo()?;
                    self.state = after;
                    self.done.push(step);
                }
                None => assert!(self.session.history_redo().is_err(), "nothing to redo"),
            },
            Act::Restore(at) => return self.restore(at),
            Act::Reopen => {
                let file = self.session.ledger_status()?.path;
                self.session.ledger_close()?;
                self.session.ledger_open(std::path::Path::new(&file))?;
            }
        }
        Ok(())
    }

    fn remove(&mut self, noun: Noun, at: usize) -> Result<(), ApiError> {
        let mut after = self.state.clone();
        let (kind, id) = match noun {
            Noun::Building => (KindCode::Building, nth(&self.state.buildings, at)),
            Noun::Dwelling => (KindCode::Dwelling, nth(&self.state.dwellings, at)),
            Noun::Outbuilding => (KindCode::Outbuilding, nth(&self.state.outbuildings, at)),
        };
        let Some(id) = id else { return Ok(()) };
        after.buildings.remove(&id);
        after
            .dwellings
            .retain(|key, (building, ..)| *key != id && *building != id);
        let planned = after
            .outbuildings
            .remove(&id)
            .is_some_and(|(_, _, planned)| planned);
        let removed = self.session.record_remove(kind, std::slice::from_ref(&id));
        if planned {
            assert!(removed.is_err(), "removed what the plan demolishes");
            return Ok(());
        }
        self.record(&removed?, after, true);
        Ok(())
    }

    fn restore(&mut self, at: usize) -> Result<(), ApiError> {
        let bin = self.session.recycle_list()?;
        let listed: u32 = bin
            .iter()
            .flat_map(|entry| &entry.counts)
            .map(|kind| kind.count)
            .sum();
        let ever = self
            .done
            .iter()
            .fold(State::default(), |all, step| all.with(&step.before));
        let gone = ever.without(&self.state).records();
        assert_eq!(listed as usize, gone, "what lies in the recycle bin");
        if bin.is_empty() {
            return Ok(());
        }
        let entry = &bin[at % bin.len()];
        let place = self
            .done
            .iter()
            .position(|step| step.transaction == entry.transaction && step.deletes)
            .expect("a deletion that stands");
        let later = self
            .done
            .get(place + 1)
            .map_or(&self.state, |next| &next.before);
        let taken = self.done[place].before.without(later);
        let back = taken.without(&self.state);
        let after = self.state.with(&back);
        let transaction = entry.transaction;
        let restored = self.session.recycle_restore(transaction);
        if after.is_sound() {
            self.record(&restored?, after, false);
        } else {
            assert!(restored.is_err(), "restored beside a taken name");
        }
        Ok(())
    }

    /// Everything that the ledger tells equals the model.
    fn compare(&mut self) -> Result<(), ApiError> {
        let mut found = State::default();
        let id_of = |session: &mut Session, kind, id: &str, code: &str| {
            let conn = session.connection()?;
            let id = id.parse().map_err(|_| ApiError::not_found())?;
            let record = records::get(conn, kind, id)?.ok_or_else(ApiError::not_found)?;
            Ok::<Value, ApiError>(record.value(code).clone())
        };
        let compound = self.compound.clone();
        let mut rows = |kind| {
            self.session
                .record_window(&query(kind, Some(&compound)), 0, 1_000)
        };
        let buildings = rows(KindCode::Building)?.rows;
        let dwellings = rows(KindCode::Dwelling)?.rows;
        let outbuildings = rows(KindCode::Outbuilding)?.rows;
        let name = column(KindCode::Building, "name");
        found.buildings = buildings
            .into_iter()
            .map(|row| (row.id, row.cells[name].clone()))
            .collect();
        let room = column(KindCode::Dwelling, "room");
        for row in dwellings {
            let building = id_of(&mut self.session, KindCode::Dwelling, &row.id, "building")?;
            let area = id_of(
                &mut self.session,
                KindCode::Dwelling,
                &row.id,
                "grossFloorArea",
            )?;
            let building = building.as_id().map(|id| id.to_string());
            let dwelling = (
                building.unwrap_or_default(),
                row.cells[room].clone(),
                area.as_integer(),
            );
            found.dwellings.insert(row.id, dwelling);
        }
        let plan = self.session.compound_get(&compound)?.plans.remove(0).id;
        let items = self.session.plan_items(&plan)?;
        let effects: usize = items.iter().map(|item| item.effects.len()).sum();
        let number = column(KindCode::Outbuilding, "number");
        for row in outbuildings {
            let rooms = id_of(&mut self.session, KindCode::Outbuilding, &row.id, "rooms")?;
            let planned = self
                .state
                .outbuildings
                .get(&row.id)
                .is_some_and(|(_, _, planned)| *planned);
            let outbuilding = (
                row.cells[number].clone(),
                rooms.as_integer().unwrap_or(-1),
                planned,
            );
            found.outbuildings.insert(row.id, outbuilding);
        }
        assert_eq!(found, self.state);
        let planned = |wanted: bool| {
            let rows = self.state.outbuildings.values();
            rows.filter(|(_, _, planned)| *planned || !wanted)
                .map(|(_, rooms, _)| *rooms)
                .sum::<i64>()
        };
        assert_eq!(
            effects,
            self.state
                .outbuildings
                .values()
                .filter(|(_, _, planned)| *planned)
                .count()
        );
        let summary = self.session.summary(Some(COMPOUND))?.remove(0);
        // What is kept of all compounds is what is worked out of one.
        assert!(self.session.summary(None)?.contains(&summary));
        assert_eq!(
            (summary.buildings as usize, summary.dwellings as usize),
            (self.state.buildings.len(), self.state.dwellings.len())
        );
        let rooms = summary
            .indicators
            .iter()
            .find(|indicator| indicator.code == "rowHouseRooms")
            .expect("an indicator");
        assert_eq!(
            (rooms.baseline, rooms.proposed),
            (Some(planned(false)), Some(planned(false) - planned(true)))
        );
        assert_eq!(self.session.verify()?.problems, Vec::<String>::new());
        Ok(())
    }
}

/// The key at a place, counted round and round.
fn nth<T>(rows: &BTreeMap<String, T>, at: usize) -> Option<String> {
    rows.keys().nth(at % rows.len().max(1)).cloned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12 * times()))]

    #[test]
    fn the_ledger_holds_what_a_model_holds(acts in proptest::collection::vec(acts(), 1..40)) {
        let (folder, session) = bare();
        let mut office = Office::open(session, &folder.path().join("示例.jgdb"));
        for act in &acts {
            office.perform(act).expect("done");
            office.compare().expect("read");
        }
    }
}
