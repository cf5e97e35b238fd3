//! What the rules of law in the parameters say about a ballot: how long a notice stands, and what
//! local law forbids whatever owners decide.

use jiugai_domain::ballot::law;
use jiugai_storage::{Connection, StorageError};

use crate::parameters;
use crate::wire::{Parameter, ParameterGroup};

/// The rules as they stand on the day of a ballot.
pub(super) struct BallotLaw {
    pub(super) rules: Vec<Parameter>,
    day: String,
}

impl BallotLaw {
    /// Reads the rules; `day` is the first day of voting as ISO.
    pub(super) fn load(conn: &Connection, day: &str) -> Result<Self, StorageError> {
        Ok(Self {
            rules: parameters::of_group(conn, ParameterGroup::Ballot)?,
            day: day.to_owned(),
        })
    }

    fn rule(&self, code: &str) -> Option<&Parameter> {
        self.rules
            .iter()
            .find(|rule| rule.code == code && rule.enabled && holds(rule, &self.day))
    }

    /// Days from the notice to the first day of voting, and the sentence behind them; none where
    /// the office switched the rule off.
    pub(super) fn notice(&self) -> Option<(i64, String)> {
        let rule = self.rule("ballot.notice")?;
        let digits: String = rule
            .value
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        let days = digits.parse().unwrap_or(law::NOTICE_DAYS);
        let told = format!(
            "《{}》{}：召开业主大会会议，应当于会议召开 {days} 日以前通知全体业主。",
            rule.source, rule.clause
        );
        Some((days, told))
    }

    /// What local law says against building over green, if it holds here.
    pub(super) fn green(&self) -> Option<String> {
        let rule = self.rule("green.zhoukou")?;
        Some(format!(
            "《{}》{}{}：即使表决通过，也要先问绿化主管部门能不能做。",
            rule.source, rule.clause, rule.value
        ))
    }
}

/// A rule holds from its day on; one without a day is taken to hold.
pub(super) fn holds(rule: &Parameter, day: &str) -> bool {
    day.is_empty() || rule.effective_on.is_empty() || rule.effective_on.as_str() <= day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::sample;

    fn law(change: impl Fn(&mut Parameter), code: &str, day: &str) -> BallotLaw {
        let (_folder, session) = sample();
        let conn = session.connection().expect("open");
        let mut law = BallotLaw::load(conn, day).expect("rules");
        law.rules
            .iter_mut()
            .filter(|rule| rule.code == code)
            .for_each(change);
        law
    }

    #[test]
    fn the_days_of_the_notice_are_those_of_the_parameter() {
        let code = "ballot.notice";
        let shipped = law(|_| (), code, "2021-05-01").notice().expect("on");
        assert_eq!(shipped.0, 15);
        assert!(
            shipped.1.contains("《物业管理条例》第十四条"),
            "{}",
            shipped.1
        );
        let longer = law(|rule| rule.value = "20日以前".to_owned(), code, "");
        assert_eq!(longer.notice().expect("on").0, 20);
        let off = law(|rule| rule.enabled = false, code, "");
        assert_eq!(off.notice(), None);
    }

    #[test]
    fn local_law_holds_where_it_is_switched_on_and_from_its_day() {
        let code = "green.zhoukou";
        let told = law(|_| (), code, "2021-05-01").green().expect("on");
        assert!(
            told.starts_with("《周口市城市绿化条例》第三十七条"),
            "{told}"
        );
        assert_eq!(
            law(|rule| rule.enabled = false, code, "2021-05-01").green(),
            None
        );
        assert_eq!(law(|_| (), code, "2018-12-31").green(), None);
    }
}
