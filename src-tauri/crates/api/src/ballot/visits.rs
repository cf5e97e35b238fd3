//! 还差多少: whom to visit.

use std::collections::{BTreeMap, HashMap};

use jiugai_domain::ballot::gap::{Candidate, fewest, needed};
use jiugai_domain::ballot::{Cast, Tally, Vote};
use jiugai_domain::fixed::format_grouped;
use jiugai_storage::ballots::{LastVisit, Motion, Straw};

use super::counted::Counted;
use super::roll::buildings;
use super::tally::heads_and_area;
use crate::wire::{BallotBuilding, BallotVisit};

/// Owners to visit that are listed at most.
const MOST_VISITS: usize = 300;

/// An owner who can still take part: head number, what would be added, places.
struct Waiting {
    head: usize,
    candidate: Candidate,
    places: Vec<usize>,
}

fn waiting(
    counted: &Counted,
    casts: &[Cast],
    tally: &Tally,
    straws: &HashMap<&str, &Straw>,
) -> Vec<Waiting> {
    // From what follows those who agree nothing more is to be had.
    let agrees = tally.majority == Some(Vote::Approve);
    let mut heads: BTreeMap<usize, Waiting> = BTreeMap::new();
    let mut said: HashMap<usize, Vec<Vote>> = HashMap::new();
    for (at, cast) in casts.iter().enumerate() {
        let seat = counted.seats[at];
        match cast {
            Cast::Unreturned if agrees => said.entry(seat.head).or_default().push(Vote::Approve),
            Cast::Valid(vote) => said.entry(seat.head).or_default().push(*vote),
            Cast::NotReached | Cast::Unreturned => {
                let waiting = heads.entry(seat.head).or_insert_with(|| Waiting {
                    head: seat.head,
                    candidate: Candidate {
                        area_dm2: 0,
                        new_head: true,
                        rank: 0,
                    },
                    places: Vec::new(),
                });
                waiting.candidate.area_dm2 += seat.area_dm2;
                waiting.places.push(at);
            }
            Cast::Invalid | Cast::Pending => {}
        }
    }
    heads
        .into_values()
        // Who said no with another paper would only make a conflict.
        .filter(|one| {
            said.get(&one.head)
                .is_none_or(|votes| votes.iter().all(|vote| *vote == Vote::Approve))
        })
        .map(|mut one| {
            one.candidate.new_head = !said.contains_key(&one.head);
            one.candidate.rank = match straws
                .get(counted.heads[one.head].as_str())
                .map(|straw| straw.leaning.as_str())
            {
                None | Some("undecided") => 0,
                Some("approve") => 1,
                Some("abstain") => 2,
                _ => 3,
            };
            one
        })
        .collect()
}

pub(super) fn leaning_label(code: &str) -> &'static str {
    match code {
        "approve" => "可能同意",
        "reject" => "可能反对",
        "abstain" => "可能弃权",
        "undecided" => "没有表态",
        _ => "",
    }
}

fn outcome_label(code: &str) -> String {
    jiugai_domain::KindCode::Visit
        .kind()
        .field("outcome")
        .map_or_else(String::new, |field| {
            field.format(&jiugai_domain::Value::Text(code.to_owned()))
        })
}

pub(super) fn visits(
    counted: &Counted,
    motion: &Motion,
    casts: &[Cast],
    tally: &Tally,
    known: &HashMap<jiugai_domain::RecordId, LastVisit>,
    straws: &HashMap<&str, &Straw>,
) -> (Vec<BallotVisit>, String) {
    let leg = Counted::leg(motion);
    let want = needed(tally, leg);
    let open = waiting(counted, casts, tally, straws);
    let list: Vec<Candidate> = open.iter().map(|one| one.candidate).collect();
    let chosen = fewest(&list, want);
    let note = match &chosen {
        Some(list) if list.is_empty() => "已经够了，不用再跑。".to_owned(),
        Some(list) => format!(
            "最少再找 {} 位业主，都交票并且同意，就够了（{}）。",
            list.len(),
            heads_and_area(want)
        ),
        None => {
            let area: i64 = list.iter().map(|one| one.area_dm2).sum();
            let heads = list.iter().filter(|one| one.new_head).count();
            format!(
                "还差 {}；没交票的业主全都同意，也只能加上 {} 人、{} ㎡，这一项够不了。",
                heads_and_area(want),
                heads,
                format_grouped(area, 2)
            )
        }
    };
    let mut order: Vec<usize> = chosen.clone().unwrap_or_default();
    let first = order.len();
    let mut rest: Vec<usize> = (0..open.len()).filter(|at| !order.contains(at)).collect();
    rest.sort_by_key(|at| (list[*at].rank, std::cmp::Reverse(list[*at].area_dm2), *at));
    order.extend(rest);
    let rows = order
        .into_iter()
        .take(MOST_VISITS)
        .enumerate()
        .map(|(position, at)| {
            let one = &open[at];
            let entry = &counted.entries[one.places[0]];
            let places: Vec<&str> = one
                .places
                .iter()
                .take(6)
                .map(|at| counted.entries[*at].place.as_str())
                .collect();
            let mut places = places.join("、");
            if one.places.len() > 6 {
                places = format!("{places} 等 {} 套", one.places.len());
            }
            let last = one
                .places
                .iter()
                .filter_map(|at| known.get(&counted.entries[*at].dwelling))
                .max_by(|a, b| a.visited_on.cmp(&b.visited_on));
            let told = straws.get(counted.heads[one.head].as_str());
            let leaning = told.map_or_else(String::new, |straw| straw.leaning.clone());
            BallotVisit {
                head: counted.heads[one.head].clone(),
                label: entry.head_label.clone(),
                places,
                building: entry.building.clone(),
                area: format_grouped(one.candidate.area_dm2, 2),
                last: last
                    .filter(|visit| !visit.visited_on.is_empty())
                    .map_or_else(String::new, |visit| {
                        format!("{} {}", visit.visited_on, outcome_label(&visit.outcome))
                    }),
                time: last.map_or_else(String::new, |visit| visit.good_time.clone()),
                leaning_label: leaning_label(&leaning).to_owned(),
                leaning,
                straw: told.map_or_else(String::new, |straw| straw.note.clone()),
                chosen: position < first,
            }
        })
        .collect();
    (rows, note)
}

pub(super) fn by_building(counted: &Counted, casts: &[Cast]) -> Vec<BallotBuilding> {
    buildings(counted.entries.iter().map(|entry| entry.building.as_str()))
        .into_iter()
        .map(|building| {
            let places: Vec<usize> = (0..counted.entries.len())
                .filter(|at| counted.entries[*at].building == building)
                .collect();
            let there = |at: &&usize| matches!(casts[**at], Cast::Valid(_));
            let area = |places: &[usize]| -> i64 {
                places.iter().map(|at| counted.seats[*at].area_dm2).sum()
            };
            let part: Vec<usize> = places.iter().filter(there).copied().collect();
            BallotBuilding {
                papers: format!("{} / {} 套", part.len(), places.len()),
                area: format!(
                    "{} / {} ㎡",
                    format_grouped(area(&part), 2),
                    format_grouped(area(&places), 2)
                ),
                left: (places.len() - part.len()).to_string(),
                building,
            }
        })
        .collect()
}
