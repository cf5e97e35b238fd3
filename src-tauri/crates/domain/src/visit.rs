//! 入户走访: where a dwelling stands after its visits, and who is on today's round.

/// What a visit came to (走访结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// 已完成: talked through.
    Done,
    /// 已联系: reached, to be gone on with.
    Contacted,
    /// 无法联系.
    Unreachable,
    /// 拒绝.
    Refused,
    /// 待走访: a stop of a round that nobody entered yet.
    Pending,
}

impl Outcome {
    /// From the stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "done" => Self::Done,
            "contacted" => Self::Contacted,
            "unreachable" => Self::Unreachable,
            "refused" => Self::Refused,
            "pending" => Self::Pending,
            _ => return None,
        })
    }
}

/// One visit, as far as it decides anything. Days are ISO texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past<'a> {
    /// 走访日期.
    pub day: &'a str,
    /// 结果.
    pub outcome: Outcome,
    /// 下次走访.
    pub next: Option<&'a str>,
    /// Something was promised and is not kept yet.
    pub open_promise: bool,
    /// 承诺期限.
    pub promise_due: Option<&'a str>,
}

/// Where a dwelling stands (走访状态).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The outcome that counts; none when nobody was there yet.
    pub outcome: Option<Outcome>,
    /// Visits made, stops still to be made not counted.
    pub made: usize,
    /// Vain attempts since somebody was met last.
    pub vain: usize,
    /// Day of the last visit made.
    pub last: Option<&'a str>,
    /// The day agreed for the next visit, when no visit was made since.
    pub next: Option<&'a str>,
    /// Promises that are not kept.
    pub open_promises: usize,
    /// The earliest day on which one of them falls due.
    pub promise_due: Option<&'a str>,
    /// A stop of a round waits to be entered.
    pub waiting: bool,
}

/// Where a dwelling stands after these visits, oldest first. What was talked through stays so
/// when somebody later knocks in vain, and so does a refusal; a refusal that came later counts.
#[must_use]
pub fn standing<'a>(visits: &[Past<'a>]) -> Standing<'a> {
    let mut now = Standing::default();
    for visit in visits {
        if visit.outcome == Outcome::Pending {
            now.waiting = true;
            continue;
        }
        now.made += 1;
        now.last = Some(visit.day);
        // Whoever knocks in vain agrees on nothing new: what was agreed before stands.
        let vain = visit.outcome == Outcome::Unreachable;
        now.next = if vain {
            visit.next.or(now.next)
        } else {
            visit.next
        };
        now.vain = if vain { now.vain + 1 } else { 0 };
        let stays = match now.outcome {
            Some(Outcome::Done) => {
                matches!(visit.outcome, Outcome::Contacted | Outcome::Unreachable)
            }
            Some(Outcome::Refused) => vain,
            _ => false,
        };
        if !stays {
            now.outcome = Some(visit.outcome);
        }
        if visit.open_promise {
            now.open_promises += 1;
            now.promise_due = match (now.promise_due, visit.promise_due) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
    }
    now
}

/// Why a dwelling is on a round (走访事由), most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// 约定到期.
    Due,
    /// 承诺未兑现.
    Promised,
    /// 还没联系上.
    Unreached,
    /// 首次走访.
    First,
    /// 指定.
    Chosen,
}

impl Purpose {
    /// All, most pressing first.
    pub const ALL: [Self; 5] = [
        Self::Due,
        Self::Promised,
        Self::Unreached,
        Self::First,
        Self::Chosen,
    ];

    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Promised => "promised",
            Self::Unreached => "unreached",
            Self::First => "first",
            Self::Chosen => "chosen",
        }
    }

    /// From the stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// Why a dwelling belongs on the round of a day; none when it may wait or waits already.
#[must_use]
pub fn purpose(now: &Standing<'_>, day: &str) -> Option<Purpose> {
    if now.waiting {
        return None;
    }
    if now.next.is_some_and(|next| next <= day) {
        return Some(Purpose::Due);
    }
    if now.open_promises > 0 && now.promise_due.is_none_or(|due| due <= day) {
        return Some(Purpose::Promised);
    }
    if now.next.is_some() {
        return None;
    }
    match now.outcome {
        None => Some(Purpose::First),
        Some(Outcome::Unreachable | Outcome::Contacted) => Some(Purpose::Unreached),
        Some(Outcome::Done | Outcome::Refused | Outcome::Pending) => None,
    }
}

/// The names in a cell of visitors: 示例员甲、示例员乙.
pub fn names(visitors: &str) -> impl Iterator<Item = &str> {
    visitors
        .split(['、', '，', ',', '；', ';', '/', ' ', '\u{3000}'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn visit(day: &str, outcome: Outcome) -> Past<'_> {
        Past {
            day,
            outcome,
            next: None,
            open_promise: false,
            promise_due: None,
        }
    }

    #[test]
    fn talked_through_stays_so_until_somebody_refuses() {
        let mut past = vec![
            visit("2021-03-01", Outcome::Unreachable),
            visit("2021-03-02", Outcome::Done),
            visit("2021-03-05", Outcome::Unreachable),
        ];
        let now = standing(&past);
        assert_eq!(now.outcome, Some(Outcome::Done));
        assert_eq!((now.made, now.vain, now.last), (3, 1, Some("2021-03-05")));
        past.push(visit("2021-03-06", Outcome::Refused));
        assert_eq!(standing(&past).outcome, Some(Outcome::Refused));
    }

    #[test]
    fn an_agreed_day_holds_until_the_next_visit() {
        let mut agreed = visit("2021-03-01", Outcome::Contacted);
        agreed.next = Some("2021-03-08");
        let now = standing(std::slice::from_ref(&agreed));
        assert_eq!(purpose(&now, "2021-03-07"), None);
        assert_eq!(purpose(&now, "2021-03-08"), Some(Purpose::Due));
        let past = [agreed, visit("2021-03-08", Outcome::Done)];
        assert_eq!(purpose(&standing(&past), "2021-03-09"), None);
    }

    #[test]
    fn a_promise_calls_back_when_it_falls_due_and_a_listed_dwelling_is_not_listed_twice() {
        let mut promised = visit("2021-03-01", Outcome::Done);
        promised.open_promise = true;
        promised.promise_due = Some("2021-03-10");
        let now = standing(std::slice::from_ref(&promised));
        assert_eq!(purpose(&now, "2021-03-09"), None);
        assert_eq!(purpose(&now, "2021-03-10"), Some(Purpose::Promised));
        let past = [promised, visit("2021-03-10", Outcome::Pending)];
        let now = standing(&past);
        assert!(now.waiting);
        assert_eq!(now.made, 1);
        assert_eq!(purpose(&now, "2021-03-11"), None);
    }

    #[rstest]
    #[case(&[], Some(Purpose::First))]
    #[case(&[Outcome::Unreachable], Some(Purpose::Unreached))]
    #[case(&[Outcome::Contacted], Some(Purpose::Unreached))]
    #[case(&[Outcome::Done], None)]
    #[case(&[Outcome::Refused], None)]
    fn purposes(#[case] outcomes: &[Outcome], #[case] expected: Option<Purpose>) {
        let past: Vec<_> = outcomes
            .iter()
            .map(|outcome| visit("2021-03-01", *outcome))
            .collect();
        assert_eq!(purpose(&standing(&past), "2021-03-06"), expected);
    }

    #[test]
    fn several_visitors_in_one_cell() {
        let told: Vec<_> = names("示例员甲、示例员乙，示例员丙 ").collect();
        assert_eq!(told, ["示例员甲", "示例员乙", "示例员丙"]);
    }

    #[test]
    fn knocking_in_vain_takes_back_nothing() {
        let mut agreed = visit("2021-03-02", Outcome::Done);
        agreed.next = Some("2021-03-10");
        let past = [agreed, visit("2021-03-10", Outcome::Unreachable)];
        let now = standing(&past);
        assert_eq!(
            (now.outcome, now.next),
            (Some(Outcome::Done), Some("2021-03-10"))
        );
        let past = [
            visit("2021-03-02", Outcome::Refused),
            visit("2021-03-10", Outcome::Unreachable),
        ];
        assert_eq!(standing(&past).outcome, Some(Outcome::Refused));
    }

    #[test]
    fn a_name_is_not_split_within() {
        let all: Vec<&str> = names("李和平、王示例").collect();
        assert_eq!(all, ["李和平", "王示例"]);
    }
}
