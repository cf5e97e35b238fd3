//! Which backups stay.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDateTime};

/// The last ones, whatever their day.
const LAST: usize = 10;
/// The newest of each of so many days on which there are backups.
const DAYS: usize = 7;
/// The newest of each of so many weeks (Monday to Sunday) in which there are backups.
const WEEKS: usize = 4;

/// Tells for each backup time, in any order, whether that backup stays: the 10 last, the newest of
/// each of 7 days and of each of 4 weeks. Days and weeks without a backup do not count, so a
/// ledger that lies still loses nothing. Times after `now` come from a wrong clock: those stay and
/// take no other's place.
#[must_use]
pub fn keep(times: &[NaiveDateTime], now: NaiveDateTime) -> Vec<bool> {
    let mut order: Vec<usize> = (0..times.len())
        .filter(|index| times[*index] <= now)
        .collect();
    order.sort_by_key(|index| std::cmp::Reverse((times[*index], *index)));
    let mut keep: Vec<bool> = times.iter().map(|time| *time > now).collect();
    let (mut days, mut weeks) = (HashSet::new(), HashSet::new());
    for (place, index) in order.into_iter().enumerate() {
        let date = times[index].date();
        let first_of_day = days.len() < DAYS && days.insert(date);
        let week = date.iso_week();
        let first_of_week = weeks.len() < WEEKS && weeks.insert((week.year(), week.week()));
        keep[index] |= place < LAST || first_of_day || first_of_week;
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn kept(times: &[NaiveDateTime], now: NaiveDateTime) -> Vec<String> {
        let mut kept: Vec<NaiveDateTime> = times
            .iter()
            .zip(keep(times, now))
            .filter(|(_, keep)| *keep)
            .map(|(time, _)| *time)
            .collect();
        kept.sort();
        kept.into_iter()
            .map(|time| time.format("%m-%d %H:%M").to_string())
            .collect()
    }

    #[test]
    fn ten_last_seven_days_four_weeks() {
        // Every hour from 8 to 17, every day of March 2026.
        let times: Vec<NaiveDateTime> = (1..=31)
            .flat_map(|day| {
                (8..=17).map(move |hour| {
                    NaiveDate::from_ymd_opt(2026, 3, day)
                        .unwrap()
                        .and_hms_opt(hour, 0, 0)
                        .unwrap()
                })
            })
            .collect();
        let expected = [
            "03-15 17:00",
            "03-22 17:00",
            "03-25 17:00",
            "03-26 17:00",
            "03-27 17:00",
            "03-28 17:00",
            "03-29 17:00",
            "03-30 17:00",
            "03-31 08:00",
            "03-31 09:00",
            "03-31 10:00",
            "03-31 11:00",
            "03-31 12:00",
            "03-31 13:00",
            "03-31 14:00",
            "03-31 15:00",
            "03-31 16:00",
            "03-31 17:00",
        ];
        assert_eq!(kept(&times, at("2026-03-31 17:30")), expected);
    }

    #[test]
    fn a_ledger_that_lay_still_keeps_its_backups() {
        let times: Vec<NaiveDateTime> = (1..=10)
            .map(|day| at(&format!("2024-05-{day:02} 09:00")))
            .collect();
        assert_eq!(keep(&times, at("2026-03-31 17:30")), [true; 10]);
    }

    #[test]
    fn weeks_run_over_the_turn_of_the_year() {
        // Monday 2025-12-29 and Sunday 2026-01-04 are one week.
        let mut times = vec![at("2025-12-29 09:00"), at("2026-01-04 09:00")];
        times.extend((0..20).map(|minute| at(&format!("2026-02-10 10:{minute:02}"))));
        let kept = kept(&times, at("2026-02-10 11:00"));
        assert!(kept.contains(&"01-04 09:00".to_owned()));
        assert!(
            kept.contains(&"12-29 09:00".to_owned()),
            "another day, of which there are few"
        );
        let mut many = times.clone();
        many.extend((1..=9).map(|day| at(&format!("2026-02-{day:02} 09:00"))));
        assert!(!self::kept(&many, at("2026-02-10 11:00")).contains(&"12-29 09:00".to_owned()));
    }

    #[test]
    fn backups_of_a_wrong_clock_stay_and_take_no_place() {
        let mut times = vec![at("2099-01-01 00:00")];
        times.extend((0..12).map(|minute| at(&format!("2026-02-10 10:{minute:02}"))));
        let keep = keep(&times, at("2026-02-10 11:00"));
        assert!(keep[0]);
        assert_eq!(keep.iter().filter(|keep| **keep).count(), 11);
    }

    proptest! {
        #[test]
        fn never_more_than_the_sum_and_never_fewer_than_the_last(minutes in prop::collection::vec(0i64..200_000, 0..120)) {
            let start = at("2026-01-01 00:00");
            let times: Vec<NaiveDateTime> = minutes.iter().map(|minutes| start + TimeDelta::minutes(*minutes)).collect();
            let keep = keep(&times, at("2026-12-31 00:00"));
            let count = keep.iter().filter(|keep| **keep).count();
            prop_assert!(count <= LAST + DAYS + WEEKS);
            prop_assert!(count >= times.len().min(LAST));
            if let Some(newest) = times.iter().max() {
                prop_assert!(times.iter().zip(&keep).any(|(time, keep)| *keep && time == newest));
            }
            // Rotating again after rotating removes nothing more.
            let left: Vec<NaiveDateTime> = times.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(time, _)| *time).collect();
            prop_assert!(super::keep(&left, at("2026-12-31 00:00")).into_iter().all(|keep| keep));
        }
    }
}
