//! Rules that look at several fields of one asset.

use super::*;

#[rstest]
#[case("greenSunlit", KindCode::GreenSpace, "concentrated", &[("area", 300), ("sunlit", 100)], Verdict::Met)]
#[case("greenSunlit", KindCode::GreenSpace, "concentrated", &[("area", 300), ("sunlit", 99)], Verdict::Unmet)]
#[case("greenSunlit", KindCode::GreenSpace, "concentrated", &[("area", 300)], Verdict::Unknown)]
#[case("fireLaneFree", KindCode::ParkingArea, "marked", &[("onFireLane", 0)], Verdict::Met)]
#[case("fireLaneFree", KindCode::ParkingArea, "marked", &[("onFireLane", 1)], Verdict::Unmet)]
#[case("fireLaneFree", KindCode::ParkingArea, "marked", &[], Verdict::Unknown)]
#[case("fireLaneFree", KindCode::Outbuilding, "annexRoom", &[("onFireLane", 1)], Verdict::Unmet)]
#[case("deadEnd", KindCode::Road, "", &[("fireLane", 1), ("deadEnd", 40_000)], Verdict::Met)]
#[case("deadEnd", KindCode::Road, "", &[("fireLane", 1), ("deadEnd", 40_001), ("turningSide", 0)], Verdict::Unmet)]
#[case("deadEnd", KindCode::Road, "", &[("fireLane", 1), ("deadEnd", 40_001), ("turningSide", 12_000)], Verdict::Met)]
#[case("deadEnd", KindCode::Road, "", &[("fireLane", 1), ("deadEnd", 40_001)], Verdict::Unknown)]
#[case("deadEnd", KindCode::Road, "", &[("fireLane", 1)], Verdict::Unknown)]
#[case("landPerSpace", KindCode::ParkingArea, "lot", &[("area", 25_000), ("spaces", 10)], Verdict::Met)]
#[case("landPerSpace", KindCode::ParkingArea, "lot", &[("area", 24_999), ("spaces", 10)], Verdict::Unmet)]
#[case("landPerSpace", KindCode::ParkingArea, "lot", &[("spaces", 10)], Verdict::Unknown)]
#[case("accessibleSpaces", KindCode::ParkingArea, "lot", &[("spaces", 120), ("accessibleSpaces", 1)], Verdict::Met)]
#[case("accessibleSpaces", KindCode::ParkingArea, "lot", &[("spaces", 120), ("accessibleSpaces", 0)], Verdict::Unmet)]
#[case("accessibleSpaces", KindCode::ParkingArea, "lot", &[("spaces", 200), ("accessibleSpaces", 1)], Verdict::Met)]
#[case("accessibleSpaces", KindCode::ParkingArea, "lot", &[("spaces", 201), ("accessibleSpaces", 1)], Verdict::Unmet)]
#[case("accessibleSpaces", KindCode::ParkingArea, "lot", &[("spaces", 201), ("accessibleSpaces", 2)], Verdict::Met)]
#[case("accessibleSpaces", KindCode::ParkingArea, "lot", &[("accessibleSpaces", 2)], Verdict::Unknown)]
#[case("cyclePlaces", KindCode::CycleShed, "", &[("places", 150)], Verdict::Met)]
#[case("cyclePlaces", KindCode::CycleShed, "", &[("places", 149)], Verdict::Unmet)]
#[case("cyclePlaces", KindCode::CycleShed, "", &[], Verdict::Unknown)]
#[case("cyclePlacesAffordable", KindCode::CycleShed, "", &[("places", 200)], Verdict::Met)]
#[case("cyclePlacesAffordable", KindCode::CycleShed, "", &[("places", 199)], Verdict::Unmet)]
#[case("cyclePlacesAffordable", KindCode::CycleShed, "", &[], Verdict::Unknown)]
#[case("cycleCharging", KindCode::CycleShed, "", &[("chargingPlaces", 100)], Verdict::Met)]
#[case("cycleCharging", KindCode::CycleShed, "", &[("chargingPlaces", 99)], Verdict::Unmet)]
#[case("cycleCharging", KindCode::CycleShed, "", &[], Verdict::Unknown)]
#[case("cycleArea", KindCode::CycleShed, "", &[("area", 2_500), ("places", 10)], Verdict::Met)]
#[case("cycleArea", KindCode::CycleShed, "", &[("area", 2_499), ("places", 10)], Verdict::Unmet)]
#[case("cycleArea", KindCode::CycleShed, "", &[("places", 10)], Verdict::Unknown)]
#[case("rampSlope", KindCode::Facility, "ramp", &[("rise", 100), ("run", 1_200)], Verdict::Met)]
#[case("rampSlope", KindCode::Facility, "ramp", &[("rise", 100), ("run", 1_199)], Verdict::Unmet)]
#[case("rampSlope", KindCode::Facility, "ramp", &[("rise", 100)], Verdict::Unknown)]
#[case("rampHandrails", KindCode::Facility, "ramp", &[("rise", 300), ("run", 3_600)], Verdict::Met)]
#[case("rampHandrails", KindCode::Facility, "ramp", &[("rise", 301), ("run", 3_612), ("handrails", 0)], Verdict::Unmet)]
#[case("rampHandrails", KindCode::Facility, "ramp", &[("rise", 301), ("run", 3_612), ("handrails", 1)], Verdict::Met)]
#[case("rampHandrails", KindCode::Facility, "ramp", &[("rise", 301), ("run", 6_020)], Verdict::Met)]
#[case("rampHandrails", KindCode::Facility, "ramp", &[("rise", 301), ("run", 6_019)], Verdict::Unknown)]
#[case("rampRest", KindCode::Facility, "ramp", &[("rise", 750), ("restPlatforms", 0)], Verdict::Met)]
#[case("rampRest", KindCode::Facility, "ramp", &[("rise", 751), ("restPlatforms", 0)], Verdict::Unmet)]
#[case("rampRest", KindCode::Facility, "ramp", &[("rise", 1_500), ("restPlatforms", 1)], Verdict::Met)]
#[case("rampRest", KindCode::Facility, "ramp", &[("rise", 751)], Verdict::Unknown)]
#[case("headroom", KindCode::Road, "", &[("accessible", 1), ("clearHeight", 2_001)], Verdict::Met)]
#[case("headroom", KindCode::Road, "", &[("accessible", 1), ("clearHeight", 2_000), ("headGuard", 0)], Verdict::Unmet)]
#[case("headroom", KindCode::Road, "", &[("accessible", 1), ("clearHeight", 2_000), ("headGuard", 1)], Verdict::Met)]
#[case("headroom", KindCode::Road, "", &[("accessible", 1), ("clearHeight", 2_000)], Verdict::Unknown)]
#[case("headroom", KindCode::Road, "", &[("accessible", 1)], Verdict::Unknown)]
fn own_measures(
    #[case] code: &str,
    #[case] kind: KindCode,
    #[case] sort: &str,
    #[case] details: Details,
    #[case] expected: Verdict,
) {
    let mut world = World::with(vec![asset(1, kind, sort, details)]);
    world.site.tenure = "affordable".to_owned();
    let outcome = world.judge(code, Stage::Proposed);
    assert_eq!(outcome.verdict, expected, "{}", outcome.told);
    assert_eq!(outcome.missing.is_empty(), expected != Verdict::Unknown);
}

#[rstest]
#[case("commodity", Verdict::Void)]
#[case("", Verdict::Unknown)]
fn only_affordable_housing_has_two_places_each(#[case] tenure: &str, #[case] expected: Verdict) {
    let mut world = World::with(vec![asset(1, KindCode::CycleShed, "", &[("places", 1)])]);
    world.site.tenure = tenure.to_owned();
    assert_eq!(world.verdict("cyclePlacesAffordable"), expected);
}
