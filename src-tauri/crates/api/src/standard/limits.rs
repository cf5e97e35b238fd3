//! The limits of standards and gates as the office has them.

use jiugai_domain::standard::{Bound, Rule, Unit};
use jiugai_storage::parameters::{self as store, Parameter};
use jiugai_storage::{Connection, Op, OpCode};

use crate::wire::Changed;
use crate::{ApiError, Session};

/// What the office set, over what the product brings.
pub(crate) struct Limits(Vec<Parameter>);

/// A rule as the office has it.
pub(super) struct Held {
    pub(super) value: String,
    pub(super) bound: Option<Bound>,
    pub(super) enabled: bool,
    pub(super) source: String,
    pub(super) clause: String,
    pub(super) region: String,
}

impl Limits {
    pub(crate) fn load(conn: &Connection) -> Result<Self, ApiError> {
        Ok(Self(store::list(conn)?))
    }

    fn find(&self, code: &str) -> Option<&Parameter> {
        self.0.iter().find(|kept| kept.code == code)
    }

    pub(super) fn held(&self, rule: &Rule) -> Held {
        let kept = self.find(rule.code);
        let text = |shipped: &str, of: fn(&Parameter) -> &String| {
            kept.map_or_else(|| shipped.to_owned(), |kept| of(kept).clone())
        };
        let value = text(rule.value, |kept| &kept.value);
        Held {
            bound: Bound::parse(&value, rule.unit),
            value,
            enabled: kept.map_or_else(|| rule.enabled(), |kept| kept.enabled),
            source: text(rule.source, |kept| &kept.source),
            clause: text(rule.clause, |kept| &kept.clause),
            region: text(rule.region, |kept| &kept.region),
        }
    }

    /// The limit of a rule; none when it is no number.
    pub(crate) fn bound(&self, code: &str) -> Option<Bound> {
        let rule = jiugai_domain::standard::rule(code)?;
        self.held(rule).bound
    }

    /// The same as a whole number of its unit.
    pub(crate) fn whole(&self, code: &str) -> Option<i64> {
        self.bound(code).map(|bound| bound.needed(1))
    }

    /// The limit of a gate's condition as people write it, and as it is compared.
    pub(crate) fn gate(&self, code: &str, shipped: &str, unit: Unit) -> (String, Option<Bound>) {
        let kept = self.find(code);
        let value = kept.map_or(shipped, |kept| &kept.value);
        (value.to_owned(), Bound::parse(value, unit))
    }
}

impl Session {
    /// Switches a rule on or off.
    ///
    /// # Errors
    /// `notFound` for an unknown rule, `readOnly`.
    pub fn standard_switch(&mut self, code: &str, enabled: bool) -> Result<Changed<()>, ApiError> {
        let rule = jiugai_domain::standard::rule(code).ok_or_else(ApiError::not_found)?;
        let limits = Limits::load(self.connection()?)?;
        let held = limits.held(rule);
        let own = limits.find(code);
        let parameter = Parameter {
            id: self.fresh()?,
            code: code.to_owned(),
            label: own.map_or_else(|| rule.name.to_owned(), |own| own.label.clone()),
            value: held.value,
            unit: rule.unit.label().to_owned(),
            source: held.source,
            clause: held.clause,
            region: held.region,
            effective_on: own.map_or_else(String::new, |own| own.effective_on.clone()),
            standing: own.map_or_else(
                || rule.standing.code().to_owned(),
                |own| own.standing.clone(),
            ),
            enabled,
            remark: own.map_or_else(|| rule.mark.label().to_owned(), |own| own.remark.clone()),
        };
        let op = Op::one(
            OpCode::Update,
            format!(
                "规范“{}”（{}）",
                rule.name,
                if enabled { "启用" } else { "停用" }
            ),
        );
        self.write(&op, |conn| store::put(conn, &parameter))
    }
}

/// Whether a compound lies where a rule holds.
pub(super) fn holds(region: &str, district: &str) -> bool {
    let region = region.trim();
    region.is_empty() || region == "全国" || district.contains(region)
}
