//! 房态图: a building as it stands.

use std::collections::HashMap;

use chrono::NaiveDate;
use jiugai_domain::board::{Mark, Spot, Theme, Tone, layout};
use jiugai_domain::survey::Stance;
use jiugai_domain::visit::{Outcome, Standing};
use jiugai_domain::{KindCode, RecordId, fixed};
use jiugai_storage::query::voice::{DwellingSpot, Living, Part, WishLine};
use jiugai_storage::{Connection, survey};

use super::{Voices, place, short_day, who};
use crate::text::{key, small};
use crate::wire::{
    BoardCell, BoardCoverage, BoardLegend, BoardStorey, BoardTheme, BoardTone, RecordLink,
    RoomBoard,
};
use crate::{ApiError, Session};

/// A theme with what it needs beside visits and wishes.
pub(super) struct View {
    pub(super) theme: Theme,
    told: BoardTheme,
    /// What the households of a dwelling answered, for themes of a survey.
    answers: HashMap<RecordId, Vec<Answered>>,
}

/// What one household answered.
struct Answered {
    state: &'static str,
    stale: bool,
}

impl View {
    /// The theme of that code.
    pub(super) fn find(
        conn: &Connection,
        compound: RecordId,
        code: &str,
    ) -> Result<Self, ApiError> {
        let told = themes(conn, compound)?
            .into_iter()
            .find(|theme| theme.code == code)
            .ok_or_else(ApiError::not_found)?;
        if let Some(theme) = Theme::from_code(code) {
            return Ok(Self {
                theme,
                told,
                answers: HashMap::new(),
            });
        }
        let mut parts = code.split(':');
        let (_, round, question) = (parts.next(), parts.next(), parts.next());
        let round = survey::round(conn, key(round.unwrap_or_default())?)?;
        let round = round.ok_or_else(ApiError::not_found)?;
        let question = question.and_then(|key| key.parse::<u32>().ok());
        let asked = match question {
            Some(question) => survey::version(conn, round.questionnaire)?.and_then(|version| {
                let questions = version.sheet.questions.into_iter();
                questions.into_iter().find(|asked| asked.key == question)
            }),
            None => None,
        };
        let counting = crate::survey::counting(conn, &round)?;
        let mut answers: HashMap<RecordId, Vec<Answered>> = HashMap::new();
        for standing in survey::standing(conn, round.id, question, None, &counting)? {
            let stance = standing.choice.and_then(|number| {
                let choices = &asked.as_ref()?.choices;
                choices
                    .iter()
                    .find(|choice| i64::from(choice.number) == number)?
                    .stance
            });
            let state = match (standing.response.is_some(), question, stance) {
                (false, ..) => "none",
                (true, None, _) => "answered",
                (true, Some(_), Some(Stance::Willing)) => "willing",
                (true, Some(_), Some(Stance::Against)) => "against",
                (true, Some(_), Some(Stance::Undecided)) => "undecided",
                (true, Some(_), None) => "silent",
            };
            answers
                .entry(standing.door.dwelling)
                .or_default()
                .push(Answered {
                    state,
                    stale: standing.stale && standing.response.is_some(),
                });
        }
        Ok(Self {
            theme: if question.is_some() {
                Theme::Stance
            } else {
                Theme::Answered
            },
            told,
            answers,
        })
    }
}

/// What can be shown of a compound: its own themes, then those of its survey rounds.
fn themes(conn: &Connection, compound: RecordId) -> Result<Vec<BoardTheme>, ApiError> {
    let mut found: Vec<BoardTheme> = Theme::ALL
        .into_iter()
        .map(|theme| BoardTheme {
            code: theme.code().to_owned(),
            label: theme.label().to_owned(),
        })
        .collect();
    for round in survey::rounds(conn, Some(compound))?.into_iter().rev() {
        found.push(BoardTheme {
            code: format!("answered:{}", round.id),
            label: format!("{} 答卷", round.name),
        });
        let Some(version) = survey::version(conn, round.questionnaire)? else {
            continue;
        };
        for question in &version.sheet.questions {
            let told = question
                .choices
                .iter()
                .any(|choice| choice.stance.is_some());
            if let (Some(topic), true) = (question.topic, told) {
                found.push(BoardTheme {
                    code: format!("stance:{}:{}", round.id, question.key),
                    label: format!("{} {}", round.name, topic.label()),
                });
            }
        }
    }
    Ok(found)
}

/// The dwellings of a compound with their marks.
pub(super) struct Marked {
    voices: Voices,
    view: View,
    marks: Vec<&'static Mark>,
    today: NaiveDate,
}

impl Session {
    pub(super) fn marked(&self, compound: &str, theme: &str) -> Result<Marked, ApiError> {
        let conn = self.connection()?;
        let compound = key(compound)?;
        let view = View::find(conn, compound, theme)?;
        let voices = Voices::load(conn, Part::Compound(compound))?;
        let marks = voices
            .dwellings
            .iter()
            .map(|spot| view.theme.mark(state(&view, &voices, spot)))
            .collect();
        Ok(Marked {
            voices,
            view,
            marks,
            today: self.now().date_naive(),
        })
    }

    /// The board of a building, the first one when none is named.
    ///
    /// # Errors
    /// `notFound` for an unknown theme or a building that is gone.
    pub fn board_get(
        &self,
        compound: &str,
        building: Option<&str>,
        theme: &str,
    ) -> Result<RoomBoard, ApiError> {
        let marked = self.marked(compound, theme)?;
        let building = building.map(key).transpose()?;
        let themes = themes(self.connection()?, key(compound)?)?;
        marked.board(building, themes)
    }
}

impl Marked {
    /// Keys and names of the buildings, in order.
    pub(super) fn buildings(&self) -> Vec<(RecordId, &str)> {
        let mut buildings: Vec<(RecordId, &str)> = Vec::new();
        for spot in &self.voices.dwellings {
            if buildings.last().is_none_or(|(id, _)| *id != spot.building) {
                buildings.push((spot.building, &spot.building_name));
            }
        }
        buildings
    }

    /// The board of a building, the first one when none is named.
    pub(super) fn board(
        &self,
        building: Option<RecordId>,
        themes: Vec<BoardTheme>,
    ) -> Result<RoomBoard, ApiError> {
        let (voices, marks, theme) = (&self.voices, &self.marks, self.view.theme);
        let buildings = self.buildings();
        let chosen = match building {
            Some(id) => {
                let found = buildings.iter().find(|(other, _)| *other == id);
                Some(*found.ok_or_else(ApiError::not_found)?)
            }
            None => buildings.first().copied(),
        };
        let here: Vec<usize> = (0..voices.dwellings.len())
            .filter(|index| Some(voices.dwellings[*index].building) == chosen.map(|(id, _)| id))
            .collect();
        let spots: Vec<Spot<'_>> = here
            .iter()
            .map(|index| {
                let spot = &voices.dwellings[*index];
                Spot {
                    entrance: &spot.entrance,
                    storey: spot.storey,
                    room: &spot.room,
                }
            })
            .collect();
        let layout = layout(&spots);
        let cell = |at: usize| self.cell(here[at]);
        let count = |indices: &mut dyn Iterator<Item = usize>| {
            let (mut covered, mut total) = (0, 0);
            for index in indices {
                total += 1;
                covered += usize::from(marks[index].covered);
            }
            (covered, total)
        };
        let entrances = layout
            .entrances
            .iter()
            .map(|(name, _)| {
                let mut inside = here
                    .iter()
                    .copied()
                    .filter(|index| voices.dwellings[*index].entrance == *name);
                let label = if name.is_empty() {
                    "未分单元"
                } else {
                    name
                };
                coverage(label, None, count(&mut inside))
            })
            .collect();
        let of_building = |(id, name): &(RecordId, &str)| {
            let mut inside =
                (0..marks.len()).filter(|index| voices.dwellings[*index].building == *id);
            coverage(name, Some(*id), count(&mut inside))
        };
        Ok(RoomBoard {
            building: chosen.map(|(id, name)| RecordLink {
                kind: KindCode::Building,
                id: id.to_string(),
                label: name.to_owned(),
            }),
            theme: self.view.told.clone(),
            themes,
            coverage_label: theme.coverage().to_owned(),
            coverage: chosen
                .as_ref()
                .map_or_else(|| coverage("", None, (0, 0)), of_building),
            entrances,
            buildings: buildings.iter().map(of_building).collect(),
            legend: theme
                .marks()
                .iter()
                .map(|mark| BoardLegend {
                    code: mark.code.to_owned(),
                    label: mark.label.to_owned(),
                    sign: mark.sign.to_owned(),
                    tone: tone(mark.tone),
                    count: small(here.iter().filter(|index| marks[**index] == mark).count()),
                })
                .filter(|legend| {
                    legend.count > 0 || !matches!(legend.code.as_str(), "mixed" | "part" | "silent")
                })
                .collect(),
            storeys: layout
                .storeys
                .iter()
                .map(|storey| BoardStorey {
                    label: storey
                        .number
                        .map_or_else(|| "楼层未填".to_owned(), |number| format!("{number}层")),
                    cells: storey
                        .cells
                        .iter()
                        .map(|door| door.iter().map(|at| at.map(cell)).collect())
                        .collect(),
                })
                .collect(),
            note: doubt(voices, &here),
        })
    }

    fn cell(&self, index: usize) -> BoardCell {
        let spot = &self.voices.dwellings[index];
        let living = self.voices.living(spot.id);
        let mark = self.marks[index];
        BoardCell {
            dwelling: spot.id.to_string(),
            household: match living {
                [one] => Some(one.id.to_string()),
                _ => None,
            },
            place: place(spot),
            room: spot.room.clone(),
            who: short_who(living),
            state: mark.code.to_owned(),
            label: mark.label.to_owned(),
            sign: mark.sign.to_owned(),
            tone: tone(mark.tone),
            note: note(&self.view, &self.voices, spot, &|iso| {
                short_day(iso, self.today)
            }),
        }
    }
}

fn tone(tone: Tone) -> BoardTone {
    match tone {
        Tone::Good => BoardTone::Good,
        Tone::Warn => BoardTone::Warn,
        Tone::Bad => BoardTone::Bad,
        Tone::Note => BoardTone::Note,
        Tone::Blank => BoardTone::Blank,
        Tone::Off => BoardTone::Off,
    }
}

fn coverage(
    label: &str,
    building: Option<RecordId>,
    (covered, total): (usize, usize),
) -> BoardCoverage {
    let percent = (covered * 100).checked_div(total).unwrap_or(0);
    let whole = |count: usize| i64::try_from(count).ok();
    let tenths = fixed::ratio(whole(covered), whole(total), 1_000).unwrap_or(0);
    let share = fixed::format(tenths, 1);
    BoardCoverage {
        label: label.to_owned(),
        building: building.map(|id| id.to_string()),
        covered: small(covered),
        total: small(total),
        text: format!("{covered}/{total} 套，{}%", share.trim_end_matches(".0")),
        percent: small(percent),
    }
}

/// The code of the state that a dwelling has.
fn state(view: &View, voices: &Voices, spot: &DwellingSpot) -> &'static str {
    let living = voices.living(spot.id);
    let theme = view.theme;
    match theme {
        Theme::Answered | Theme::Stance => {
            let told = view.answers.get(&spot.id).map_or(&[][..], Vec::as_slice);
            let mut states: Vec<&'static str> = told.iter().map(|one| one.state).collect();
            states.sort_unstable();
            states.dedup();
            match states.as_slice() {
                [] => "none",
                [one] => one,
                _ if theme == Theme::Answered => "part",
                several => {
                    let mut said = several
                        .iter()
                        .copied()
                        .filter(|state| !matches!(*state, "none" | "silent"));
                    match (said.next(), said.next()) {
                        (Some(one), None) => one,
                        (None, _) => "silent",
                        _ => "mixed",
                    }
                }
            }
        }
        Theme::Visit => match voices.standing(spot.id).outcome {
            Some(Outcome::Done) => "done",
            Some(Outcome::Contacted) => "contacted",
            Some(Outcome::Unreachable) => "unreachable",
            Some(Outcome::Refused) => "refused",
            Some(Outcome::Pending) | None => "none",
        },
        Theme::Willingness => agreed(
            theme,
            living
                .iter()
                .map(|one| one.willingness.as_str())
                .filter(|code| *code != "unreached"),
        ),
        Theme::Outbuilding => agreed(theme, living.iter().map(|one| one.cooperation.as_str())),
        Theme::Lift => agreed(theme, latest(voices.wishes(spot.id), "lift").into_iter()),
        Theme::Arrears => {
            let missing = spot.missing + living.iter().map(|one| one.missing).sum::<i64>();
            match (living.len(), missing) {
                (0, _) => "none",
                (_, 0) => "full",
                (_, 1..=2) => "few",
                _ => "many",
            }
        }
    }
}

/// What the households of a dwelling say together; `mixed` when they differ.
fn agreed<'a>(theme: Theme, codes: impl Iterator<Item = &'a str>) -> &'static str {
    let mut said: Vec<&str> = codes.filter(|code| !code.is_empty()).collect();
    said.sort_unstable();
    said.dedup();
    match said.as_slice() {
        [] => "none",
        [one] => theme.mark(one).code,
        _ => "mixed",
    }
}

/// The last word of each household on a measure.
pub(super) fn latest<'a>(wishes: &'a [WishLine], measure: &str) -> Vec<&'a str> {
    let mut last: Vec<(Option<RecordId>, &WishLine)> = Vec::new();
    for wish in wishes.iter().filter(|wish| wish.measure == measure) {
        match last.iter_mut().find(|(whose, _)| *whose == wish.household) {
            Some((_, earlier)) => {
                if wish.raised_on >= earlier.raised_on {
                    *earlier = wish;
                }
            }
            None => last.push((wish.household, wish)),
        }
    }
    last.into_iter()
        .map(|(_, wish)| wish.attitude.as_str())
        .collect()
}

/// 李某; 空置; 2 户.
fn short_who(living: &[Living]) -> String {
    match living {
        [] => "无住户".to_owned(),
        [_] => who(living),
        several => format!("{} 户", several.len()),
    }
}

fn note(view: &View, voices: &Voices, spot: &DwellingSpot, day: &dyn Fn(&str) -> String) -> String {
    let now: Standing<'_> = voices.standing(spot.id);
    let mut told = Vec::new();
    match view.theme {
        Theme::Answered | Theme::Stance => {
            let answers = view.answers.get(&spot.id);
            if answers.is_some_and(|answers| answers.iter().any(|one| one.stale)) {
                told.push("方案已变，要再问".to_owned());
            }
        }
        Theme::Visit => {
            if now.waiting {
                told.push("在清单上".to_owned());
            }
            if let Some(next) = now.next {
                told.push(format!("约定 {}", day(next)));
            }
            if now.open_promises > 0 {
                told.push("承诺未兑现".to_owned());
            }
            if now.vain > 1 {
                told.push(format!("{} 次没见到人", now.vain));
            }
        }
        Theme::Outbuilding if spot.outbuildings > 0 => {
            told.push(format!("附属房 {} 处", spot.outbuildings));
        }
        Theme::Arrears => {
            let living = voices.living(spot.id);
            let missing = spot.missing + living.iter().map(|one| one.missing).sum::<i64>();
            if missing > 0 {
                told.push(format!("缺 {missing} 项"));
            }
        }
        Theme::Willingness | Theme::Lift | Theme::Outbuilding => {}
    }
    told.join("，")
}

/// Visits that name no household though the dwelling has several.
fn doubt(voices: &Voices, here: &[usize]) -> String {
    let open: usize = here
        .iter()
        .map(|index| &voices.dwellings[*index])
        .filter(|spot| voices.living(spot.id).len() > 1)
        .map(|spot| {
            let visits = voices.visits(spot.id).iter();
            visits
                .filter(|visit| visit.household.is_none() && visit.outcome != "pending")
                .count()
        })
        .sum();
    if open == 0 {
        String::new()
    } else {
        format!(
            "有 {open} 次走访没写明是哪一户（同一套房住着几户）。点开那套房，在走访记录里补上。"
        )
    }
}
