//! What rounds usually have to reach, as parameters of the office: a round takes them over when it
//! begins, with their source, and may then say something else.

use jiugai_domain::survey::RoundKind;
use jiugai_storage::{Connection, StorageError};

use crate::parameters::{self, Accepts, Shipped};
use crate::wire::{Parameter, ParameterGroup};

const REACH: &str = "survey.reach";

const fn target(
    code: &'static str,
    label: &'static str,
    value: &'static str,
    source: &'static str,
    remark: &'static str,
) -> Shipped {
    Shipped {
        code,
        label,
        value,
        unit: "",
        source,
        clause: "",
        region: "",
        effective_on: "",
        standing: "customary",
        remark,
        enabled: true,
        accepts: Accepts::Share,
    }
}

pub(crate) const SHIPPED: &[Shipped] = &[
    target(
        REACH,
        "入户率",
        "75%",
        "通辽等地公开报道的做法",
        "占全部户数；本地另有规定的请改",
    ),
    target(
        "survey.willingness",
        "改造意愿的同意率",
        "2/3",
        "仪征等地公开报道的做法",
        "占全部户数；本地另有规定的请改",
    ),
    target(
        "survey.planOpinion",
        "方案意见的同意率",
        "2/3",
        "仪征等地公开报道的做法",
        "占全部户数；本地另有规定的请改",
    ),
    target(
        "survey.satisfaction",
        "满意率",
        "90%",
        "工作目标",
        "各地不同，请按本地要求改",
    ),
];

/// Shares to be reached, as written, and where they come from; empty where nothing is asked.
#[derive(Debug, Default)]
pub(super) struct Target {
    pub(super) reach: String,
    pub(super) reach_source: String,
    pub(super) agree: String,
    pub(super) agree_source: String,
}

/// What a round of this kind has to reach in this office.
pub(super) fn of(conn: &Connection, kind: RoundKind) -> Result<Target, StorageError> {
    let parameters = parameters::of_group(conn, ParameterGroup::Survey)?;
    let find = |code: &str| {
        parameters
            .iter()
            .find(|parameter| parameter.code == code && parameter.enabled)
            .map_or_else(<(String, String)>::default, |parameter| {
                (parameter.value.clone(), source(parameter))
            })
    };
    let (reach, reach_source) = find(REACH);
    let (agree, agree_source) = find(&format!("survey.{}", kind.code()));
    Ok(Target {
        reach,
        reach_source,
        agree,
        agree_source,
    })
}

fn source(parameter: &Parameter) -> String {
    let mut told = format!("{}{}", parameter.source, parameter.clause);
    if !parameter.remark.is_empty() {
        told.push('；');
        told.push_str(&parameter.remark);
    }
    told
}

#[cfg(test)]
mod tests {
    use jiugai_domain::survey::Share;

    use super::*;
    use crate::testing::sample;

    #[test]
    fn what_is_shipped_can_be_reached() {
        for shipped in SHIPPED {
            assert!(Share::parse(shipped.value).is_some(), "{}", shipped.code);
        }
    }

    #[test]
    fn a_round_begins_with_what_the_office_set() {
        let (_folder, mut session) = sample();
        let compound = session.compound_named("五交化家属院").expect("sample");
        let compound = compound.to_string();
        let draft = session
            .survey_draft(&compound, RoundKind::Willingness)
            .expect("proposed");
        assert_eq!((draft.reach.as_str(), draft.agree.as_str()), ("75%", "2/3"));
        assert!(draft.agree_source.starts_with("仪征"));
        let baseline = session
            .survey_draft(&compound, RoundKind::Baseline)
            .expect("proposed");
        assert_eq!(baseline.agree, "", "nobody is asked to agree");

        let listed = session.parameter_list().expect("listed");
        let parameters = listed.into_iter().flat_map(|list| list.parameters);
        let mut reach = parameters
            .into_iter()
            .find(|parameter| parameter.code == REACH)
            .expect("on the screen of parameters");
        "多数".clone_into(&mut reach.value);
        let refused = session.parameter_set(&reach).expect_err("no share");
        assert!(refused.message.contains("多数"), "{}", refused.message);
        "80%".clone_into(&mut reach.value);
        "示例区通知".clone_into(&mut reach.source);
        session.parameter_set(&reach).expect("set");
        let draft = session
            .survey_draft(&compound, RoundKind::Willingness)
            .expect("proposed");
        assert_eq!(draft.reach, "80%");
        assert!(draft.reach_source.starts_with("示例区通知"));

        reach.enabled = false;
        session.parameter_set(&reach).expect("switched off");
        let draft = session
            .survey_draft(&compound, RoundKind::Willingness)
            .expect("proposed");
        assert_eq!((draft.reach, draft.reach_source), Default::default());
    }
}
