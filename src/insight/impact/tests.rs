//! Impact against repeated multiplication, simulated walks, and cases worked by hand.

use super::{Impact, LossImpact};
use crate::edit::{Change, ChangeSet, Edit};
use crate::graph::{AbsorbingChain, Graph};
use crate::model::{
    Feeling, Map, Path, PathKind, Score, Share, Span, Stage, Touchpoint, arbitrary,
};
use proptest::prelude::*;

/// A touchpoint: its score in tenths, and its paths with their shares in per cent.
type Step<'a> = (Option<i64>, &'a [(usize, i64)]);

/// Touchpoints `A`, `B`, …, each with its score in tenths and its paths with their shares in per
/// cent; the journey ends at those in `ends`.
fn map(steps: &[Step<'_>], ends: &[usize]) -> Map {
    let mut map = Map::with_title("T");
    let id = |at: usize| char::from(b'A' + at as u8).to_string();
    let stage = Edit::Insert {
        at: 0,
        record: Stage::new("s".into(), "S"),
    };
    let mut changes: Vec<Change> = vec![stage.into()];
    for (at, (score, paths)) in steps.iter().enumerate() {
        let mut record = Touchpoint::new(id(at).as_str().into(), id(at));
        record.ends = ends.contains(&at);
        record.duration = Some(Span::from_minutes(10));
        if let Some(tenths) = score {
            record.feelings = vec![Feeling {
                score: Score::from_tenths(*tenths),
                ..Feeling::default()
            }];
        }
        record.paths = paths
            .iter()
            .map(|(to, percent)| Path {
                to: id(*to).as_str().into(),
                kind: if *to <= at {
                    PathKind::Return
                } else {
                    PathKind::Next
                },
                label: String::new(),
                share: Share::from_percent(*percent),
            })
            .collect();
        let at = ("s".into(), at);
        changes.push(Edit::Insert { at, record }.into());
    }
    ChangeSet(changes).apply(&mut map).unwrap();
    map
}

/// A loop of 25 %, and 40 % of those who go on are lost at C, which is an end.
fn looping() -> Map {
    let steps: [Step<'_>; 5] = [
        (Some(5), &[]),
        (Some(-15), &[(0, 25), (2, 30), (3, 45)]),
        (Some(-20), &[]),
        (Some(10), &[]),
        (Some(5), &[]),
    ];
    map(&steps, &[2])
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn a_loop_with_a_loss_is_as_worked_by_hand() {
    let graph = Graph::of(&looping());
    let impact = Impact::of(&graph, None);
    // A and B are passed 1 / (1 − 0.25) times; of those who go on 30 of 75 are lost.
    assert!(near(impact.arrives, 0.6), "{impact:?}");
    assert_eq!(impact.ends.len(), 1);
    assert!(near(impact.ends[0].1, 0.4));
    assert!(near(impact.contacts, 2.0 / 0.75 + 0.4 + 0.6 + 0.6));
    assert!(near(impact.minutes, 10.0 * impact.contacts));
    // Half of the 30 go on: 25 and 45 of 70 become 25 · 85/70 and 45 · 85/70.
    let more = 85.0 / 70.0;
    let arrives = 0.45 * more / (1.0 - 0.25 * more);
    let [loss] = impact.losses[..] else {
        panic!("{impact:?}");
    };
    assert_eq!(loss.touchpoint, 1);
    assert!(
        near(loss.lost, 0.4) && near(loss.gain, arrives - 0.6),
        "{loss:?}"
    );
}

#[test]
fn a_better_feeling_counts_at_the_peak_and_at_the_end() {
    let graph = Graph::of(&looping());
    let impact = Impact::of(&graph, None);
    let feeling = impact.feeling.unwrap();
    // The usual way is A, B, D, E with +0.5, −1.5, +1.0, +0.5.
    assert!(near(feeling.peak_end(), (-1.5 + 0.5) / 2.0) && near(feeling.mean, 0.125));
    let of = |at: usize| {
        impact
            .feelings
            .iter()
            .find(|it| it.touchpoint == at)
            .unwrap()
    };
    // B better: the peak is D with +1.0. D better: it is the peak with +2.0. E better: the later of
    // −1.5 and +1.5 is the peak, and the end.
    assert!(near(of(1).peak_end, 1.25) && near(of(3).peak_end, 1.75));
    assert!(near(of(4).peak_end, 2.0) && near(of(0).peak_end, 0.0));
    assert!(impact.feelings.iter().all(|it| near(it.mean, 0.25)));
}

#[test]
fn customers_in_a_loop_without_a_way_out_never_arrive() {
    let steps: [Step<'_>; 4] = [
        (None, &[(1, 20), (3, 80)]),
        (None, &[(2, 100)]),
        (None, &[(1, 100)]),
        (None, &[]),
    ];
    let impact = Impact::of(&Graph::of(&map(&steps, &[])), None);
    assert!(
        near(impact.arrives, 0.8) && near(impact.caught, 0.2),
        "{impact:?}"
    );
    assert!(impact.feeling.is_none());
    assert_eq!(impact.losses[0].touchpoint, 0);
    assert!(near(impact.losses[0].gain, 0.1));
}

/// The share of a million simulated customers who arrive, and their mean number of contacts.
fn simulated(chain: &AbsorbingChain, last: usize) -> (f64, f64) {
    const CUSTOMERS: u32 = 1_000_000;
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let (mut arrived, mut contacts) = (0_u32, 0_u64);
    for _ in 0..CUSTOMERS {
        let mut at = 0;
        loop {
            contacts += 1;
            // Marsaglia, Xorshift RNGs, 2003.
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let mut dice = (random >> 11) as f64 / (1_u64 << 53) as f64;
            let next = chain.moves(at).iter().find(|(_, share)| {
                dice -= share;
                dice < 0.0
            });
            let Some((next, _)) = next else { break };
            at = *next;
        }
        arrived += u32::from(at == last);
    }
    let customers = f64::from(CUSTOMERS);
    (f64::from(arrived) / customers, contacts as f64 / customers)
}

#[test]
fn a_million_simulated_walks_agree() {
    let graph = Graph::of(&looping());
    let impact = Impact::of(&graph, None);
    let (arrives, contacts) = simulated(&graph.absorbing_chain(), 4);
    // Four standard errors.
    assert!(
        (arrives - impact.arrives).abs() < 4.0 * (0.6 * 0.4 / 1e6_f64).sqrt(),
        "{arrives}"
    );
    assert!(
        (contacts - impact.contacts).abs() < 0.006,
        "{contacts} {impact:?}"
    );
}

/// The share of customers who arrive, by moving all of them until hardly any is left.
fn arriving(moves: &[Vec<(usize, f64)>], leaving: &[f64], starts: &[usize], last: usize) -> f64 {
    let mut here = vec![0.0; moves.len()];
    for start in starts {
        here[*start] = 1.0 / starts.len() as f64;
    }
    let mut arrived = 0.0;
    for _ in 0..5_000 {
        arrived += here[last] * leaving[last];
        let mut next = vec![0.0; here.len()];
        for (at, share) in here.iter().enumerate() {
            for (to, part) in &moves[at] {
                next[*to] += share * part;
            }
        }
        here = next;
    }
    arrived
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn customers_add_up_and_gains_are_those_of_a_changed_journey(map in arbitrary::map()) {
        let graph = Graph::of(&map);
        let impact = Impact::of(&graph, None);
        let Some(last) = graph.last_contact() else {
            return Ok(());
        };
        let elsewhere: f64 = impact.ends.iter().map(|(_, share)| share).sum();
        let all = impact.arrives + elsewhere + impact.leaves + impact.caught;
        prop_assert!((all - 1.0).abs() < 1e-6, "{all} {impact:?}");
        let chain = graph.absorbing_chain();
        let starts = graph.starts();
        let moves: Vec<Vec<(usize, f64)>> = (0..graph.len()).map(|at| chain.moves(at).to_vec()).collect();
        let leaving: Vec<f64> = (0..graph.len()).map(|at| chain.leaving(at)).collect();
        prop_assert!((arriving(&moves, &leaving, &starts, last) - impact.arrives).abs() < 1e-6);
        let arrival = chain.arrival(|at| at == last);
        for LossImpact { touchpoint: at, gain, .. } in impact.losses.iter().copied().take(3) {
            let (mut moves, mut leaving) = (moves.clone(), leaving.clone());
            let is_astray = |to: usize| arrival[to] <= 0.0;
            let mut loss = if at == last { 0.0 } else { leaving[at] };
            loss += moves[at].iter().filter(|it| is_astray(it.0)).map(|it| it.1).sum::<f64>();
            let more = (1.0 - loss / 2.0) / (1.0 - loss);
            leaving[at] *= if at == last { more } else { 0.5 };
            for (to, share) in &mut moves[at] {
                *share *= if is_astray(*to) { 0.5 } else { more };
            }
            let arrives = arriving(&moves, &leaving, &starts, last);
            prop_assert!((arrives - impact.arrives - gain).abs() < 1e-6, "{at}: {arrives} {impact:?}");
        }
    }
}
