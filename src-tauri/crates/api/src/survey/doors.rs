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

/// The doors of a compound, looked up in memory.
pub(super) struct Doors {
    pub(super) all: Vec<Door>,
    by_place: HashMap<(String, String, String), Vec<usize>>,
    by_room: HashMap<(String, String), Vec<usize>>,
    by_figures: HashMap<String, Vec<usize>>,
    by_phone: HashMap<String, Vec<usize>>,
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
                doors.by_phone.entry(tail).or_default().push(at);
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
                let found = doors.by_phone.entry(tail).or_default();
                if !found.contains(&at) {
                    found.push(at);
                }
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
        let found = self.by_phone.get(&phone[phone.len() - PHONE_TAIL..]);
        // A whole number that is known decides between several with the same end.
        if let Some(found) = found.filter(|_| phone.len() >= 11) {
            let whole: Vec<usize> = found
                .iter()
                .copied()
                .filter(|at| figures(&self.all[*at].phone) == phone)
                .collect();
            if let [one] = whole.as_slice() {
                return Met::One(*one);
            }
        }
        met(found)
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
