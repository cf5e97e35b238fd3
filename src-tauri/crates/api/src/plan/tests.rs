//! Work items from the catalogue, freed ground, versions, opinions and money.

use crate::testing::{edit, sample};
use crate::wire::{
    DemolitionRequest, GroundRequest, GroundUse, NewItem, NewVersion, PlanLink, Publication,
    Severity,
};
use crate::{ErrorCode, KindCode, Session};

fn compound(session: &Session) -> String {
    let id = session.compound_named("五交化家属院").expect("sample");
    id.to_string()
}

/// The key of a version of the sample: `第2版`, `第1版·方案B`.
fn plan(session: &Session, label: &str) -> String {
    let plans = session
        .compound_get(&compound(session))
        .expect("page")
        .plans;
    let found = plans.into_iter().find(|plan| plan.label == label);
    found.expect(label).id
}

fn items(session: &Session, plan: &str) -> Vec<crate::wire::WorkItemRow> {
    session.plan_items(plan).expect("items")
}

fn write(session: &mut Session, kind: KindCode, cells: &[(&str, &str)]) {
    let compound = compound(session);
    let edits = edit(kind, Some(&compound), None, cells);
    let done = session.record_edit(&edits).expect("written");
    assert!(done.value.problems.is_empty(), "{:?}", done.value.problems);
}

fn publication(plan: &str, state: &str) -> Publication {
    Publication {
        plan: plan.to_owned(),
        state: state.to_owned(),
        notice_from: "2021-4-8".to_owned(),
        notice_to: "2021-4-15".to_owned(),
    }
}

fn next(session: &mut Session, plan: &str, scenario: &str) -> String {
    let request = NewVersion {
        plan: plan.to_owned(),
        scenario: scenario.to_owned(),
    };
    session.plan_new_version(&request).expect("copied").value
}

#[test]
fn the_scenarios_of_the_sample_add_up_from_item_to_sum() {
    let (_folder, session) = sample();
    for (label, items, estimate) in [
        ("第1版·方案A", 12, "1,056,450.00"),
        ("第1版·方案B", 16, "1,225,650.00"),
        ("第1版·方案C", 20, "1,901,650.00"),
        ("第2版", 16, "1,224,650.00"),
    ] {
        let id = plan(&session, label);
        let money = session.plan_money(&id).expect("money");
        assert_eq!(money.rows.len(), items, "{label}");
        assert_eq!(money.total.estimate, estimate, "{label}");
        let page = session.plan_page(&id).expect("page");
        let wrong = page
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        assert_eq!(wrong, usize::from(label == "第1版·方案C"), "{label}");
    }
    let page = session.plan_page(&plan(&session, "第2版")).expect("page");
    assert_eq!(
        page.ground.text,
        "拆除腾出 1,097.00 ㎡，已安排 950.00 ㎡，还剩 147.00 ㎡"
    );
    assert_eq!(
        page.unanswered.problem_text,
        "问题 11 个：9 个有改造内容，1 个写明不列入，1 个还没有着落"
    );
}

#[test]
fn two_versions_differ_in_what_the_opinions_asked_for() {
    let (_folder, session) = sample();
    let difference = session
        .plan_difference(&plan(&session, "第1版·方案B"), &plan(&session, "第2版"))
        .expect("difference");
    assert_eq!(
        difference.summary,
        "新增 0 项，去掉 0 项，改动 3 项，估算减少 0.10 万元"
    );
    let parking = &difference.lines[0];
    assert_eq!(
        (parking.name.as_str(), parking.money.as_str()),
        ("重新规划停车位", "−5,400.00")
    );
    assert!(
        parking.details.contains(&"数量：72 → 66".to_owned()),
        "{parking:?}"
    );
    assert!(
        parking.details.contains(&"不再：拆除 北门绿地".to_owned()),
        "{parking:?}"
    );
    let before = session
        .plan_page(&plan(&session, "第1版·方案B"))
        .expect("page");
    assert_eq!(
        before.opinions.text,
        "收到意见 6 条：采纳 2 条，部分采纳 2 条，不采纳 1 条；还有 1 条没有答复"
    );
    assert!(before.released && before.superseded.contains("第2版"));
    let stale: Vec<_> = before.consents.iter().filter(|line| line.stale).collect();
    assert!(!stale.is_empty(), "{:?}", before.consents);
}

#[test]
fn a_copy_does_not_differ_and_takes_everything_along() {
    let (_folder, mut session) = sample();
    for label in ["第2版", "第1版·方案C"] {
        let from = plan(&session, label);
        for scenario in ["", "方案D"] {
            let copy = next(&mut session, &from, scenario);
            let told = session.plan_difference(&from, &copy).expect("difference");
            assert_eq!(told.summary, "两版的内容完全一样", "{label} {scenario}");
            assert_eq!(told.lines.len(), 0);
            let order = |session: &Session, plan: &str| -> Vec<Vec<String>> {
                items(session, plan)
                    .into_iter()
                    .map(|item| item.order)
                    .collect()
            };
            assert_eq!(order(&session, &from), order(&session, &copy));
            let money = |session: &Session, plan: &str| {
                let page = session.plan_money(plan).expect("money");
                (page.fund_total.planned, page.total.estimate, page.gap)
            };
            assert_eq!(money(&session, &from), money(&session, &copy));
            session.history_undo().expect("taken back");
        }
    }
}

#[test]
fn wishes_follow_the_next_version_and_count_for_every_version_with_the_item() {
    let (_folder, mut session) = sample();
    let wishes = |session: &Session, plan: &str| -> u32 {
        items(session, plan).iter().map(|item| item.wishes).sum()
    };
    let (b, v2) = (plan(&session, "第1版·方案B"), plan(&session, "第2版"));
    let linked = wishes(&session, &v2);
    assert!(linked > 80, "{linked}");
    assert_eq!(
        wishes(&session, &b),
        linked,
        "the same numbers, the same wishes"
    );
    assert!(wishes(&session, &plan(&session, "第1版·方案A")) < linked);
    let third = next(&mut session, &v2, "");
    assert_eq!(wishes(&session, &third), linked);
}

#[test]
fn what_is_published_stays_as_residents_saw_it() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    let lamps = items(&session, &v2)
        .into_iter()
        .find(|item| item.name == "路灯")
        .expect("lamps");
    let refused = session
        .plan_publish(&Publication {
            notice_from: String::new(),
            ..publication(&v2, "consultation")
        })
        .expect_err("no days");
    assert!(refused.message.contains("公示"), "{refused:?}");
    let done = session
        .plan_publish(&publication(&v2, "consultation"))
        .expect("published");
    assert_eq!(done.sentence, "发布 五交化家属院改造方案（第2版）");
    let compound = compound(&session);
    let change = |session: &mut Session, cells: &[(&str, &str)]| {
        let edits = edit(KindCode::WorkItem, Some(&compound), Some(&lamps.id), cells);
        session.record_edit(&edits)
    };
    let refused = change(&mut session, &[("quantity", "99")]).expect_err("frozen");
    assert_eq!(refused.code, ErrorCode::Sealed);
    assert!(refused.next_step.contains("由此版做新版"), "{refused:?}");
    // What is done and paid goes on.
    change(
        &mut session,
        &[
            ("quantityDone", "15"),
            ("final", "56000"),
            ("completedOn", "2021-7-1"),
        ],
    )
    .expect("the work goes on");
    for kind in [KindCode::Plan, KindCode::WorkItem] {
        let id = if kind == KindCode::Plan {
            &v2
        } else {
            &lamps.id
        };
        assert!(
            session
                .record_remove(kind, std::slice::from_ref(id))
                .is_err(),
            "{kind:?}"
        );
    }
    let refused = session
        .plan_publish(&publication(&v2, "final"))
        .expect_err("an opinion is open");
    assert!(
        refused.message.contains("还有 1 条意见没有答复"),
        "{refused:?}"
    );
    let refused = session
        .plan_withdraw(&v2)
        .expect_err("households answered to it");
    assert!(
        refused.message.contains("已经有人按这一版作答"),
        "{refused:?}"
    );
    let third = next(&mut session, &v2, "");
    session
        .plan_publish(&publication(&third, "consultation"))
        .expect("published");
    session
        .plan_withdraw(&third)
        .expect("nobody answered to it");
    let page = session.plan_page(&third).expect("page");
    assert_eq!((page.released, page.row.state.as_str()), (false, "修改"));
}

#[test]
fn undo_cannot_change_what_is_published() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    let bench = NewItem {
        plan: v2.clone(),
        measure: Some("addBench".to_owned()),
        cells: vec![("quantity".to_owned(), "6".to_owned())],
    };
    let added = session
        .plan_add(&bench)
        .expect("added")
        .transaction
        .expect("logged");
    session
        .plan_publish(&publication(&v2, "consultation"))
        .expect("published");
    let refused = session.history_undo_transaction(added).expect_err("frozen");
    assert_eq!(refused.code, ErrorCode::Sealed, "{refused:?}");
    assert_eq!(items(&session, &v2).len(), 17);
    session
        .history_undo()
        .expect("the publishing is taken back");
    assert!(!session.plan_page(&v2).expect("page").released);
    session.history_undo().expect("the bench too");
    assert_eq!(items(&session, &v2).len(), 16);
}

#[test]
fn an_item_of_the_catalogue_takes_its_price_from_the_library() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    let measures = session.plan_catalogue(&v2).expect("catalogue");
    let roof = measures
        .iter()
        .find(|one| one.code == "repairRoof")
        .expect("roof");
    assert_eq!(roof.prices[0].price, "90.00");
    assert!(roof.prices[0].example);
    let parking = measures
        .iter()
        .find(|one| one.code == "addParking")
        .expect("parking");
    assert!(parking.wanted > 30, "{}", parking.wanted);
    let added = session
        .plan_add(&NewItem {
            plan: v2.clone(),
            measure: Some("repairRoof".to_owned()),
            cells: vec![
                ("quantity".to_owned(), "２００".to_owned()),
                ("unitPrice".to_owned(), "90".to_owned()),
            ],
        })
        .expect("added");
    assert_eq!(added.value.ids.len(), 1);
    let item = items(&session, &v2).pop().expect("the new one");
    assert_eq!(
        (
            item.number.as_str(),
            item.verb.as_str(),
            item.estimate.as_str(),
            item.essential
        ),
        ("G21", "修", "18,000.00", true)
    );
    let refused = session
        .plan_add(&NewItem {
            plan: v2,
            measure: None,
            cells: vec![
                ("verb".to_owned(), "添".to_owned()),
                ("name".to_owned(), "石桌".to_owned()),
                ("unitPrice".to_owned(), "800".to_owned()),
            ],
        })
        .expect_err("no unit");
    assert!(refused.message.contains("单位"), "{refused:?}");
}

#[test]
fn freed_ground_becomes_spaces_and_green_but_no_more_than_is_left() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    let one = |kind, name: &str, area: &str, amount: &str| GroundUse {
        kind,
        name: name.to_owned(),
        area: area.to_owned(),
        amount: amount.to_owned(),
        item: None,
    };
    let request = |uses| GroundRequest {
        plan: v2.clone(),
        uses,
    };
    let refused = session
        .plan_use_ground(&request(vec![one(
            KindCode::ParkingArea,
            "西院车位",
            "147.01",
            "12",
        )]))
        .expect_err("more than is left");
    assert!(refused.message.contains("只剩 147.00 ㎡"), "{refused:?}");
    session
        .plan_use_ground(&request(vec![
            one(KindCode::ParkingArea, "西院车位", "87", "6"),
            one(KindCode::GreenSpace, "西院绿地", "60", ""),
        ]))
        .expect("used");
    let page = session.plan_page(&v2).expect("page");
    assert_eq!(page.ground.left, "0.00");
    let items = items(&session, &v2);
    let green = items.last().expect("the green");
    assert_eq!(
        (green.quantity.as_str(), green.estimate.as_str()),
        ("60 ㎡", "13,200.00")
    );
    assert_eq!(green.effects.len(), 1);
    session.history_undo().expect("one step");
    assert_eq!(session.plan_items(&v2).expect("items").len(), 16);
}

#[test]
fn nothing_is_demolished_twice() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    let all = items(&session, &v2);
    let shed = all
        .iter()
        .flat_map(|item| &item.effects)
        .filter_map(|effect| effect.asset.clone())
        .find(|asset| asset.kind == KindCode::CycleShed)
        .expect("a shed");
    let other = all
        .iter()
        .find(|item| item.name == "拆除大排房")
        .expect("item");
    let refused = session
        .plan_demolish(&DemolitionRequest {
            work_item: other.id.clone(),
            kind: KindCode::CycleShed,
            assets: vec![shed.id],
        })
        .expect_err("another item has it");
    assert!(refused.message.contains("拆除老旧集体车棚"), "{refused:?}");
}

#[test]
fn a_circle_a_price_without_unit_and_too_many_rooms_keep_it_from_being_published() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    write(
        &mut session,
        KindCode::Dependency,
        &[
            ("workItem", "修 疏通污水管网（第2版）"),
            ("relation", "先做"),
            ("other", "修 修补破损路面（第2版）"),
        ],
    );
    write(
        &mut session,
        KindCode::WorkItem,
        &[
            ("plan", "五交化家属院改造方案（第2版）"),
            ("verb", "添"),
            ("name", "石桌"),
            ("unitPrice", "800"),
        ],
    );
    let page = session.plan_page(&v2).expect("page");
    let told: Vec<&str> = page
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.text.as_str())
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("互相等着先做"), "{told:?}");
    assert!(told[1].contains("没写单位"), "{told:?}");
    let refused = session
        .plan_publish(&publication(&v2, "consultation"))
        .expect_err("contradictions");
    assert!(refused.message.contains("2 处自相矛盾"), "{refused:?}");
}

#[test]
fn money_breaks_rules_aloud_and_residents_pay_to_the_last_fen() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    let money = session.plan_money(&v2).expect("money");
    assert_eq!(money.gap, "还差 1.12 万元没有来源");
    assert_eq!(money.fund_total.planned, "1,202,100.00");
    let dredging = money
        .rows
        .iter()
        .find(|row| row.name == "疏通污水管网")
        .expect("row");
    assert_eq!((dredging.ratio.as_str(), dredging.over), ("111.00%", true));
    assert!(
        money
            .findings
            .iter()
            .any(|finding| finding.text.contains("166,500.00")),
        "{:?}",
        money.findings
    );
    assert_eq!(
        money.contribution,
        "居民出资 92,100.00 元，按户分摊，307 户"
    );
    let shares = session.plan_contributions(&v2).expect("shares");
    assert!(shares.rows.iter().all(|row| row.amount == "300.00"));
    let compound = compound(&session);
    let by_area = edit(
        KindCode::Plan,
        Some(&compound),
        Some(&v2),
        &[("contribution", "按面积")],
    );
    session.record_edit(&by_area).expect("written");
    let shares = session.plan_contributions(&v2).expect("shares");
    let fen: i64 = shares
        .rows
        .iter()
        .map(|row| {
            row.amount
                .replace([',', '.'], "")
                .parse::<i64>()
                .expect("a sum")
        })
        .sum();
    assert_eq!(fen, 9_210_000);
    write(
        &mut session,
        KindCode::Fund,
        &[
            ("plan", "五交化家属院改造方案（第2版）"),
            ("source", "省级"),
            ("planned", "20000"),
        ],
    );
    let money = session.plan_money(&v2).expect("money");
    assert!(
        money
            .findings
            .iter()
            .any(|finding| finding.text.starts_with("资金合计 1,222,100.00")),
        "{:?}",
        money.findings
    );
}

#[test]
fn wishes_and_problems_are_linked_from_the_plan() {
    let (_folder, mut session) = sample();
    let v2 = plan(&session, "第2版");
    let open = session.plan_page(&v2).expect("page").unanswered;
    let (problem, wish) = (&open.problems[0], &open.wishes[0]);
    assert!(problem.essential);
    let item = items(&session, &v2)[0].id.clone();
    for (kind, ids) in [
        (KindCode::Problem, vec![problem.id.clone()]),
        (KindCode::Wish, wish.ids.clone()),
    ] {
        let request = PlanLink {
            work_item: item.clone(),
            kind,
            ids,
        };
        session.plan_link(&request).expect("linked");
    }
    let left = session.plan_page(&v2).expect("page").unanswered;
    assert_eq!(left.problems.len(), 0);
    assert!(
        left.wishes
            .iter()
            .all(|other| other.subject != wish.subject)
    );
}
