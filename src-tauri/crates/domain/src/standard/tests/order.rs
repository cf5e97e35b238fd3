//! The order of work, and the first day of a forced demolition.

use super::*;

fn step(number: u8, starts: Option<&str>, ends: Option<&str>) -> Step {
    Step {
        starts: starts.map(day),
        ends: ends.map(day),
        ..Step::of(id(number), format!("内容{number}"))
    }
}

fn world(steps: Vec<Step>) -> World {
    World {
        steps,
        ..World::with(Vec::new())
    }
}

#[rstest]
#[case("2026-05-01", Verdict::Met)]
#[case("2026-05-02", Verdict::Unmet)]
fn pipes_are_done_before_the_road_begins(#[case] pipes_end: &str, #[case] expected: Verdict) {
    let mut pipes = step(1, None, Some(pipes_end));
    pipes.pipes = true;
    let mut road = step(2, Some("2026-05-01"), None);
    road.surface = true;
    let mut world = world(vec![road, pipes]);
    assert_eq!(world.verdict("pipesFirst"), expected);
    assert_eq!(
        world.judge("pipesFirst", Stage::Baseline).verdict,
        Verdict::Void
    );
    world.steps[1].ends = None;
    let outcome = world.judge("pipesFirst", Stage::Proposed);
    assert_eq!(
        (outcome.verdict, outcome.missing[0].field),
        (Verdict::Unknown, "endOn")
    );
    // Through another item that both know.
    world.steps[0].after = vec![id(3)];
    world.steps.push(Step {
        after: vec![id(1)],
        ..step(3, None, None)
    });
    assert_eq!(world.verdict("pipesFirst"), Verdict::Met);
    world.steps.retain(|step| !step.pipes);
    assert_eq!(world.verdict("pipesFirst"), Verdict::Void);
}

#[rstest]
#[case(Some("2026-06-01"), Verdict::Met)]
#[case(Some("2026-06-02"), Verdict::Unmet)]
#[case(None, Verdict::Unmet)]
fn a_finished_road_over_unfinished_pipes(#[case] done: Option<&str>, #[case] expected: Verdict) {
    let mut pipes = step(1, None, None);
    pipes.pipes = true;
    pipes.completed = done.map(day);
    let mut road = step(2, None, None);
    road.surface = true;
    road.completed = Some(day("2026-06-01"));
    let world = world(vec![pipes, road]);
    assert_eq!(world.judge("pipesFirst", Stage::AsBuilt).verdict, expected);
}

#[rstest]
#[case("2026-05-01", Verdict::Met)]
#[case("2026-05-02", Verdict::Unmet)]
fn demolition_comes_before_building_on_its_ground(#[case] end: &str, #[case] expected: Verdict) {
    let mut demolition = step(1, None, Some(end));
    demolition.demolishes = true;
    let mut shed = step(2, Some("2026-05-01"), None);
    shed.builds_on_freed = true;
    let mut world = world(vec![demolition, shed]);
    assert_eq!(world.verdict("demolitionFirst"), expected);
    world.steps[1].builds_on_freed = false;
    assert_eq!(world.verdict("demolitionFirst"), Verdict::Void);
    world.steps[1].ground_unknown = vec!["北院车棚".to_owned()];
    let outcome = world.judge("demolitionFirst", Stage::Proposed);
    assert_eq!(
        (outcome.verdict, outcome.missing[0].field),
        (Verdict::Unknown, "ground")
    );
}

#[rstest]
// Six months govern: the first day is not counted, and the day after the last one is the first lawful.
#[case("2026-01-10", None, "2026-07-11")]
// A month that has no such day ends on its last one.
#[case("2026-08-31", None, "2027-03-01")]
// A review: fifteen days from its decision, and never before the sixty days are over.
#[case("2026-01-10", Some("2026-03-20"), "2026-04-05")]
#[case("2026-01-10", Some("2026-01-20"), "2026-03-12")]
fn earliest(#[case] delivered: &str, #[case] reviewed: Option<&str>, #[case] expected: &str) {
    assert_eq!(
        earliest_enforcement(day(delivered), reviewed.map(day), 6),
        Some(day(expected))
    );
}

fn forced(planned: Option<&str>) -> Enforcement {
    Enforcement {
        outbuilding: id(9),
        label: "F-001".to_owned(),
        disposal: "enforcedDemolition".to_owned(),
        promised: None,
        delivered: Some(day("2026-01-10")),
        reviewed: None,
        urged: Some(day("2026-07-12")),
        announced: Some(day("2026-07-12")),
        planned: planned.map(day),
        demolished: None,
        owner_known: true,
        lived_in: false,
    }
}

#[rstest]
#[case(Some("2026-07-11"), Verdict::Met)]
#[case(Some("2026-07-10"), Verdict::Unmet)]
#[case(None, Verdict::Unknown)]
fn a_schedule_against_the_first_lawful_day(
    #[case] planned: Option<&str>,
    #[case] expected: Verdict,
) {
    let mut world = World::with(Vec::new());
    assert_eq!(world.verdict("enforcement"), Verdict::Void);
    world.enforcements = vec![forced(planned)];
    let outcome = world.judge("enforcement", Stage::Proposed);
    assert_eq!(outcome.verdict, expected);
    if let Some(row) = outcome.rows.first() {
        assert!(row.value.starts_with("最早 2026-07-11"), "{}", row.value);
    }
}

#[rstest]
#[case("selfDemolition", Verdict::Void)]
#[case("", Verdict::Unknown)]
fn who_demolishes_himself_waits_for_nobody(#[case] disposal: &str, #[case] expected: Verdict) {
    let mut world = World::with(Vec::new());
    world.enforcements = vec![Enforcement {
        disposal: disposal.to_owned(),
        ..forced(None)
    }];
    assert_eq!(world.verdict("enforcement"), expected);
}

#[test]
fn papers_that_are_missing_are_named() {
    let mut world = World::with(Vec::new());
    world.enforcements = vec![Enforcement {
        urged: None,
        announced: None,
        ..forced(Some("2026-08-01"))
    }];
    let outcome = world.judge("enforcement", Stage::Proposed);
    let fields: Vec<_> = outcome
        .missing
        .iter()
        .map(|missing| missing.field)
        .collect();
    assert_eq!(
        (outcome.verdict, fields),
        (Verdict::Unknown, vec!["urgedOn", "announcedOn"])
    );
    world.enforcements[0].delivered = None;
    let outcome = world.judge("enforcement", Stage::Proposed);
    assert_eq!(outcome.missing[0].field, "deliveredOn");
}

#[rstest]
#[case("2026-08-11", false, Verdict::Unmet)]
#[case("2026-08-12", false, Verdict::Met)]
#[case("2026-08-11", true, Verdict::Void)]
fn a_notice_of_thirty_days_where_nobody_knows_whose_it_is(
    #[case] planned: &str,
    #[case] owner_known: bool,
    #[case] expected: Verdict,
) {
    let mut world = World::with(Vec::new());
    world.enforcements = vec![Enforcement {
        owner_known,
        ..forced(Some(planned))
    }];
    let outcome = world.judge("enforcementNotice", Stage::Proposed);
    assert_eq!(outcome.verdict, expected, "{}", outcome.told);
    if !owner_known {
        world.enforcements[0].announced = None;
        let outcome = world.judge("enforcementNotice", Stage::Proposed);
        assert_eq!(
            (outcome.verdict, outcome.missing[0].field),
            (Verdict::Unknown, "announcedOn")
        );
    }
}

#[rstest]
#[case("2026-09-30", Verdict::Met)]
#[case("2026-10-01", Verdict::Unmet)]
#[case("2026-10-03", Verdict::Unmet)]
#[case("2026-10-04", Verdict::Met)]
#[case("2027-01-01", Verdict::Unmet)]
fn no_force_on_a_holiday(#[case] planned: &str, #[case] expected: Verdict) {
    let mut world = World::with(Vec::new());
    world.enforcements = vec![forced(Some(planned))];
    assert_eq!(world.verdict("enforcementHoliday"), expected);
    world.enforcements[0].planned = None;
    assert_eq!(world.verdict("enforcementHoliday"), Verdict::Unknown);
}

#[test]
fn who_lives_there_is_housed_first() {
    let mut world = World::with(Vec::new());
    world.enforcements = vec![Enforcement {
        lived_in: true,
        ..forced(Some("2026-08-01"))
    }];
    let outcome = world.judge("enforcement", Stage::Proposed);
    assert!(outcome.rows[0].value.contains("先安置"), "{outcome:?}");
}

#[rstest]
#[case("4号楼", "1至3号楼", Verdict::Void)]
#[case("3号楼", "1至3号楼", Verdict::Unmet)]
#[case("", "1至3号楼", Verdict::Unmet)]
fn pipes_and_roads_of_other_places_do_not_wait(
    #[case] pipes_at: &str,
    #[case] road_at: &str,
    #[case] expected: Verdict,
) {
    let mut pipes = step(1, None, Some("2026-06-01"));
    pipes.pipes = true;
    pipes.place = pipes_at.to_owned();
    let mut road = step(2, Some("2026-05-01"), None);
    road.surface = true;
    road.place = road_at.to_owned();
    assert_eq!(world(vec![pipes, road]).verdict("pipesFirst"), expected);
}
