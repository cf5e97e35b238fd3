//! 绿改停: green that becomes parking meets two laws at once.

use super::looks::row;
use super::order::ground_code;
use super::{Bound, Outcome, Row, Scene, Unit, Verdict};
use crate::comparison::{Action, Asset};
use crate::{KindCode, RecordId};

/// What the stage takes from green, and the bays it adds; none when it does not do both.
fn green_to_parking(scene: &Scene<'_>) -> Option<(Vec<Row>, i64, i64)> {
    let area = |asset: &Asset| asset.measures.area_dm2.unwrap_or(0);
    let old = |asset: &Asset| {
        let same = |one: &&Asset| one.id.is_some() && one.id == asset.id;
        scene.baseline.assets.iter().find(same)
    };
    let (mut rows, mut lost, mut added) = (Vec::new(), 0, 0);
    for gone in &scene.state.demolished {
        if gone.asset.kind == KindCode::GreenSpace {
            lost += area(&gone.asset);
            let told = format!("拆除 {}", Unit::Area.show(area(&gone.asset)));
            rows.push(row(&gone.asset, told, Verdict::Unmet));
        }
    }
    for asset in &scene.state.assets {
        match asset.kind {
            KindCode::GreenSpace => {
                let less = old(asset).map_or(0, |old| area(old) - area(asset));
                if less > 0 {
                    lost += less;
                    let told = format!("减少 {}", Unit::Area.show(less));
                    rows.push(row(asset, told, Verdict::Unmet));
                }
            }
            KindCode::ParkingArea => {
                let spaces = |asset: &Asset| asset.measures.spaces.unwrap_or(0);
                let more = spaces(asset) - old(asset).map_or(0, spaces);
                if more > 0 {
                    added += more;
                }
            }
            _ => {}
        }
    }
    // Built on green by the planner's own words.
    let mut on_green = false;
    for effect in scene.effects.iter().filter(|effect| {
        effect.action == Action::Create
            && effect.kind == Some(KindCode::ParkingArea)
            && effect.measures.detail("ground") == Some(ground_code("green"))
    }) {
        on_green = true;
        rows.push(Row {
            place: super::Place::Created {
                work_item: effect.work_item,
                name: effect.name.clone(),
            },
            label: effect.name.clone(),
            value: "占用绿地".to_owned(),
            verdict: Verdict::Unmet,
        });
    }
    (on_green || (lost > 0 && added > 0)).then_some((rows, lost, added))
}

fn told(lost: i64, added: i64) -> String {
    let mut parts = Vec::new();
    if lost > 0 {
        parts.push(format!("绿地减少 {}", Unit::Area.show(lost)));
    }
    if added > 0 {
        parts.push(format!("车位增加 {added} 位"));
    }
    if parts.is_empty() {
        parts.push("有车位建在绿地上".to_owned());
    }
    parts.join("，")
}

/// 民法典278(八): the owners decide with three quarters.
pub(super) fn vote(scene: &Scene<'_>, _: Option<Bound>) -> Outcome {
    let Some((rows, lost, added)) = green_to_parking(scene) else {
        return Outcome::void("没有把绿地改成车位");
    };
    let concerned = |item: RecordId| {
        scene.effects.iter().any(|effect| {
            effect.work_item == item
                && matches!(
                    effect.kind,
                    Some(KindCode::GreenSpace | KindCode::ParkingArea)
                )
        })
    };
    let decided = scene
        .site
        .use_change_decided
        .iter()
        .any(|item| item.is_none_or(concerned));
    Outcome {
        verdict: Verdict::of(decided),
        told: format!(
            "{}；{}",
            told(lost, added),
            if decided {
                "已有封存的表决通过“改变共有部分用途”，说的就是这一版"
            } else {
                "要业主按这一版表决，面积和人数都要四分之三以上同意"
            }
        ),
        rows,
        missing: Vec::new(),
    }
}

/// 周口市城市绿化条例37(五)(六): no vote helps.
pub(super) fn ordinance(scene: &Scene<'_>, _: Option<Bound>) -> Outcome {
    let Some((rows, lost, added)) = green_to_parking(scene) else {
        return Outcome::void("没有把绿地改成车位");
    };
    Outcome {
        verdict: Verdict::Unmet,
        told: format!(
            "{}；禁止硬化、圈占附属绿地，禁止在绿地内停车，表决通过也不行",
            told(lost, added)
        ),
        rows,
        missing: Vec::new(),
    }
}
