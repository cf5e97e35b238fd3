//! 小算盘: the little sums that planners scribble, in whole numbers.

use crate::fixed;

/// How cars stand along a strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParkingMode {
    /// 垂直.
    Perpendicular,
    /// 平行.
    Parallel,
    /// 60°.
    Sixty,
    /// 45°.
    FortyFive,
    /// 30°.
    Thirty,
}

impl ParkingMode {
    /// Every mode in the order people ask for them.
    pub const ALL: [Self; 5] = [
        Self::Perpendicular,
        Self::Parallel,
        Self::Sixty,
        Self::FortyFive,
        Self::Thirty,
    ];

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Perpendicular => "垂直",
            Self::Parallel => "平行",
            Self::Sixty => "60° 斜列",
            Self::FortyFive => "45° 斜列",
            Self::Thirty => "30° 斜列",
        }
    }

    /// Degrees as a parking area keeps them.
    #[must_use]
    pub fn degrees(self) -> i64 {
        match self {
            Self::Perpendicular => 90,
            Self::Parallel => 0,
            Self::Sixty => 60,
            Self::FortyFive => 45,
            Self::Thirty => 30,
        }
    }

    /// The rules that hold the usual sizes: depth of a bay across the strip, bay along it, aisle.
    #[must_use]
    pub fn rules(self) -> [&'static str; 3] {
        match self {
            Self::Perpendicular => ["bayLength90", "bayWidth90", "aisle90"],
            Self::Parallel => ["bayWidth0", "bayLength0", "aisle0"],
            Self::Sixty => ["bayLength60", "bayWidth60", "aisle60"],
            Self::FortyFive => ["bayLength45", "bayWidth45", "aisle45"],
            Self::Thirty => ["bayLength30", "bayWidth30", "aisle30"],
        }
    }
}

/// Sizes of a bay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaySizes {
    /// Across the strip.
    pub depth_mm: i64,
    /// Along it.
    pub pitch_mm: i64,
    /// Beside it.
    pub aisle_mm: i64,
}

/// What a strip takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bays {
    /// Bays that fit; none when the aisle or the fire lane would be too narrow.
    pub count: i64,
    /// Bays by the length alone.
    pub by_length: i64,
    /// Width that remains beside the bays.
    pub remaining_mm: i64,
    /// The aisle is wide enough.
    pub aisle_fits: bool,
    /// A fire lane remains.
    pub lane_fits: bool,
}

/// Bays along a strip of `length` and `width` (with the lane), `clearance` free at both ends together,
/// when a fire lane of `lane` must remain; `lane` is zero where there is none.
#[must_use]
pub fn bays(
    length_mm: i64,
    width_mm: i64,
    clearance_mm: i64,
    sizes: BaySizes,
    lane_mm: i64,
) -> Bays {
    let usable = (length_mm - clearance_mm).max(0);
    let by_length = if sizes.pitch_mm > 0 {
        usable / sizes.pitch_mm
    } else {
        0
    };
    let remaining_mm = width_mm - sizes.depth_mm;
    let aisle_fits = remaining_mm >= sizes.aisle_mm;
    let lane_fits = remaining_mm >= lane_mm;
    Bays {
        count: if aisle_fits && lane_fits {
            by_length
        } else {
            0
        },
        by_length,
        remaining_mm,
        aisle_fits,
        lane_fits,
    }
}

/// A ramp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ramp {
    /// Length of the slopes, level.
    pub slope_mm: i64,
    /// Rest platforms between the flights.
    pub platforms: i64,
    /// Slopes and rest platforms together.
    pub total_mm: i64,
}

/// A ramp over a rise: `times` the rise long (12 for 1:12), a rest platform after each `flight` of rise.
#[must_use]
pub fn ramp(rise_mm: i64, times: i64, flight_mm: i64, platform_mm: i64) -> Ramp {
    let platforms = if rise_mm > 0 && flight_mm > 0 {
        (rise_mm - 1) / flight_mm
    } else {
        0
    };
    let slope_mm = rise_mm.max(0) * times;
    Ramp {
        slope_mm,
        platforms,
        total_mm: slope_mm + platforms * platform_mm,
    }
}

/// Concentrated green against what people need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GreenNeed {
    /// Per person in 0.01 ㎡, rounded; none without people.
    pub each_dm2: Option<i64>,
    /// Needed in all.
    pub needed_dm2: i64,
    /// What is missing.
    pub missing_dm2: i64,
}

/// How much concentrated green is missing to so much per person.
#[must_use]
pub fn green(area_dm2: i64, people: i64, per_person_dm2: i64) -> GreenNeed {
    let needed_dm2 = per_person_dm2 * people.max(0);
    GreenNeed {
        each_dm2: fixed::ratio(Some(area_dm2), Some(people), 1),
        needed_dm2,
        missing_dm2: (needed_dm2 - area_dm2).max(0),
    }
}

/// Places for cycles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CycleNeed {
    /// Places needed.
    pub places: i64,
    /// Charging places needed.
    pub charging: i64,
    /// Ground for the places that are missing, in 0.01 ㎡.
    pub area_dm2: i64,
    /// Places missing.
    pub missing_places: i64,
    /// Charging places missing.
    pub missing_charging: i64,
}

/// What there is and what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycles {
    /// 户.
    pub households: i64,
    /// 电动车 counted; the need is never less.
    pub ebikes: i64,
    /// Places per household in hundredths.
    pub per_household: i64,
    /// Charging places per household in hundredths.
    pub charging_per_household: i64,
    /// Ground of a place in 0.01 ㎡.
    pub each_dm2: i64,
    /// Places there are.
    pub places: i64,
    /// Charging places there are.
    pub charging: i64,
}

/// Places and charging places for a compound.
#[must_use]
pub fn cycles(input: &Cycles) -> CycleNeed {
    let share = |hundredths: i64| (input.households.max(0) * hundredths + 99) / 100;
    let places = share(input.per_household).max(input.ebikes);
    let charging = share(input.charging_per_household);
    let missing_places = (places - input.places).max(0);
    CycleNeed {
        places,
        charging,
        area_dm2: missing_places * input.each_dm2,
        missing_places,
        missing_charging: (charging - input.charging).max(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// As the rules are shipped.
    fn sizes(mode: ParkingMode) -> BaySizes {
        let [depth_mm, pitch_mm, aisle_mm] = mode.rules().map(|code| {
            let rule = crate::standard::rule(code).expect("a rule");
            let bound = crate::standard::Bound::parse(rule.value, rule.unit);
            bound.expect("a number").needed(1)
        });
        BaySizes {
            depth_mm,
            pitch_mm,
            aisle_mm,
        }
    }

    #[rstest]
    #[case::perpendicular(ParkingMode::Perpendicular, 10_800, 24_000, 10)]
    #[case::one_short(ParkingMode::Perpendicular, 10_800, 23_999, 9)]
    #[case::aisle_too_narrow(ParkingMode::Perpendicular, 10_799, 24_000, 0)]
    #[case::parallel(ParkingMode::Parallel, 6_400, 24_000, 4)]
    #[case::parallel_lane(ParkingMode::Parallel, 6_399, 24_000, 0)]
    #[case::sixty(ParkingMode::Sixty, 10_000, 28_000, 10)]
    #[case::sixty_narrow(ParkingMode::Sixty, 9_999, 28_000, 0)]
    #[case::forty_five(ParkingMode::FortyFive, 9_500, 34_000, 10)]
    #[case::forty_five_lane(ParkingMode::FortyFive, 9_499, 34_000, 0)]
    #[case::thirty(ParkingMode::Thirty, 8_800, 48_000, 10)]
    #[case::thirty_lane(ParkingMode::Thirty, 8_799, 48_000, 0)]
    fn strips(
        #[case] mode: ParkingMode,
        #[case] width: i64,
        #[case] length: i64,
        #[case] expected: i64,
    ) {
        assert_eq!(bays(length, width, 0, sizes(mode), 4_000).count, expected);
    }

    #[test]
    fn a_lane_of_four_metres_remains_or_nothing_is_drawn() {
        // Parallel bays ask for 3.8 m of aisle only; the fire lane wants 4.0 m.
        let sizes = sizes(ParkingMode::Parallel);
        let narrow = bays(60_000, 6_399, 0, sizes, 4_000);
        assert!(narrow.aisle_fits && !narrow.lane_fits);
        assert_eq!((narrow.count, narrow.by_length), (0, 10));
        assert_eq!(bays(60_000, 6_399, 0, sizes, 0).count, 10, "no fire lane");
        assert_eq!(bays(60_000, 6_400, 6_000, sizes, 4_000).count, 9);
        assert_eq!(bays(3_000, 6_400, 6_000, sizes, 4_000).count, 0);
    }

    #[rstest]
    #[case(750, 9_000, 0, 9_000)]
    #[case(751, 9_012, 1, 10_512)]
    #[case(1_500, 18_000, 1, 19_500)]
    #[case(1_501, 18_012, 2, 21_012)]
    #[case(0, 0, 0, 0)]
    fn ramps(#[case] rise: i64, #[case] slope: i64, #[case] platforms: i64, #[case] total: i64) {
        assert_eq!(
            ramp(rise, 12, 750, 1_500),
            Ramp {
                slope_mm: slope,
                platforms,
                total_mm: total
            }
        );
    }

    #[rstest]
    #[case(38_500, 1_100, 35, 0)]
    #[case(38_499, 1_100, 35, 1)]
    #[case(21_000, 1_100, 35, 17_500)]
    #[case(21_000, 1_100, 50, 34_000)]
    fn greens(#[case] area: i64, #[case] people: i64, #[case] each: i64, #[case] missing: i64) {
        assert_eq!(green(area, people, each).missing_dm2, missing);
    }

    #[test]
    fn cycles_follow_the_greater_need() {
        let input = Cycles {
            households: 307,
            ebikes: 400,
            per_household: 150,
            charging_per_household: 100,
            each_dm2: 250,
            places: 460,
            charging: 307,
        };
        let need = cycles(&input);
        assert_eq!((need.places, need.missing_places), (461, 1));
        assert_eq!((need.charging, need.missing_charging), (307, 0));
        assert_eq!(need.area_dm2, 250);
        let more = Cycles {
            ebikes: 500,
            places: 500,
            charging: 306,
            ..input
        };
        let need = cycles(&more);
        assert_eq!((need.places, need.missing_places), (500, 0));
        assert_eq!(need.missing_charging, 1);
    }

    #[test]
    fn no_people_no_share() {
        assert_eq!(green(100, 0, 35).each_dm2, None);
    }
}
