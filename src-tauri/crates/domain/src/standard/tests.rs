//! Every rule on both sides of its limit, and without the datum that it needs.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rstest::rstest;

use super::*;
use crate::comparison::{self, Action, Measures};

mod order;
mod own;

pub(super) fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

pub(super) fn asset(
    number: u8,
    kind: KindCode,
    sort: &str,
    details: &[(&'static str, i64)],
) -> Asset {
    let detail = |code: &str| {
        details
            .iter()
            .find(|(field, _)| *field == code)
            .map(|(_, value)| *value)
    };
    Asset {
        kind,
        id: Some(id(number)),
        label: format!("第{number}处"),
        sort: sort.to_owned(),
        fire_lane: detail("fireLane") == Some(1),
        overhead: false,
        faulty: false,
        measures: Measures {
            area_dm2: detail("area"),
            spaces: detail("spaces"),
            accessible_spaces: detail("accessibleSpaces"),
            length_mm: detail("length"),
            pieces: detail("pieces"),
            details: details.to_vec(),
            ..Measures::default()
        },
        cause: None,
    }
}

/// A compound and what its plan does.
pub(super) struct World {
    pub(super) assets: Vec<Asset>,
    pub(super) effects: Vec<Effect>,
    pub(super) facts: Facts,
    pub(super) site: Site,
    pub(super) steps: Vec<Step>,
    pub(super) enforcements: Vec<Enforcement>,
}

impl World {
    pub(super) fn with(assets: Vec<Asset>) -> Self {
        Self {
            assets,
            effects: Vec::new(),
            facts: Facts {
                people: 100,
                households: 100,
                site_area_dm2: Some(100_000),
                ..Facts::default()
            },
            site: Site {
                compound: id(200),
                tenure: String::new(),
                city_entrances: None,
                ebikes: None,
                buildings: Vec::new(),
                use_change_decided: Vec::new(),
            },
            steps: Vec::new(),
            enforcements: Vec::new(),
        }
    }

    pub(super) fn judge(&self, code: &str, stage: Stage) -> Outcome {
        let rule = rule(code).expect("a rule");
        let baseline = comparison::apply(&self.assets, &self.effects, Stage::Baseline);
        let state = comparison::apply(&self.assets, &self.effects, stage);
        let figures = comparison::figures(&self.facts, &state);
        let scene = Scene {
            stage,
            facts: &self.facts,
            site: &self.site,
            baseline: &baseline,
            state: &state,
            figures: &figures,
            effects: &self.effects,
            steps: &self.steps,
            enforcements: &self.enforcements,
        };
        rule.judge(&scene, Bound::parse(rule.value, rule.unit))
    }

    fn verdict(&self, code: &str) -> Verdict {
        self.judge(code, Stage::Proposed).verdict
    }
}

/// An asset that the rule speaks of, without the field that it measures.
fn subject(rule: &Rule, kind: KindCode) -> Asset {
    let code = rule.code;
    let (sort, details): (&str, &[(&'static str, i64)]) = match (rule.group, kind) {
        (Group::Green, _) => ("concentrated", &[("area", 100)]),
        (Group::Road, _) if code == "sideRoadWidth" => ("", &[("mainRoad", 0)]),
        (Group::Road, _) => (
            "",
            &[
                ("fireLane", 1),
                ("mainRoad", 1),
                ("turningSide", 1),
                ("highRise", 1),
                ("heavyEngines", 1),
            ],
        ),
        (Group::Parking, _) if code.ends_with("90") || code.ends_with("90FrontIn") => {
            ("lot", &[("degrees", 90)])
        }
        (Group::Parking, _) if code == "bayWidth0Roadside" => ("roadside", &[("degrees", 0)]),
        (Group::Parking, _) if code == "aisle60Wide" => ("lot", &[("degrees", 60)]),
        (Group::Parking, _) if code.ends_with("60") => ("lot", &[("degrees", 60)]),
        (Group::Parking, _) if code.ends_with("45") => ("lot", &[("degrees", 45)]),
        (Group::Parking, _) if code.ends_with("30") => ("lot", &[("degrees", 30)]),
        (Group::Parking, _) if code.ends_with('0') => ("lot", &[("degrees", 0)]),
        (Group::Parking, _) => ("roadside", &[("accessibleSpaces", 1)]),
        (Group::Access, KindCode::Road) => ("", &[("accessible", 1), ("crowded", 1)]),
        (Group::Access, _) => ("ramp", &[]),
        (Group::Hint, _) if code == "wasteRadius" => ("wasteStation", &[]),
        (Group::Hint, _) => ("fitnessEquipment", &[]),
        _ => ("", &[]),
    };
    asset(1, kind, sort, details)
}

fn with_detail(asset: &Asset, field: &'static str, value: i64) -> Asset {
    let mut changed = asset.clone();
    changed.measures.details.retain(|(code, _)| *code != field);
    changed.measures.details.push((field, value));
    changed
}

#[test]
fn every_rule_of_one_field_on_both_sides_of_its_limit() {
    for rule in RULES {
        let (kind, field) = match rule.looks {
            Looks::Each { kind, field, .. } | Looks::Flag { kind, field, .. } => (kind, field),
            Looks::Of(_) => continue,
        };
        let subject = subject(rule, kind);
        let at = |value| World::with(vec![with_detail(&subject, field, value)]).verdict(rule.code);
        if field != "turningSide" {
            let empty = World::with(vec![subject.clone()]);
            let outcome = empty.judge(rule.code, Stage::Proposed);
            assert_eq!(outcome.verdict, Verdict::Unknown, "{}", rule.code);
            assert_eq!(outcome.missing[0].field, field, "{}", rule.code);
            assert!(kind.kind().field(field).is_some(), "{}", rule.code);
        }
        match rule.looks {
            Looks::Each { compare, .. } => {
                let bound = Bound::parse(rule.value, rule.unit).expect("a limit");
                // Shares are kept in basis points.
                let limit = match rule.unit {
                    Unit::Share => bound.numerator * 10_000 / bound.denominator,
                    _ => bound.numerator,
                };
                let (met, unmet) = match compare {
                    Compare::AtLeast => (limit, limit - 1),
                    Compare::AtMost => (limit, limit + 1),
                };
                assert_eq!(at(met), Verdict::Met, "{}: {met}", rule.code);
                assert_eq!(at(unmet), Verdict::Unmet, "{}: {unmet}", rule.code);
            }
            Looks::Flag { want, .. } => {
                assert_eq!(at(i64::from(want)), Verdict::Met, "{}", rule.code);
                assert_eq!(at(i64::from(!want)), Verdict::Unmet, "{}", rule.code);
            }
            Looks::Of(_) => {}
        }
        let nothing = World::with(Vec::new());
        assert_eq!(nothing.verdict(rule.code), Verdict::Void, "{}", rule.code);
    }
}

/// Rules with a measure of their own that the cases below go through.
const OWN: &[&str] = &[
    "greenPerPerson",
    "greenPerPersonNew",
    "greenSunlit",
    "greenRatio",
    "greenRatioNew",
    "trees",
    "greenToParkingVote",
    "greenToParkingBan",
    "cityEntrances",
    "fireLaneFree",
    "deadEnd",
    "landPerSpace",
    "accessibleSpaces",
    "cyclePlaces",
    "cyclePlacesAffordable",
    "enforcementNotice",
    "enforcementHoliday",
    "lampSpacingClose",
    "cycleCharging",
    "cycleExisting",
    "cycleArea",
    "rampSlope",
    "rampHandrails",
    "rampRest",
    "headroom",
    "sunElderly",
    "sunNew",
    "sunAdded",
    "pipesFirst",
    "demolitionFirst",
    "enforcement",
    "lampSpacing",
    "manholeSpacing",
];

#[test]
fn no_rule_is_left_out_of_these_tests() {
    let own: BTreeSet<_> = RULES
        .iter()
        .filter(|rule| matches!(rule.looks, Looks::Of(_)))
        .map(|rule| rule.code)
        .collect();
    assert_eq!(own, OWN.iter().copied().collect());
}

#[test]
fn rules_are_whole() {
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
    for rule in RULES {
        assert!(!rule.value.is_empty() && !rule.source.is_empty() && !rule.region.is_empty());
        assert_eq!(
            rule.enabled(),
            rule.mark != Mark::Unverified,
            "{}",
            rule.code
        );
        let number = Bound::parse(rule.value, rule.unit).is_some();
        assert_eq!(
            number,
            rule.unit != Unit::None && rule.code != "manholeSpacing",
            "{}",
            rule.code
        );
    }
    let groups: Vec<_> = RULES.iter().map(|rule| rule.group).collect();
    let mut seen: Vec<Group> = Vec::new();
    for group in groups {
        if seen.last() != Some(&group) {
            assert!(!seen.contains(&group), "{} stands apart", group.label());
            seen.push(group);
        }
    }
}

#[rstest]
#[case("greenPerPerson", 3_500, Verdict::Met)]
#[case("greenPerPerson", 3_499, Verdict::Unmet)]
#[case("greenPerPersonNew", 5_000, Verdict::Met)]
#[case("greenPerPersonNew", 4_999, Verdict::Unmet)]
#[case("greenRatio", 25_000, Verdict::Met)]
#[case("greenRatio", 24_999, Verdict::Unmet)]
#[case("greenRatioNew", 30_000, Verdict::Met)]
#[case("greenRatioNew", 29_999, Verdict::Unmet)]
fn green(#[case] code: &str, #[case] area: i64, #[case] expected: Verdict) {
    let green = asset(1, KindCode::GreenSpace, "concentrated", &[("area", area)]);
    let world = World::with(vec![green.clone()]);
    assert_eq!(world.verdict(code), expected);
    let mut unknown = World::with(vec![asset(1, KindCode::GreenSpace, "concentrated", &[])]);
    let outcome = unknown.judge(code, Stage::Proposed);
    assert_eq!(
        (outcome.verdict, outcome.missing[0].field),
        (Verdict::Unknown, "area")
    );
    unknown.assets = vec![green];
    unknown.facts.people = 0;
    unknown.facts.site_area_dm2 = None;
    assert_eq!(unknown.verdict(code), Verdict::Unknown);
}

#[test]
fn the_sample_of_the_newspaper_needs_385_square_metres() {
    let mut world = World::with(vec![asset(
        1,
        KindCode::GreenSpace,
        "concentrated",
        &[("area", 21_000)],
    )]);
    world.facts.people = 1_100;
    let told = world.judge("greenPerPerson", Stage::Baseline).told;
    assert!(
        told.contains("385.00 ㎡") && told.contains("175.00 ㎡"),
        "{told}"
    );
}

#[test]
fn green_on_a_roof_does_not_count() {
    let on_roof = asset(
        1,
        KindCode::GreenSpace,
        "other",
        &[("area", 25_000), ("onRoof", 1)],
    );
    assert_eq!(
        World::with(vec![on_roof]).verdict("greenRatio"),
        Verdict::Unmet
    );
}

type Details = &'static [(&'static str, i64)];

#[rstest]
#[case(2, Verdict::Met)]
#[case(1, Verdict::Unmet)]
fn entrances(#[case] count: i64, #[case] expected: Verdict) {
    let mut world = World::with(Vec::new());
    let unknown = world.judge("cityEntrances", Stage::Baseline);
    assert_eq!(
        unknown.missing[0].place,
        Place::Record(KindCode::Compound, id(200))
    );
    world.site.city_entrances = Some(count);
    assert_eq!(world.verdict("cityEntrances"), expected);
}

#[rstest]
#[case(50, Verdict::Met)]
#[case(51, Verdict::Unmet)]
fn as_many_places_as_bikes(#[case] ebikes: i64, #[case] expected: Verdict) {
    let mut world = World::with(vec![asset(1, KindCode::CycleShed, "", &[("places", 50)])]);
    assert_eq!(world.verdict("cycleExisting"), Verdict::Unknown);
    world.site.ebikes = Some(ebikes);
    assert_eq!(world.verdict("cycleExisting"), expected);
}

#[rstest]
#[case("sunElderly", Some(200), Verdict::Met)]
#[case("sunElderly", Some(199), Verdict::Unmet)]
#[case("sunElderly", None, Verdict::Unknown)]
#[case("sunNew", Some(100), Verdict::Met)]
#[case("sunNew", Some(99), Verdict::Unmet)]
#[case("sunNew", None, Verdict::Unknown)]
fn sunlight(#[case] code: &str, #[case] hours: Option<i64>, #[case] expected: Verdict) {
    let mut world = World::with(Vec::new());
    assert_eq!(world.verdict(code), Verdict::Void);
    world.site.buildings.push(SunBuilding {
        id: id(3),
        label: "3号楼".to_owned(),
        elderly: true,
        new_dwelling: true,
        winter: hours,
        cold: hours,
    });
    assert_eq!(world.verdict(code), expected);
}

#[rstest]
#[case("lampSpacing", 60_000, Verdict::Met)]
#[case("lampSpacing", 60_001, Verdict::Unmet)]
#[case("lampSpacingClose", 50_000, Verdict::Met)]
#[case("lampSpacingClose", 50_001, Verdict::Unmet)]
fn lamps(#[case] code: &str, #[case] length: i64, #[case] expected: Verdict) {
    let world = World::with(vec![
        asset(1, KindCode::Road, "", &[("length", length)]),
        asset(2, KindCode::Facility, "lamp", &[("pieces", 2)]),
    ]);
    assert_eq!(world.verdict(code), expected);
    let unknown = World::with(vec![
        asset(1, KindCode::Road, "", &[]),
        asset(2, KindCode::Facility, "lamp", &[("pieces", 1)]),
    ]);
    assert_eq!(unknown.verdict(code), Verdict::Unknown);
}

#[rstest]
#[case(80_000, Verdict::Met)]
#[case(80_001, Verdict::Unmet)]
fn manholes_once_the_office_filled_in_a_limit(#[case] length: i64, #[case] expected: Verdict) {
    let pipe = asset(
        1,
        KindCode::PipeSegment,
        "sewage",
        &[("length", length), ("manholes", 2)],
    );
    let world = World::with(vec![pipe]);
    assert_eq!(world.verdict("manholeSpacing"), Verdict::Unknown);
    let rule = rule("manholeSpacing").expect("a rule");
    let state = comparison::apply(&world.assets, &[], Stage::Baseline);
    let scene = Scene {
        stage: Stage::Baseline,
        facts: &world.facts,
        site: &world.site,
        baseline: &state,
        state: &state,
        figures: &[],
        effects: &[],
        steps: &[],
        enforcements: &[],
    };
    let found = rule.judge(&scene, Bound::parse("40", rule.unit));
    assert_eq!(found.verdict, expected);
}

pub(super) fn effect(
    number: u8,
    action: Action,
    kind: KindCode,
    target: Option<u8>,
    measures: Measures,
) -> Effect {
    Effect {
        id: id(number),
        work_item: id(100),
        work_item_label: "示例内容".to_owned(),
        action,
        target: target.map(id),
        kind: Some(kind),
        name: "新的一处".to_owned(),
        sort: String::new(),
        measures,
        completed: true,
    }
}

fn details(details: &[(&'static str, i64)]) -> Measures {
    asset(0, KindCode::GreenSpace, "", details).measures
}

#[rstest]
#[case(6, Verdict::Met)]
#[case(5, Verdict::Unmet)]
fn three_for_one_tree(#[case] planted: i64, #[case] expected: Verdict) {
    let mut world = World::with(vec![asset(
        1,
        KindCode::GreenSpace,
        "other",
        &[("area", 100), ("trees", 10)],
    )]);
    assert_eq!(world.verdict("trees"), Verdict::Void);
    world.effects = vec![
        effect(
            2,
            Action::Alter,
            KindCode::GreenSpace,
            Some(1),
            details(&[("trees", 8)]),
        ),
        effect(
            3,
            Action::Create,
            KindCode::GreenSpace,
            None,
            details(&[("trees", planted)]),
        ),
    ];
    assert_eq!(world.verdict("trees"), expected);
    assert_eq!(world.judge("trees", Stage::Baseline).verdict, Verdict::Void);
}

#[test]
fn green_to_parking_raises_both_warnings() {
    let mut world = World::with(vec![asset(
        1,
        KindCode::GreenSpace,
        "other",
        &[("area", 10_000)],
    )]);
    let both = |world: &World| {
        (
            world.verdict("greenToParkingVote"),
            world.verdict("greenToParkingBan"),
        )
    };
    let bays = effect(
        2,
        Action::Create,
        KindCode::ParkingArea,
        None,
        details(&[("spaces", 10)]),
    );
    world.effects = vec![bays.clone()];
    assert_eq!(
        both(&world),
        (Verdict::Void, Verdict::Void),
        "no green is lost"
    );
    let less = effect(
        3,
        Action::Alter,
        KindCode::GreenSpace,
        Some(1),
        details(&[("area", 9_999)]),
    );
    world.effects = vec![less.clone()];
    assert_eq!(
        both(&world),
        (Verdict::Void, Verdict::Void),
        "no bay is added"
    );
    world.effects = vec![bays, less];
    assert_eq!(both(&world), (Verdict::Unmet, Verdict::Unmet));
    // Decided for a work item that touches neither green nor parking.
    world.site.use_change_decided = vec![Some(id(7))];
    assert_eq!(both(&world), (Verdict::Unmet, Verdict::Unmet));
    for decided in [Some(id(100)), None] {
        world.site.use_change_decided = vec![decided];
        assert_eq!(both(&world), (Verdict::Met, Verdict::Unmet));
    }
    assert_eq!(
        both(&world),
        (Verdict::Met, Verdict::Unmet),
        "no vote helps against the ordinance"
    );
    let on_green = details(&[("spaces", 1), ("ground", ground("green"))]);
    world.effects = vec![effect(
        2,
        Action::Create,
        KindCode::ParkingArea,
        None,
        on_green,
    )];
    assert_eq!(
        both(&world),
        (Verdict::Met, Verdict::Unmet),
        "by the planner's own words"
    );
    let freed = details(&[("spaces", 1), ("ground", ground("freed"))]);
    world.effects = vec![effect(
        2,
        Action::Create,
        KindCode::ParkingArea,
        None,
        freed,
    )];
    assert_eq!(both(&world), (Verdict::Void, Verdict::Void));
}

#[rstest]
#[case(&[("shades", 0)], Verdict::Met)]
#[case(&[("shades", 1)], Verdict::Unmet)]
#[case(&[], Verdict::Unknown)]
fn what_is_added_must_not_shade(#[case] shades: Details, #[case] expected: Verdict) {
    let mut world = World::with(vec![asset(1, KindCode::CycleShed, "", &[])]);
    assert_eq!(world.verdict("sunAdded"), Verdict::Void);
    world.effects = vec![effect(
        2,
        Action::Create,
        KindCode::CycleShed,
        None,
        details(shades),
    )];
    assert_eq!(world.verdict("sunAdded"), expected);
    assert_eq!(
        world.judge("sunAdded", Stage::Baseline).verdict,
        Verdict::Void
    );
}

#[test]
fn what_an_effect_sets_counts_at_its_stage_only() {
    let mut world = World::with(vec![asset(
        1,
        KindCode::Road,
        "",
        &[("fireLane", 1), ("clearWidth", 2_800)],
    )]);
    let mut wider = effect(
        2,
        Action::Alter,
        KindCode::Road,
        Some(1),
        details(&[("clearWidth", 4_000)]),
    );
    wider.completed = false;
    world.effects = vec![wider];
    let at = |stage| world.judge("fireLaneWidth", stage).verdict;
    assert_eq!(
        (at(Stage::Baseline), at(Stage::Proposed), at(Stage::AsBuilt)),
        (Verdict::Unmet, Verdict::Met, Verdict::Unmet)
    );
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}
