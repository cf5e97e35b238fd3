use proptest::prelude::*;

use super::*;
use crate::indicator::INDICATORS;

fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

fn asset(kind: KindCode, number: u8, sort: &str, measures: Measures) -> Asset {
    Asset {
        kind,
        id: Some(id(number)),
        label: format!("对象{number}"),
        sort: sort.to_owned(),
        fire_lane: kind == KindCode::Road,
        overhead: false,
        faulty: sort == "sewage",
        measures,
        cause: None,
    }
}

fn rooms(number: u8, sort: &str, rooms: i64, area_dm2: i64) -> Asset {
    asset(
        KindCode::Outbuilding,
        number,
        sort,
        Measures {
            rooms: Some(rooms),
            area_dm2: Some(area_dm2),
            ..Measures::default()
        },
    )
}

fn effect(
    number: u8,
    action: Action,
    kind: KindCode,
    target: Option<u8>,
    measures: Measures,
) -> Effect {
    Effect {
        id: id(number),
        work_item: id(200 + number % 50),
        work_item_label: format!("内容{number}"),
        action,
        target: target.map(id),
        kind: Some(kind),
        name: format!("新{number}"),
        sort: String::new(),
        measures,
        completed: number.is_multiple_of(2),
    }
}

fn value(facts: &Facts, state: &StageState, code: &str) -> Option<i64> {
    figures(facts, state)
        .into_iter()
        .find(|figure| figure.indicator.code == code)
        .and_then(|figure| figure.value)
}

fn facts() -> Facts {
    Facts {
        site_area_dm2: Some(1_500_000),
        dwellings: 307,
        dwelling_uses: vec![("住宅".to_owned(), 307)],
        households: 307,
        people: 1100,
        cars: Some(180),
        lifts: 0,
        given: Vec::new(),
    }
}

#[test]
fn demolished_ground_becomes_parking_and_green() {
    let baseline = [
        rooms(1, "rowHouse", 22, 33_000),
        asset(
            KindCode::ParkingArea,
            2,
            "marked",
            Measures {
                spaces: Some(60),
                ..Measures::default()
            },
        ),
        asset(
            KindCode::GreenSpace,
            3,
            "concentrated",
            Measures {
                area_dm2: Some(21_000),
                ..Measures::default()
            },
        ),
    ];
    let effects = [
        effect(
            10,
            Action::Demolish,
            KindCode::Outbuilding,
            Some(1),
            Measures::default(),
        ),
        effect(
            11,
            Action::Create,
            KindCode::ParkingArea,
            None,
            Measures {
                spaces: Some(12),
                ..Measures::default()
            },
        ),
        effect(
            12,
            Action::Alter,
            KindCode::GreenSpace,
            Some(3),
            Measures {
                area_dm2: Some(39_000),
                ..Measures::default()
            },
        ),
    ];
    let facts = facts();
    let before = apply(&baseline, &effects, Stage::Baseline);
    let after = apply(&baseline, &effects, Stage::Proposed);
    let built = apply(&baseline, &effects, Stage::AsBuilt);
    let triple = |code| {
        (
            value(&facts, &before, code),
            value(&facts, &after, code),
            value(&facts, &built, code),
        )
    };
    assert_eq!(triple("rowHouseRooms"), (Some(22), Some(0), Some(0)));
    assert_eq!(triple("demolishedRooms"), (Some(0), Some(22), Some(22)));
    assert_eq!(triple("freedArea"), (Some(0), Some(33_000), Some(33_000)));
    assert_eq!(triple("parkingSpaces"), (Some(60), Some(72), Some(60)));
    assert_eq!(triple("spacesPerHousehold"), (Some(20), Some(23), Some(20)));
    assert_eq!(triple("parkingGap"), (Some(120), Some(108), Some(120)));
    assert_eq!(triple("greenRatio"), (Some(140), Some(260), Some(260)));
    assert_eq!(
        triple("concentratedGreenPerPerson"),
        (Some(19), Some(35), Some(35))
    );
}

#[test]
fn some_rooms_of_a_row_house() {
    let baseline = [rooms(1, "rowHouse", 10, 10_000)];
    let partly = Measures {
        rooms: Some(4),
        ..Measures::default()
    };
    let state = apply(
        &baseline,
        &[effect(
            2,
            Action::Demolish,
            KindCode::Outbuilding,
            Some(1),
            partly,
        )],
        Stage::Proposed,
    );
    assert_eq!(value(&facts(), &state, "rowHouseRooms"), Some(6));
    assert_eq!(value(&facts(), &state, "outbuildingArea"), Some(6_000));
    assert_eq!(value(&facts(), &state, "demolishedArea"), Some(4_000));
}

#[test]
fn what_does_not_add_up_is_found_and_leaves_the_assets_alone() {
    let baseline = [
        rooms(1, "rowHouse", 10, 10_000),
        rooms(2, "annexRoom", 1, 600),
    ];
    let too_many = Measures {
        rooms: Some(11),
        ..Measures::default()
    };
    let effects = [
        effect(
            2,
            Action::Demolish,
            KindCode::Outbuilding,
            Some(1),
            too_many,
        ),
        effect(
            4,
            Action::Demolish,
            KindCode::Outbuilding,
            Some(2),
            Measures::default(),
        ),
        effect(
            6,
            Action::Demolish,
            KindCode::Outbuilding,
            Some(2),
            Measures::default(),
        ),
        effect(
            8,
            Action::Alter,
            KindCode::Outbuilding,
            Some(2),
            Measures {
                rooms: Some(3),
                ..Measures::default()
            },
        ),
        effect(
            10,
            Action::Demolish,
            KindCode::Outbuilding,
            Some(99),
            Measures::default(),
        ),
    ];
    let state = apply(&baseline, &effects, Stage::Proposed);
    assert_eq!(
        state.findings,
        [
            Finding::DemolishedTwice {
                label: "对象2".into(),
                work_item: "内容6".into()
            },
            Finding::TargetMissing {
                work_item: "内容10".into()
            },
            Finding::TooManyRooms {
                label: "对象1".into(),
                wanted: 11,
                present: 10
            },
            Finding::AlteredAfterDemolition {
                label: "对象2".into(),
                work_item: "内容8".into()
            },
        ]
    );
    assert_eq!(value(&facts(), &state, "rowHouseRooms"), Some(10));
    assert_eq!(value(&facts(), &state, "demolishedRooms"), Some(1));
}

#[test]
fn unknown_is_not_zero() {
    let unmeasured = asset(
        KindCode::Outbuilding,
        1,
        "annexRoom",
        Measures {
            rooms: Some(1),
            ..Measures::default()
        },
    );
    let state = apply(std::slice::from_ref(&unmeasured), &[], Stage::Baseline);
    assert_eq!(value(&facts(), &state, "outbuildingArea"), None);
    assert_eq!(value(&Facts::default(), &state, "greenRatio"), None);
    let state = apply(
        &[unmeasured, rooms(2, "annexRoom", 1, 600)],
        &[],
        Stage::Baseline,
    );
    let area = figures(&facts(), &state)
        .into_iter()
        .find(|figure| figure.indicator.code == "outbuildingArea")
        .expect("listed");
    assert_eq!((area.value, area.unfilled), (Some(600), 1));
    assert_eq!(
        value(&facts(), &StageState::default(), "outbuildingArea"),
        Some(0)
    );
}

#[test]
fn cleared_sewer_is_no_longer_faulty() {
    let sewer = asset(
        KindCode::PipeSegment,
        1,
        "sewage",
        Measures {
            length_mm: Some(320_000),
            ..Measures::default()
        },
    );
    let restored = Measures {
        restored: Some(true),
        ..Measures::default()
    };
    let effects = [
        effect(2, Action::Alter, KindCode::PipeSegment, Some(1), restored),
        effect(
            4,
            Action::Quantity {
                statistic: "pipeDredged".into(),
                hundredths: 32_000,
            },
            KindCode::PipeSegment,
            None,
            Measures::default(),
        ),
    ];
    let state = apply(&[sewer], &effects, Stage::Proposed);
    assert_eq!(value(&facts(), &state, "faultyPipe"), Some(0));
    assert_eq!(value(&facts(), &state, "sewagePipe"), Some(320_000));
    assert_eq!(value(&facts(), &state, "pipeDredged"), Some(320_000));
}

fn any_asset(number: u8) -> impl Strategy<Value = Asset> {
    (0usize..4, 0i64..50, 0i64..100_000).prop_map(move |(sort, count, area)| match sort {
        0 => rooms(number, "rowHouse", count, area),
        1 => asset(
            KindCode::ParkingArea,
            number,
            "marked",
            Measures {
                spaces: Some(count),
                ..Measures::default()
            },
        ),
        2 => asset(
            KindCode::GreenSpace,
            number,
            "concentrated",
            Measures {
                area_dm2: Some(area),
                ..Measures::default()
            },
        ),
        _ => asset(
            KindCode::Facility,
            number,
            "lamp",
            Measures {
                pieces: Some(count),
                ..Measures::default()
            },
        ),
    })
}

fn any_world() -> impl Strategy<Value = (Vec<Asset>, Vec<Effect>)> {
    let assets: Vec<_> = (1u8..20).map(any_asset).collect();
    let effects = proptest::collection::vec((0u8..3, 1u8..25, 0i64..60), 0..20).prop_map(|specs| {
        specs
            .into_iter()
            .enumerate()
            .map(|(index, (action, target, amount))| {
                let number = u8::try_from(30 + index).expect("few");
                let measures = Measures {
                    spaces: Some(amount),
                    ..Measures::default()
                };
                match action {
                    0 => effect(
                        number,
                        Action::Demolish,
                        KindCode::Outbuilding,
                        Some(target),
                        Measures::default(),
                    ),
                    1 => effect(
                        number,
                        Action::Create,
                        KindCode::ParkingArea,
                        None,
                        measures,
                    ),
                    _ => effect(
                        number,
                        Action::Alter,
                        KindCode::ParkingArea,
                        Some(target),
                        measures,
                    ),
                }
            })
            .collect::<Vec<_>>()
    });
    (assets, effects)
}

#[test]
fn what_two_items_say_of_one_asset_is_told_and_does_not_depend_on_their_order() {
    let green = |number: u8, area: i64| {
        effect(
            number,
            Action::Alter,
            KindCode::GreenSpace,
            Some(1),
            Measures {
                area_dm2: Some(area),
                ..Measures::default()
            },
        )
    };
    let (assets, facts) = (
        vec![asset(
            KindCode::GreenSpace,
            1,
            "concentrated",
            Measures {
                area_dm2: Some(40_000),
                ..Measures::default()
            },
        )],
        facts(),
    );
    let mut effects = vec![green(31, 50_000), green(32, 60_000)];
    let one = apply(&assets, &effects, Stage::Proposed);
    assert_eq!(
        one.findings,
        [Finding::AlteredTwice {
            label: "对象1".into(),
            work_item: "内容32".into()
        }]
    );
    effects.reverse();
    let two = apply(&assets, &effects, Stage::Proposed);
    assert_eq!((&one.assets, &one.findings), (&two.assets, &two.findings));
    assert_eq!(value(&facts, &one, "greenArea"), Some(50_000));
    effects[0] = green(32, 50_000);
    assert_eq!(apply(&assets, &effects, Stage::Proposed).findings, []);
}

proptest! {
    #[test]
    fn without_effects_nothing_changes((assets, effects) in any_world()) {
        let before = apply(&assets, &effects, Stage::Baseline);
        prop_assert_eq!(&before.assets, &assets);
        prop_assert_eq!(&before, &apply(&assets, &[], Stage::Proposed));
    }

    #[test]
    fn order_of_effects_does_not_matter((assets, effects) in any_world(), seed in any::<u64>()) {
        let mut shuffled = effects.clone();
        let length = shuffled.len().max(1);
        for index in 0..shuffled.len() {
            let other = usize::try_from(seed.rotate_left(u32::try_from(index).expect("few")) % length as u64).expect("small");
            shuffled.swap(index, other);
        }
        let facts = facts();
        let one = figures(&facts, &apply(&assets, &effects, Stage::Proposed));
        let two = figures(&facts, &apply(&assets, &shuffled, Stage::Proposed));
        for (left, right) in one.iter().zip(&two) {
            prop_assert_eq!(left.value, right.value, "{}", left.indicator.code);
        }
    }

    #[test]
    fn sums_equal_their_rows((assets, effects) in any_world()) {
        for figure in figures(&facts(), &apply(&assets, &effects, Stage::Proposed)) {
            if combine_of(figure.indicator.code) == Combine::Sum && figure.unfilled == 0 {
                prop_assert_eq!(figure.value, Some(figure.parts.iter().filter_map(|part| part.value).sum::<i64>()));
            }
        }
    }

    #[test]
    fn before_and_its_changes_make_after((assets, effects) in any_world()) {
        let facts = facts();
        let before = figures(&facts, &apply(&assets, &effects, Stage::Baseline));
        let state = apply(&assets, &effects, Stage::Proposed);
        for (before, after) in before.iter().zip(&figures(&facts, &state)) {
            if combine_of(before.indicator.code) != Combine::Sum {
                continue;
            }
            let sum = |figure: &Figure| figure.parts.iter().filter_map(|part| part.value).sum::<i64>();
            let changes = changes(before, after, &state);
            let change: i64 = changes.iter().map(|change| change.less + change.more).sum();
            prop_assert_eq!(sum(before) + change, sum(after), "{}", before.indicator.code);
            prop_assert!(changes.iter().all(|change| change.less <= 0 && change.more >= 0));
            prop_assert!(changes.iter().all(|change| change.cause.is_some()));
        }
    }

    #[test]
    fn rooms_are_standing_or_demolished((assets, effects) in any_world()) {
        let facts = facts();
        let before = value(&facts, &apply(&assets, &effects, Stage::Baseline), "rowHouseRooms");
        let state = apply(&assets, &effects, Stage::Proposed);
        let after = value(&facts, &state, "rowHouseRooms").zip(value(&facts, &state, "demolishedRooms"));
        prop_assert_eq!(before, after.map(|(standing, gone)| standing + gone));
    }
}

#[test]
fn every_indicator_is_figured_once() {
    let all = figures(&facts(), &StageState::default());
    assert_eq!(all.len(), INDICATORS.len());
    assert!(
        all.iter()
            .all(|figure| !formula(figure.indicator.code).is_empty())
    );
}

#[test]
fn a_new_path_for_wheelchairs_is_no_fire_lane() {
    let path = |accessible: bool| {
        let mut measures = Measures {
            clear_width_mm: Some(1_500),
            open: Some(true),
            ..Measures::default()
        };
        if accessible {
            measures.details.push(("accessible", 1));
        }
        let new = effect(1, Action::Create, KindCode::Road, None, measures);
        let state = apply(&[], &[new], Stage::Proposed);
        value(&Facts::default(), &state, "fireLaneMinWidth")
    };
    assert_eq!(path(false), Some(1_500));
    assert_eq!(path(true), None);
}

#[test]
fn metered_households_come_from_water_and_power_lines() {
    let metered = |count| Measures {
        details: vec![("meteredHouseholds", count)],
        ..Measures::default()
    };
    let baseline = [
        asset(KindCode::PipeSegment, 1, "water", metered(100)),
        asset(KindCode::PipeSegment, 2, "water", Measures::default()),
        asset(KindCode::PipeSegment, 3, "power", Measures::default()),
    ];
    let effects = [effect(
        10,
        Action::Alter,
        KindCode::PipeSegment,
        Some(2),
        metered(207),
    )];
    let rate = |stage, code| value(&facts(), &apply(&baseline, &effects, stage), code);
    assert_eq!(rate(Stage::Baseline, "waterMetered"), Some(3_257));
    assert_eq!(rate(Stage::Proposed, "waterMetered"), Some(10_000));
    assert_eq!(
        rate(Stage::Proposed, "powerMetered"),
        None,
        "nobody filled it in"
    );
}

#[test]
fn a_plan_says_which_road_is_a_fire_lane() {
    let lane = |told| Measures {
        length_mm: Some(50_000),
        open: Some(true),
        details: vec![("fireLane", told)],
        ..Measures::default()
    };
    for (told, expected) in [(1, true), (0, false)] {
        let road = asset(KindCode::Road, 1, "", Measures::default());
        let effects = [
            effect(10, Action::Create, KindCode::Road, None, lane(told)),
            effect(11, Action::Alter, KindCode::Road, Some(1), lane(told)),
        ];
        let after = apply(&[road], &effects, Stage::Proposed).assets;
        let lanes: Vec<bool> = after.iter().map(|road| road.fire_lane).collect();
        assert_eq!(lanes, [expected, expected]);
    }
}
