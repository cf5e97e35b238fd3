//! Whose answer it is: by the number on the sheet, the room in any notation, the end of the phone
//! number, the name within a building.

use std::collections::HashMap;

use jiugai_domain::RecordId;
use jiugai_domain::survey::{SheetCode, look, sheet_code};
use jiugai_domain::text::normalize;
use jiugai_storage::Connection;
use jiugai_storage::records::PlaceName;
use jiugai_storage::survey::{self as store, Door};

use crate::ApiError;

/// Digits of a phone number that are enough.
const PHONE_TAIL: usize = 4;
/// Digits of a whole mobile number.
const WHOLE_PHONE: usize = 11;

/// The doors of a compound, looked up in memory.
pub(super) struct Doors {
    pub(super) all: Vec<Door>,
    by_place: HashMap<(String, String, String), Vec<usize>>,
    by_room: HashMap<(String, String), Vec<usize>>,
    by_figures: HashMap<String, Vec<usize>>,
    /// By the last figures: doors with the whole number that is known.
    by_phone: HashMap<String, Vec<(usize, String)>>,
    by_name: HashMap<(String, String), Vec<usize>>,
}

/// What a place or a person can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Met {
    /// One door.
    One(usize),
    /// Several: a person has to say which.
    Several(Vec<usize>),
    /// None.
    None,
}

fn met(found: Option<&Vec<usize>>) -> Met {
    match found.map(Vec::as_slice) {
        Some([one]) => Met::One(*one),
        None | Some([]) => Met::None,
        Some(several) => Met::Several(several.to_vec()),
    }
}

/// `3号楼2单元301`.
pub(super) fn place(door: &Door) -> String {
    format!("{}{}{}", door.building_name, door.entrance_name, door.room)
}

/// The same with the contact.
pub(super) fn label(door: &Door) -> String {
    match door.contact.as_str() {
        "" => place(door),
        contact => format!("{} {contact}", place(door)),
    }
}

/// Each door once, in order.
fn distinct<'a>(found: impl Iterator<Item = &'a (usize, String)>) -> Vec<usize> {
    let mut doors: Vec<usize> = Vec::new();
    for (at, _) in found {
        if !doors.contains(at) {
            doors.push(*at);
        }
    }
    doors
}

/// The text names a building and a room, whether the ledger has them or not.
pub(super) fn names_room(text: &str) -> bool {
    let parsed = PlaceName::parse(&normalize(text));
    let given = |part: &Option<String>| part.as_ref().is_some_and(|part| !part.is_empty());
    given(&parsed.building) && given(&parsed.room)
}

fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl Doors {
    pub(super) fn of(conn: &Connection, compound: RecordId) -> Result<Self, ApiError> {
        let all = store::doors(conn, compound)?;
        let mut doors = Self {
            by_place: HashMap::new(),
            by_room: HashMap::new(),
            by_figures: HashMap::new(),
            by_phone: HashMap::new(),
            by_name: HashMap::new(),
            all,
        };
        for (at, door) in doors.all.iter().enumerate() {
            let building = &door.building_name;
            let room = door.room.clone();
            doors
                .by_place
                .entry((building.clone(), door.entrance_name.clone(), room.clone()))
                .or_default()
                .push(at);
            doors
                .by_room
                .entry((building.clone(), room))
                .or_default()
                .push(at);
            let typed = format!(
                "{}{}{}",
                figures(building),
                figures(&door.entrance_name),
                figures(&door.room)
            );
            doors.by_figures.entry(typed).or_default().push(at);
            let phone = figures(&door.phone);
            if phone.len() >= PHONE_TAIL {
                let tail = phone[phone.len() - PHONE_TAIL..].to_owned();
                doors.by_phone.entry(tail).or_default().push((at, phone));
            }
            if !door.contact.is_empty() {
                doors
                    .by_name
                    .entry((building.clone(), door.contact.clone()))
                    .or_default()
                    .push(at);
            }
        }
        let mut at_dwelling = HashMap::new();
        for (at, door) in doors.all.iter().enumerate() {
            at_dwelling.entry(door.dwelling).or_insert(at);
        }
        for (dwelling, name, phone) in store::owners(conn, compound)? {
            let Some(at) = at_dwelling.get(&dwelling).copied() else {
                continue;
            };
            let phone = figures(&phone);
            if phone.len() >= PHONE_TAIL {
                let tail = phone[phone.len() - PHONE_TAIL..].to_owned();
                doors.by_phone.entry(tail).or_default().push((at, phone));
            }
            let found = doors
                .by_name
                .entry((doors.all[at].building_name.clone(), name))
                .or_default();
            if !found.contains(&at) {
                found.push(at);
            }
        }
        Ok(doors)
    }

    /// The door of a dwelling and household.
    pub(super) fn find(&self, dwelling: RecordId, household: Option<RecordId>) -> Option<&Door> {
        self.all
            .iter()
            .find(|door| door.dwelling == dwelling && door.household == household)
    }

    /// By the room, however it is written.
    pub(super) fn by_place(&self, text: &str) -> Met {
        let text = normalize(text);
        if text.is_empty() {
            return Met::None;
        }
        let parsed = PlaceName::parse(&text);
        let building = parsed.building.unwrap_or_default();
        let room = parsed.room.unwrap_or_default();
        if !building.is_empty() && !room.is_empty() {
            let found = match parsed.entrance {
                Some(entrance) => met(self.by_place.get(&(building, entrance, room))),
                None => met(self.by_room.get(&(building, room))),
            };
            if found != Met::None {
                return found;
            }
        }
        // 五交化家属院3号楼2单元301: what stands before the number of the building.
        let plain = figures(&text);
        if plain.len() >= PHONE_TAIL && plain.len() < 9 {
            return met(self.by_figures.get(&plain));
        }
        Met::None
    }

    /// By the end of the phone number.
    pub(super) fn by_phone(&self, text: &str) -> Met {
        let phone = figures(&normalize(text));
        if phone.len() < PHONE_TAIL {
            return Met::None;
        }
        let Some(found) = self.by_phone.get(&phone[phone.len() - PHONE_TAIL..]) else {
            return Met::None;
        };
        // A whole number that is known decides between several with the same end, and two whole
        // numbers that differ are two people.
        let is_whole = |number: &str| number.len() >= WHOLE_PHONE;
        let same = distinct(found.iter().filter(|(_, known)| *known == phone));
        if let [one] = same.as_slice() {
            return Met::One(*one);
        }
        let may_be = distinct(
            found
                .iter()
                .filter(|(_, known)| *known == phone || !is_whole(known) || !is_whole(&phone)),
        );
        met(Some(&may_be))
    }

    /// By the name within a building, which is told by the place as far as it goes.
    pub(super) fn by_name(&self, place: &str, name: &str) -> Met {
        let building = PlaceName::parse(place).building;
        let name = normalize(name);
        match building {
            Some(building) if !name.is_empty() => met(self.by_name.get(&(building, name))),
            _ => Met::None,
        }
    }

    /// By what was scanned or typed at the entry screen.
    pub(super) fn by_typed(&self, round: RecordId, typed: &str) -> Result<Met, SheetCode> {
        let text = normalize(typed);
        match look(round, &text) {
            SheetCode::ThisRound => {
                let found: Vec<usize> = (0..self.all.len())
                    .filter(|at| sheet_code(round, self.all[*at].dwelling) == text)
                    .collect();
                Ok(met(Some(&found)))
            }
            SheetCode::Other => Ok(self.by_place(&text)),
            wrong => Err(wrong),
        }
    }
}
